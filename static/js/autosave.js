// Saves each field of [data-autosave] by itself.
//
// Container: data-save-url, data-user-id; fields are its named inputs with data-field. One field per request:
// POST field, value, base (the text the server confirmed last). Answers: 200 {saved_at, value, derived: {id: text},
// parts: {id: html}},
// 422 {error}, 409 {conflict: {value, by, at}}, 401 or 400 {session}, 403/404 {error}. Anything else, or no answer,
// keeps the text on this machine and tries again. States are shown in [data-autosave-status].
import { Outbox } from "./outbox.js";
import { token, whoAmI } from "./session.js";

const PAUSE = 700;
const PATIENCE = 8000;
const STEP = 50;
const RETRY = [2000, 5000, 10000, 30000];

class Autosave {
  constructor(box) {
    this.box = box;
    this.url = box.dataset.saveUrl;
    this.user = box.dataset.userId;
    this.outbox = new Outbox(this.user, this.url);
    this.status = document.querySelector("[data-autosave-status]");
    this.first = this.kept = this.status?.textContent ?? "";
    this.waiting = new Map();
    this.base = new Map();
    this.timers = new Map();
    this.sending = false;
    this.tries = 0;
    this.signedOut = false;
    for (const input of this.inputs()) this.base.set(input.name, this.read(input));
    this.restore();
    box.addEventListener("input", (event) => this.changed(event.target, PAUSE));
    box.addEventListener("change", (event) => this.changed(event.target, 0));
    window.addEventListener("online", () => this.send());
    window.addEventListener("pagehide", () => this.flush());
    window.addEventListener("beforeunload", (event) => {
      if (this.unkept) event.preventDefault();
    });
    document.addEventListener("submit", (event) => this.holdBack(event), true);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.send();
    });
  }

  inputs() {
    return this.box.querySelectorAll("[data-field]");
  }

  input(name) {
    return this.box.querySelector(`[data-field][name="${CSS.escape(name)}"]`);
  }

  read(input) {
    return input.type === "checkbox" ? (input.checked ? "1" : "") : input.value;
  }

  write(input, text) {
    if (input.type === "checkbox") input.checked = text === "1";
    else input.value = text;
  }

  restore() {
    for (const name of this.outbox.fields()) {
      const kept = this.outbox.get(name);
      const input = this.input(name);
      if (!input || !kept || input.disabled) continue;
      if (kept.value === this.base.get(name)) {
        this.outbox.drop(name);
        continue;
      }
      this.write(input, kept.value);
      this.base.set(name, kept.base);
      this.waiting.set(name, kept.value);
    }
    if (this.waiting.size) this.send();
  }

  changed(input, pause) {
    if (!input.matches("[data-field]")) return;
    const name = input.name;
    clearTimeout(this.timers.get(name));
    const value = this.read(input);
    if (value === this.base.get(name) && !this.waiting.has(name)) {
      this.takenBack(input, name);
      return;
    }
    this.waiting.set(name, value);
    this.unkept = !this.outbox.put(name, { value, base: this.base.get(name) });
    this.say("Đang gõ…");
    this.timers.set(name, setTimeout(() => this.send(), pause));
  }

  // What stands in the field again is what the server has: nothing to send, nothing to complain of.
  takenBack(input, name) {
    this.mark(input, "");
    this.outbox.drop(name);
    if (!this.waiting.size) this.rest();
  }

  // Nothing is under way: a field that was refused or is in conflict is still told, whatever else was saved since.
  rest() {
    if (this.box.querySelector(".conflict")) this.say("Có ô vừa được sửa ở nơi khác", "warn");
    else if (this.box.querySelector('[data-field][aria-invalid="true"]')) {
      this.say("Có ô chưa lưu được", "bad");
    } else this.say(this.kept, this.kept === this.first ? "neutral" : "ok");
  }

  async send() {
    if (this.sending || !this.waiting.size) return;
    this.sending = true;
    try {
      if (this.signedOut && !(await this.resume())) return;
      for (const name of [...this.waiting.keys()]) {
        if (!(await this.sendOne(name))) return;
      }
    } finally {
      this.sending = false;
    }
    this.tries = 0;
    if (this.waiting.size) this.send();
  }

  body(name, value) {
    return new URLSearchParams({ field: name, value, base: this.base.get(name) ?? "" });
  }

  async sendOne(name) {
    const value = this.waiting.get(name);
    const input = this.input(name);
    this.say("Đang lưu…");
    let answer;
    let said = {};
    try {
      answer = await fetch(this.url, {
        method: "POST",
        body: this.body(name, value),
        headers: { "X-CSRFToken": token(), Accept: "application/json" },
      });
      said = await answer.json().catch(() => ({}));
    } catch {
      return this.later("Mất kết nối – đã giữ trên máy này, sẽ tự gửi");
    }
    if (answer.ok) this.saved(name, value, said, input);
    else if (answer.status === 401 || said.session) return this.expired();
    else if (answer.status === 409 && said.conflict) {
      this.conflict(name, value, said.conflict, input);
    } else if ([400, 403, 404, 409, 413, 422].includes(answer.status)) {
      this.refused(name, value, said.error, input);
    } else return this.later("Máy chủ chưa trả lời – đã giữ trên máy này, sẽ tự gửi");
    return true;
  }

  // A form sent right after typing waits until what was typed has arrived; where it cannot arrive, nothing is sent.
  // What a page is for ("Khoá phiếu chấm", "Ký nộp") waits for a field that was refused, too: the server has only what stood there before.
  unmended(form) {
    return form.closest(".bar")
      ? this.box.querySelector('[data-field][aria-invalid="true"], .conflict button')
      : null;
  }

  async holdBack(event) {
    if (this.unmended(event.target)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.say("Có ô chưa lưu được", "bad");
      this.unmended(event.target).focus();
      return;
    }
    if (!this.waiting.size && !this.sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target: form, submitter } = event;
    for (let waited = 0; (this.waiting.size || this.sending) && waited < PATIENCE; waited += STEP) {
      this.send();
      await new Promise((resolve) => {
        setTimeout(resolve, STEP);
      });
    }
    if (!this.waiting.size) form.requestSubmit(submitter);
  }

  settle(name, value) {
    if (this.waiting.get(name) === value) this.waiting.delete(name);
  }

  saved(name, value, said, input) {
    this.settle(name, value);
    this.base.set(name, said.value ?? value);
    if (!this.waiting.has(name)) {
      this.outbox.drop(name);
      if (input && document.activeElement !== input && said.value !== undefined) {
        this.write(input, said.value);
      }
    } else {
      this.unkept = !this.outbox.put(name, {
        value: this.waiting.get(name),
        base: this.base.get(name),
      });
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
    this.kept = `Đã lưu ${said.saved_at ?? ""}`;
    this.rest();
    this.box.dispatchEvent(
      new CustomEvent("autosave:saved", { detail: { name, value: said.value ?? value, input } }),
    );
  }

  // A part of the page drawn anew: a field of it ([data-kept]) that holds what is not saved yet stays the very one.
  renew(place, html) {
    if (!place || place.drawn === html) return;
    place.drawn = html;
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const focused = place.contains(document.activeElement) ? document.activeElement : null;
    const unsaved = [...place.querySelectorAll("[data-kept]")].filter((kept) => {
      const input = kept.querySelector("[data-field]");
      return this.waiting.has(input.name) || this.read(input) !== this.base.get(input.name);
    });
    for (const input of fresh.content.querySelectorAll("[data-field]")) {
      const kept = unsaved.find((one) =>
        one.dataset.kept === input.closest("[data-kept]").dataset.kept
      );
      if (kept) input.closest("[data-kept]").replaceWith(kept);
      else this.base.set(input.name, this.read(input));
    }
    place.replaceChildren(fresh.content);
    if (focused?.id) document.getElementById(focused.id)?.focus();
  }

  // What was refused may have been the half of a number: what was typed since is still to be sent.
  refused(name, value, sentence, input) {
    this.settle(name, value);
    if (this.waiting.has(name)) return;
    if (input) {
      this.mark(input, sentence || "Máy chủ không nhận nội dung này; chữ đã gõ vẫn ở đây.");
    }
    this.say("Có ô chưa lưu được", "bad");
  }

  conflict(name, mine, theirs, input) {
    this.waiting.delete(name);
    this.say("Có ô vừa được sửa ở nơi khác", "warn");
    if (!input) return;
    this.mark(input, "");
    const box = document.createElement("div");
    box.className = "conflict";
    box.setAttribute("role", "alert");
    const line = document.createElement("p");
    line.textContent = `${theirs.by} đã sửa ô này lúc ${theirs.at}:`;
    const text = document.createElement("div");
    text.className = "conflict__text";
    text.textContent = theirs.value || "(để trống)";
    box.append(line, text);
    const choose = (label, chosen) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-plain btn-sm";
      button.textContent = label;
      button.addEventListener("click", () => {
        box.remove();
        this.base.set(name, theirs.value);
        this.write(input, chosen);
        if (chosen === theirs.value) {
          this.outbox.drop(name);
          this.say("Đã lấy bản kia", "ok");
        } else this.changed(input, 0);
        input.focus();
      });
      box.append(button, " ");
    };
    choose("Giữ của tôi", mine);
    choose("Lấy bản kia", theirs.value);
    if (input.tagName === "TEXTAREA") choose("Giữ cả hai", `${theirs.value}\n${mine}`);
    this.box.querySelectorAll(".conflict").forEach((old) => {
      if (old.previousElementSibling === input) old.remove();
    });
    input.after(box);
  }

  expired() {
    this.signedOut = true;
    this.say("Phiên đã hết hạn – chữ đã gõ vẫn còn.", "bad", {
      text: "Đăng nhập ở thẻ mới",
      url: "/account/sign-in",
    });
    setTimeout(() => this.send(), RETRY[1]);
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
    setTimeout(() => this.send(), RETRY[1]);
    return false;
  }

  later(sentence) {
    this.say(this.unkept ? "Mất kết nối – đừng đóng trang này" : sentence, "warn");
    const pause = RETRY[Math.min(this.tries, RETRY.length - 1)];
    this.tries += 1;
    setTimeout(() => this.send(), pause);
    return false;
  }

  flush() {
    for (const [name, value] of this.waiting) {
      fetch(this.url, {
        method: "POST",
        keepalive: true,
        body: this.body(name, value),
        headers: { "X-CSRFToken": token(), Accept: "application/json" },
      }).catch(() => {});
    }
  }

  mark(input, sentence) {
    const id = `${input.id || input.name}-error`;
    let line = document.getElementById(id);
    if (!sentence) {
      input.removeAttribute("aria-invalid");
      if (line) line.textContent = "";
      this.hideOthers(input);
      return;
    }
    if (!line) {
      line = document.createElement("p");
      line.id = id;
      line.className = "cell-error";
      line.setAttribute("role", "alert");
      input.after(line);
    }
    line.textContent = sentence;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", id);
    this.hideOthers(input);
  }

  // [data-follows="name name"]: what is worked out of those fields belongs to what is saved, not to what was refused.
  hideOthers(input) {
    for (const part of document.querySelectorAll(`[data-follows~="${CSS.escape(input.name)}"]`)) {
      part.hidden = part.dataset.follows.split(" ").some((name) =>
        this.input(name)?.getAttribute("aria-invalid") === "true"
      );
    }
  }

  say(text, tone = "info", link = null) {
    if (!this.status) return;
    const left = this.waiting.size > 1 ? ` (${this.waiting.size} ô chờ gửi)` : "";
    this.status.className = `chip chip--${tone}`;
    this.status.textContent = text + left;
    if (!link) return;
    const anchor = document.createElement("a");
    anchor.href = link.url;
    anchor.target = "_blank";
    anchor.textContent = link.text;
    this.status.append(" ", anchor);
  }
}

document.querySelectorAll("[data-autosave]").forEach((box) => new Autosave(box));
