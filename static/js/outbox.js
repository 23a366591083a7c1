// Texts that wait to be sent, kept on this machine per person and address, so that nothing typed is lost.
const PREFIX = "ngonco";

export class Outbox {
  constructor(user, address) {
    this.key = `${PREFIX}:${user}:${address}:`;
  }

  put(field, entry) {
    try {
      localStorage.setItem(this.key + field, JSON.stringify(entry));
      return true;
    } catch {
      return false;
    }
  }

  get(field) {
    try {
      return JSON.parse(localStorage.getItem(this.key + field));
    } catch {
      return null;
    }
  }

  drop(field) {
    try {
      localStorage.removeItem(this.key + field);
    } catch { /* storage is off: nothing was kept */ }
  }

  fields() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(this.key)).map((key) =>
        key.slice(this.key.length)
      );
    } catch {
      return [];
    }
  }
}
