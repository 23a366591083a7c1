// @ts-check
// Texts that wait to be sent, kept on this machine per person and address, so that nothing typed is
// lost.
const PREFIX = "ngonco";

/**
 * What was typed, and what the server had confirmed before.
 * @typedef {{value: string, base: string | undefined}} Entry
 */

export class Outbox {
  /**
   * @param {string} user
   * @param {string} address
   */
  constructor(user, address) {
    this.key = `${PREFIX}:${user}:${address}:`;
  }

  /**
   * @param {string} field
   * @param {Entry} entry
   * @returns {boolean} whether it could be kept
   */
  put(field, entry) {
    try {
      localStorage.setItem(this.key + field, JSON.stringify(entry));
      return true;
    } catch {
      return false;
    }
  }

  /**
   * @param {string} field
   * @returns {Entry | null}
   */
  get(field) {
    try {
      return JSON.parse(localStorage.getItem(this.key + field) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {string} field */
  drop(field) {
    try {
      localStorage.removeItem(this.key + field);
    } catch { /* storage is off: nothing was kept */ }
  }

  /** @returns {string[]} */
  fields() {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(this.key))
        .map((key) => key.slice(this.key.length));
    } catch {
      return [];
    }
  }
}
