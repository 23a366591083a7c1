// @ts-check
// What waits to be saved, field by field: what was typed, what the server confirmed last, and what
// an answer means. It knows no page, no clock and no network.

/** Pauses before an answer that did not come is asked for again, in milliseconds. */
export const RETRIES = [2000, 5000, 10000, 30000];

const REFUSALS = [400, 403, 404, 409, 413, 422];

/**
 * What somebody else wrote meanwhile.
 * @typedef {{value: string, by: string, at: string}} Theirs
 */

/**
 * What the server says to a field that was sent.
 * @typedef {{
 *   saved_at?: string,
 *   value?: string,
 *   derived?: Record<string, string>,
 *   parts?: Record<string, string>,
 *   error?: string,
 *   conflict?: Theirs,
 *   session?: unknown,
 * }} Said
 */

/**
 * @param {number} status of the answer
 * @param {Said} said
 * @returns {"saved" | "expired" | "conflict" | "refused" | "later"} what has become of the field
 */
export function outcome(status, said) {
  if (status >= 200 && status < 300) return "saved";
  if (status === 401 || said.session) return "expired";
  if (status === 409 && said.conflict) return "conflict";
  return REFUSALS.includes(status) ? "refused" : "later";
}

export class Queue {
  constructor() {
    /** What the server confirmed last. @type {Map<string, string | undefined>} */
    this.confirmed = new Map();
    /** What was typed and not confirmed yet. @type {Map<string, string>} */
    this.waiting = new Map();
    this.tries = 0;
  }

  get size() {
    return this.waiting.size;
  }

  /**
   * @param {string} name
   * @returns {boolean} whether something typed there is still to be sent
   */
  holds(name) {
    return this.waiting.has(name);
  }

  /**
   * The server has `text` in this field.
   * @param {string} name
   * @param {string | undefined} text
   */
  confirm(name, text) {
    this.confirmed.set(name, text);
  }

  /**
   * @param {string} name
   * @param {string} text what stands in the field
   * @returns {boolean} whether it is more than the server has
   */
  differs(name, text) {
    return this.waiting.has(name) || text !== this.confirmed.get(name);
  }

  /**
   * What an earlier visit left on this machine.
   * @param {string} name
   * @param {import("./outbox.js").Entry} entry
   * @returns {boolean} whether it is still to be sent
   */
  restore(name, entry) {
    if (entry.value === this.confirmed.get(name)) return false;
    this.confirmed.set(name, entry.base);
    this.waiting.set(name, entry.value);
    return true;
  }

  /**
   * @param {string} name
   * @param {string} text
   * @returns {boolean} whether there is something to send: the server's own text is nothing
   */
  type(name, text) {
    if (!this.differs(name, text)) return false;
    this.waiting.set(name, text);
    return true;
  }

  /**
   * @param {string} name
   * @returns {import("./outbox.js").Entry | null} what waits, and what it was typed over
   */
  entry(name) {
    const value = this.waiting.get(name);
    return value === undefined ? null : { value, base: this.confirmed.get(name) };
  }

  /**
   * `sent` has been answered; what was typed since still waits.
   * @param {string} name
   * @param {string} sent
   * @returns {boolean} whether nothing was typed since
   */
  settle(name, sent) {
    if (this.waiting.get(name) === sent) this.waiting.delete(name);
    return !this.waiting.has(name);
  }

  /**
   * Somebody else wrote there: nothing is sent before a person has chosen.
   * @param {string} name
   */
  hold(name) {
    this.waiting.delete(name);
  }

  /** @returns {number} how long to wait before the next attempt, longer each time */
  pause() {
    const pause = RETRIES[Math.min(this.tries, RETRIES.length - 1)];
    this.tries += 1;
    return pause;
  }

  /** The server has answered. */
  reached() {
    this.tries = 0;
  }
}
