// @ts-check
// Saves each field of [data-autosave] by itself.
//
// Container: data-save-url, data-user-id; fields are its named inputs with data-field. One field
// per request: POST field, value, base (the text the server confirmed last). Answers: 200
// {saved_at, value, derived: {id: text}, parts: {id: html}}, 422 {error}, 409 {conflict: {value,
// by, at}}, 401 or 400 {session}, 403/404 {error}. Anything else, or no answer, keeps the text on
// this machine and tries again. States are shown in [data-autosave-status].
//
// What waits is kept by the queue (queue.js); this is the wiring between it, the page and the
// server.
import { ask } from "./conflict.js";
import { all, first, isField, made } from "./dom.js";
import { Outbox } from "./outbox.js";
import { outcome, Queue, RETRIES } from "./queue.js";
import { mark } from "./refusals.js";
import { token, whoAmI } from "./session.js";

/** @typedef {import("./dom.js").Field} Field */
/** @typedef {import("./queue.js").Said} Said */

const FIELD = "[data-field]";
const REFUSED = '[data-field][aria-invalid="true"]';
const PAUSE = 700;
const PATIENCE = 8000;
const STEP = 50;

/** @param {Field} input */
const isBox = (input) => input instanceof HTMLInputElement && input.type === "checkbox";

/** @param {Field} input */
function read(input) {
  if (!(input instanceof HTMLInputElement) || !isBox(input)) return input.value;
  return input.checked ? "1" : "";
}

/**
 * @param {Field} input
 * @param {string} text
 */
function write(input, text) {
  if (input instanceof HTMLInputElement && isBox(input)) input.checked = text === "1";
  else input.value = text;
}

/**
 * What each part of the page was drawn from last.
 * @type {WeakMap<Element, string>}
 */
const drawn = new WeakMap();

