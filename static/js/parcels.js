// @ts-check
// Files on their way to the server, one after another: which is next, what an answer means, and
// when to try again. It knows no page, no clock and no network.
import { outcome, RETRIES } from "./queue.js";

/** @typedef {import("./queue.js").Said} Said */

const MB = 1024 * 1024;

export class Parcel {
  /**
   * @param {string} name
   * @param {number} size in bytes
   * @param {number} most so many megabytes are taken, no more
   */
  constructor(name, size, most) {
    this.name = name;
    this.size = size;
    /** What became of it. @type {"waiting" | "sending" | "done" | "refused"} */
    this.state = "waiting";
    /** Bytes that have left. */
    this.left = 0;
    this.why = "";
    if (size > most * MB) this.refuse(`Tệp lớn hơn ${most} MB nên không nhận.`);
    else if (size === 0) this.refuse("Tệp rỗng.");
  }

  /** @param {string} why */
  refuse(why) {
    this.state = "refused";
    this.why = why;
  }

  /** @returns {boolean} whether it is still to arrive */
  get isOpen() {
    return this.state === "waiting" || this.state === "sending";
  }

  /** @returns {number} per cent of it that have left */
  get percent() {
    return this.size ? Math.min(100, Math.floor((this.left / this.size) * 100)) : 0;
  }

  /** @returns {string} where it is, in words */
  get words() {
    switch (this.state) {
      case "sending":
        return this.percent < 100 ? `đang gửi, ${this.percent} %` : "đã gửi hết, đang chờ nhận";
      case "done":
        return "đã gắn";
      case "refused":
        return `chưa gắn được. ${this.why}`;
      default:
        return this.why || "chờ gửi";
    }
  }
}

export class Parcels {
  constructor() {
    /** @type {Parcel[]} */
    this.all = [];
    /** How often in a row nobody answered. */
    this.tries = 0;
  }

  /** @param {Parcel} parcel */
  add(parcel) {
    this.all.push(parcel);
  }

  /** @param {Parcel} parcel that nobody wants to send any more */
  drop(parcel) {
    this.all = this.all.filter((other) => other !== parcel);
  }

  /** @returns {Parcel | undefined} what is sent now: the first that waits, while none is sent */
  next() {
    if (this.all.some(({ state }) => state === "sending")) return undefined;
    return this.all.find(({ state }) => state === "waiting");
  }

  /** @returns {boolean} whether one is still to arrive */
  get isBusy() {
    return this.all.some(({ isOpen }) => isOpen);
  }

  /** @returns {number} milliseconds until it is tried again: longer each time, at most half a minute */
  get pause() {
    return RETRIES[Math.min(Math.max(this.tries, 1), RETRIES.length) - 1];
  }

  /** @param {Parcel} parcel */
  send(parcel) {
    parcel.state = "sending";
    parcel.left = 0;
    parcel.why = "";
  }

  /**
   * @param {Parcel} parcel
   * @param {number} status of the answer; 0 where none came
   * @param {Said} said
   * @returns {boolean} whether it, or what follows it, may be sent at once
   */
  answered(parcel, status, said) {
    const what = status ? outcome(status, said) : "later";
    if (what === "saved" || what === "refused" || what === "conflict") {
      this.tries = 0;
      if (what === "saved") parcel.state = "done";
      else parcel.refuse(said.error ?? "Máy chủ không nhận tệp này.");
      return true;
    }
    this.tries += 1;
    parcel.state = "waiting";
    parcel.left = 0;
    parcel.why = what === "expired"
      ? "phiên đã hết hạn: hãy đăng nhập ở thẻ mới, tệp sẽ tự gửi lại"
      : `mất kết nối, tự gửi lại sau ${this.pause / 1000} giây`;
    return false;
  }
}