class Autosave {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.url = box.dataset.saveUrl ?? "";
    this.user = box.dataset.userId ?? "";
    this.outbox = new Outbox(this.user, this.url);
    this.queue = new Queue();
    this.status = first(HTMLElement, "[data-autosave-status]");
    this.first = this.calm = this.status?.textContent ?? "";
    /** @type {Map<string, ReturnType<typeof setTimeout>>} */
    this.timers = new Map();
    this.sending = false;
    this.signedOut = false;
    this.unkept = false;
    for (const input of this.inputs()) this.queue.confirm(input.name, read(input));
    this.restore();
    this.listen();
  }

  listen() {
    this.box.addEventListener("input", (event) => this.changed(event.target, PAUSE));
    this.box.addEventListener("change", (event) => this.changed(event.target, 0));
    addEventListener("online", () => this.send());
    addEventListener("pagehide", () => this.flush());
    addEventListener("beforeunload", (event) => {
      if (this.unkept) event.preventDefault();
    });
    document.addEventListener("submit", (event) => this.holdBack(event), true);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.send();
    });
  }

  inputs() {
    return all(HTMLElement, FIELD, this.box).filter(isField);
  }

  /**
   * @param {string} name
   * @returns {Field | null}
   */
  input(name) {
    const input = this.box.querySelector(`${FIELD}[name="${CSS.escape(name)}"]`);
    return isField(input) ? input : null;
  }

  restore() {
    for (const name of this.outbox.fields()) {
      const entry = this.outbox.get(name);
      const input = this.input(name);
      if (!input || !entry || input.disabled) continue;
      if (this.queue.restore(name, entry)) write(input, entry.value);
      else this.outbox.drop(name);
    }
    if (this.queue.size) this.send();
  }

  /**
   * @param {EventTarget | null} input
   * @param {number} pause
   */
  changed(input, pause) {
    if (!(input instanceof Element) || !isField(input) || !input.matches(FIELD)) return;
    const { name } = input;
    clearTimeout(this.timers.get(name));
    if (!this.queue.type(name, read(input))) {
      this.takenBack(input);
      return;
    }
    this.keep(name);
    this.say("Đang gõ…");
    this.timers.set(name, setTimeout(() => this.send(), pause));
  }

  /** @param {string} name */
  keep(name) {
    const entry = this.queue.entry(name);
    if (entry) this.unkept = !this.outbox.put(name, entry);
  }

  /**
   * What stands in the field again is what the server has: nothing to send, nothing to complain of.
   * @param {Field} input
   */
  takenBack(input) {
    this.mark(input, "");
    this.outbox.drop(input.name);
    if (!this.queue.size) this.rest();
  }

  /**
   * Nothing is under way: a field that was refused or is in conflict is still told, whatever else
   * was saved since.
   */
  rest() {
    if (this.box.querySelector(".conflict")) this.say("Có ô vừa được sửa ở nơi khác", "warn");
    else if (this.box.querySelector(REFUSED)) this.say("Có ô chưa lưu được", "bad");
    else this.say(this.calm, this.calm === this.first ? "neutral" : "ok");
  }

  /** @returns {Promise<void>} */
  async send() {
    if (this.sending || !this.queue.size) return;
    this.sending = true;
    try {
      if (this.signedOut && !(await this.resume())) return;
      for (const name of [...this.queue.waiting.keys()]) {
        if (!(await this.sendOne(name))) return;
      }
    } finally {
      this.sending = false;
    }
    this.queue.reached();
    if (this.queue.size) this.send();
  }

  /**
   * @param {string} name
   * @param {string} value
   * @param {boolean} [keepalive]
   */
  post(name, value, keepalive = false) {
    const base = this.queue.confirmed.get(name) ?? "";
    return fetch(this.url, {
      method: "POST",
      keepalive,
      body: new URLSearchParams({ field: name, value, base }),
      headers: { "X-CSRFToken": token(), Accept: "application/json" },
    });
  }

  /**
   * @param {string} name
   * @returns {Promise<boolean>} whether the next field may be sent
   */
  async sendOne(name) {
    const value = this.queue.waiting.get(name) ?? "";
    const input = this.input(name);
    this.say("Đang lưu…");
    let answer;
    /** @type {Said} */
    let said = {};
    try {
      answer = await this.post(name, value);
      said = await answer.json().catch(() => ({}));
    } catch {
      return this.later("Mất kết nối – đã giữ trên máy này, sẽ tự gửi");
    }
    switch (outcome(answer.status, said)) {
      case "saved":
        this.saved(name, value, said, input);
        return true;
      case "expired":
        return this.expired();
      case "conflict":
        if (said.conflict) this.conflict(name, value, said.conflict, input);
        return true;
      case "refused":
        this.refused(name, value, said.error, input);
        return true;
      default:
        return this.later("Máy chủ chưa trả lời – đã giữ trên máy này, sẽ tự gửi");
    }
  }

  /**
   * What a page is for ("Khoá phiếu chấm", "Ký nộp") waits for a field that was refused: the server
   * has only what stood there before.
   * @param {Element} form
   */
  unmended(form) {
    if (!form.closest(".bar")) return null;
    return first(HTMLElement, `${REFUSED}, .conflict button`, this.box);
  }

  /**
   * A form sent right after typing waits until what was typed has arrived; where it cannot arrive,
   * nothing is sent.
   * @param {SubmitEvent} event
   */
  async holdBack(event) {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement)) return;
    const unmended = this.unmended(form);
    if (!unmended && !this.queue.size && !this.sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (unmended) {
      this.say("Có ô chưa lưu được", "bad");
      unmended.focus();
      return;
    }
    if (await this.settled()) form.requestSubmit(submitter);
  }

  /** @returns {Promise<boolean>} whether all that was typed has arrived, after some patience */
  async settled() {
    for (let waited = 0; (this.queue.size || this.sending) && waited < PATIENCE; waited += STEP) {
      this.send();
      await new Promise((resolve) => {
        setTimeout(resolve, STEP);
      });
    }
    return !this.queue.size && !this.sending;
  }

  /**
   * Cells that were written together with others have arrived; one typed in since still waits.
   * @param {Record<string, string>} texts
   * @param {string} at
   */
  arrived(texts, at) {
    for (const [name, text] of Object.entries(texts)) {
      const input = this.input(name);
      this.queue.confirm(name, text);
      if (!input || this.queue.holds(name)) continue;
      write(input, text);
      input.classList.add("cell--saved");
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.calm = `Đã lưu ${at}`;
    this.rest();
  }

  /**
   * @param {string} name
   * @param {string} value
   * @param {Said} said
   * @param {Field | null} input
   */
  saved(name, value, said, input) {
    const isLast = this.queue.settle(name, value);
    this.queue.confirm(name, said.value ?? value);
    if (isLast) {
      this.outbox.drop(name);
      if (input && document.activeElement !== input && said.value !== undefined) {
        write(input, said.value);
      }
    } else {
      this.keep(name);
    }
    if (input) {
      this.mark(input, "");
      input.classList.add("cell--saved");
    }
    for (const [id, text] of Object.entries(said.derived ?? {})) {
      const target = document.getElementById(id);
      if (target) target.textContent = text;
    }
    for (const [id, html] of Object.entries(said.parts ?? {})) {
      this.renew(document.getElementById(id), html);
    }
    this.calm = `Đã lưu ${said.saved_at ?? ""}`;
    this.rest();
  }

  /**
   * A part of the page drawn anew: a field of it ([data-kept]) that holds what is not saved yet
   * stays the very one.
   * @param {HTMLElement | null} place
   * @param {string} html
   */
  renew(place, html) {
    if (!place || drawn.get(place) === html) return;
    drawn.set(place, html);
    const fresh = made("template");
    fresh.innerHTML = html;
    const focused = place.contains(document.activeElement) ? document.activeElement : null;
    const unsaved = all(HTMLElement, "[data-kept]", place).filter((part) => {
      const input = part.querySelector(FIELD);
      return isField(input) && this.queue.differs(input.name, read(input));
    });
    for (const input of all(HTMLElement, FIELD, fresh.content).filter(isField)) {
      const part = input.closest("[data-kept]");
      const stays = unsaved.find((other) => other.dataset.kept === part?.getAttribute("data-kept"));
      if (stays) part?.replaceWith(stays);
      else this.queue.confirm(input.name, read(input));
    }
    place.replaceChildren(fresh.content);
    if (focused?.id) document.getElementById(focused.id)?.focus();
  }

  /**
   * What was refused may have been the half of a number: what was typed since is still to be sent.
   * @param {string} name
   * @param {string} value
   * @param {string | undefined} sentence
   * @param {Field | null} input
   */
  refused(name, value, sentence, input) {
    if (!this.queue.settle(name, value)) return;
    if (input) {
      this.mark(input, sentence || "Máy chủ không nhận nội dung này; chữ đã gõ vẫn ở đây.");
    }
    this.say("Có ô chưa lưu được", "bad");
  }

  /**
   * @param {string} name
   * @param {string} mine
   * @param {import("./queue.js").Theirs} theirs
   * @param {Field | null} input
   */
  conflict(name, mine, theirs, input) {
    this.queue.hold(name);
    this.say("Có ô vừa được sửa ở nơi khác", "warn");
    if (!input) return;
    this.mark(input, "");
    ask(input, mine, theirs, (chosen) => {
      this.queue.confirm(name, theirs.value);
      write(input, chosen);
      if (chosen === theirs.value) {
        this.outbox.drop(name);
        this.say("Đã lấy bản kia", "ok");
      } else {
        this.changed(input, 0);
      }
      input.focus();
    });
  }

  expired() {
    this.signedOut = true;
    this.say("Phiên đã hết hạn – chữ đã gõ vẫn còn.", "bad", {
      text: "Đăng nhập ở thẻ mới",
      url: "/account/sign-in",
    });
    setTimeout(() => this.send(), RETRIES[1]);
    return false;
  }

  async resume() {
    const seen = await whoAmI();
    if (seen && String(seen.user) === this.user) {
      this.signedOut = false;
      return true;
    }
    if (seen && seen.user !== null) {
      this.say("Trình duyệt đang đăng nhập bằng tài khoản khác; nội dung chưa gửi.", "bad");
    }
    setTimeout(() => this.send(), RETRIES[1]);
    return false;
  }

  /** @param {string} sentence */
  later(sentence) {
    this.say(this.unkept ? "Mất kết nối – đừng đóng trang này" : sentence, "warn");
    setTimeout(() => this.send(), this.queue.pause());
    return false;
  }

  flush() {
    for (const [name, value] of this.queue.waiting) this.post(name, value, true).catch(() => {});
  }

  /**
   * @param {Field} input
   * @param {string} sentence
   */
  mark(input, sentence) {
    mark(input, sentence, (name) => this.input(name));
  }

  /**
   * @param {string} text
   * @param {string} [tone]
   * @param {{text: string, url: string}} [link]
   */
  say(text, tone = "info", link) {
    if (!this.status) return;
    const waiting = this.queue.size;
    const left = waiting > 1 ? ` (${waiting} ô chờ gửi)` : "";
    this.status.className = `chip chip--${tone}`;
    this.status.textContent = text + left;
    if (!link) return;
    const anchor = made("a", "", link.text);
    anchor.href = link.url;
    anchor.target = "_blank";
    this.status.append(" ", anchor);
  }
}

/** @type {WeakMap<Element, Autosave>} */
const savers = new WeakMap();
for (const box of all(HTMLElement, "[data-autosave]")) savers.set(box, new Autosave(box));

/**
 * @param {Element} box
 * @returns {Autosave | undefined} what saves the fields of this [data-autosave]
 */
export const saverOf = (box) => savers.get(box);
