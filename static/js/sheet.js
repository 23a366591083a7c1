// @ts-check
// [data-sheet]: tables whose cells are worked as in a spreadsheet. Shift with the arrows or a
// click chooses a rectangle; Ctrl+C copies it, Ctrl+V pastes a column or a rectangle, Ctrl+D fills
// down, Delete empties, Ctrl+Z takes the last change back. What does not fit is shown before
// anything is written. (cells.js moves between cells.)
//
// With data-together-url many cells are written at once, all or none; without it each is typed
// into, and saved as its page saves what is typed.
import { all, button, hit, made } from "./dom.js";
import { inVietnamese, isEnglish, rowsOf } from "./pasted.js";
import { between, copied, emptied, filled, height, pasted, width } from "./rectangle.js";
import { writeTogether } from "./together.js";
import { Undo } from "./undo.js";

/** @typedef {import("./rectangle.js").Refusal} Refusal */
/** @typedef {import("./rectangle.js").Place} Place */
/** @typedef {import("./rectangle.js").Write} Write */

const CELL = "input.cell";
const CHOSEN = "cell--chosen";
const SHOWN = 30;
const STEPS = new Map([
  ["ArrowUp", [-1, 0]],
  ["ArrowDown", [1, 0]],
  ["ArrowLeft", [0, -1]],
  ["ArrowRight", [0, 1]],
]);

/** @param {Element | null | undefined} element */
const words = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

class Sheet {
  /** @param {HTMLTableElement} box */
  constructor(box) {
    this.box = box;
    this.saving = box.closest("[data-together-url]");
    this.undo = new Undo();
    /** @type {Place | null} */
    this.anchor = null;
    /** @type {Place | null} */
    this.head = null;
    this.entered = { name: "", text: "" };
    this.told = made("p", "visually-hidden");
    this.told.setAttribute("role", "status");
    this.panel = made("section", "note note--warn sheet__panel");
    this.panel.hidden = true;
    this.panel.tabIndex = -1;
    this.panel.setAttribute("aria-label", "Những ô chưa ghi được");
    (box.closest(".table-wrap") ?? box).before(this.panel, this.told);
    this.listen();
  }

  listen() {
    const { box } = this;
    box.addEventListener("focusin", (event) => this.enter(event));
    box.addEventListener("focusout", () => this.leave());
    box.addEventListener("input", (event) => {
      if (event.isTrusted) this.collapse();
    });
    box.addEventListener("mousedown", (event) => this.pointed(event));
    box.addEventListener("keydown", (event) => this.pressed(event), true);
    box.addEventListener("copy", (event) => this.copy(event));
    box.addEventListener("cut", (event) => {
      if (this.copy(event)) this.change(emptied(this.read(), this.chosen()));
    });
    box.addEventListener("paste", (event) => this.paste(event));
  }

  rows() {
    return all(HTMLTableRowElement, "tbody tr", this.box);
  }

  /** @returns {number[]} the columns in which something can be typed anywhere */
  columns() {
    const places = all(HTMLInputElement, CELL, this.box).map((cell) => cell.closest("td"));
    return [...new Set(places.map((place) => place?.cellIndex ?? 0))].sort((a, b) => a - b);
  }

  /**
   * @param {HTMLTableRowElement} row
   * @param {number} column
   */
  input(row, column) {
    return row.cells[column]?.querySelector(`${CELL}:not(:disabled):not([readonly])`);
  }

  /** @returns {import("./rectangle.js").Cell[][]} */
  read() {
    const columns = this.columns();
    const heads = all(HTMLTableCellElement, "thead tr:last-child th", this.box);
    return this.rows().map((row) => {
      const name = words(row.cells[0]);
      return columns.map((column) => {
        const input = this.input(row, column);
        const title = `${name}, ${words(heads[column])}`;
        return input instanceof HTMLInputElement
          ? { name: input.name, text: input.value.trim(), title }
          : { name: "", text: words(row.cells[column]), title };
      });
    });
  }

  /**
   * @param {Element | null} cell
   * @returns {Place | null}
   */
  placeOf(cell) {
    const place = cell?.closest("td");
    const row = place?.closest("tr");
    if (!place || !row) return null;
    return { row: this.rows().indexOf(row), column: this.columns().indexOf(place.cellIndex) };
  }

  /** @param {string} name */
  named(name) {
    const input = this.box.querySelector(`${CELL}[name="${CSS.escape(name)}"]`);
    return input instanceof HTMLInputElement ? input : null;
  }

  chosen() {
    const none = { row: 0, column: 0 };
    return between(this.anchor ?? none, this.head ?? none);
  }

  isMany() {
    const box = this.chosen();
    return Boolean(this.anchor) && height(box) * width(box) > 1;
  }

  /** @param {Event} event */
  enter(event) {
    const cell = hit(HTMLInputElement, CELL, event);
    if (!cell) return;
    this.entered = { name: cell.name, text: cell.value };
    this.anchor = this.head = this.placeOf(cell);
    this.draw();
  }

  leave() {
    const { name, text } = this.entered;
    const cell = this.named(name);
    if (cell) this.undo.push([{ name, before: text, after: cell.value }]);
    this.entered = { name: "", text: "" };
  }

  collapse() {
    if (!this.isMany()) return;
    this.head = this.anchor;
    this.draw();
  }

  /** @param {MouseEvent} event */
  pointed(event) {
    const cell = hit(HTMLInputElement, CELL, event);
    if (!cell || !event.shiftKey || !this.anchor) return;
    event.preventDefault();
    this.head = this.placeOf(cell);
    this.draw();
  }

  draw() {
    const box = this.chosen();
    const columns = this.columns();
    for (const place of all(HTMLElement, `.${CHOSEN}`, this.box)) place.classList.remove(CHOSEN);
    this.told.textContent = "";
    if (!this.isMany()) return;
    for (const row of this.rows().slice(box.top, box.bottom + 1)) {
      for (const column of columns.slice(box.left, box.right + 1)) {
        row.cells[column]?.classList.add(CHOSEN);
      }
    }
    this.told.textContent = `Đã chọn ${height(box)} dòng, ${width(box)} cột.`;
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const cell = hit(HTMLInputElement, CELL, event);
    if (cell && !event.altKey && !event.isComposing && this.acts(event, cell)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLInputElement} cell
   * @returns {boolean} whether the key was for the sheet
   */
  acts(event, cell) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey) {
      if (key === "d") this.change(filled(this.read(), this.chosen()));
      else if (key === "z" && cell.value === this.entered.text) this.back();
      else return false;
      return true;
    }
    if (event.shiftKey) return this.extend(STEPS.get(key), cell);
    if (!this.isMany()) return false;
    if (key === "Delete" || key === "Backspace") {
      this.change(emptied(this.read(), this.chosen()));
      return true;
    }
    if (key === "Escape") this.collapse();
    return key === "Escape";
  }

  /**
   * Up and down always; to the sides where the cell is not being edited.
   * @param {number[] | undefined} step
   * @param {HTMLInputElement} cell
   */
  extend(step, cell) {
    if (!step || !this.head) return false;
    const { selectionStart: from, selectionEnd: to, value } = cell;
    if (step[1] && !this.isMany() && !(from === 0 && to === value.length)) return false;
    const row = this.head.row + step[0], column = this.head.column + step[1];
    if (row >= 0 && row < this.rows().length && column >= 0 && column < this.columns().length) {
      this.head = { row, column };
      this.draw();
    }
    return true;
  }

  /** @param {ClipboardEvent} event */
  copy(event) {
    if (!this.isMany()) return false;
    event.clipboardData?.setData("text/plain", copied(this.read(), this.chosen()));
    event.preventDefault();
    return true;
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    const rows = rowsOf(event.clipboardData?.getData("text/plain") ?? "");
    if (!hit(HTMLInputElement, CELL, event)) return;
    if (rows.flat().length < 2 && !this.isMany()) return;
    event.preventDefault();
    const read = isEnglish(rows);
    const { writes, refused } = pasted(
      this.read(),
      this.chosen(),
      read ? inVietnamese(rows) : rows,
    );
    const asked = read
      ? "Phần dán dùng dấu chấm cho phần thập phân; 8.5 được hiểu là 8,5, 1,000 là 1000."
      : "";
    if (asked || refused.length) this.show(asked, refused, writes);
    else this.change(writes);
  }

  /** Takes the last change back. */
  back() {
    const writes = this.undo.pop((name) => this.named(name)?.value ?? "");
    if (writes.length) this.change(writes, true);
    else this.told.textContent = "Không còn gì để hoàn tác.";
  }

  /**
   * @param {Write[]} writes
   * @param {boolean} [isBack] whether it takes a change back
   */
  async change(writes, isBack = false) {
    this.panel.hidden = true;
    if (!writes.length) return;
    const changes = writes.map(([name, after]) => {
      const before = this.entered.name === name ? this.entered.text : this.named(name)?.value;
      return { name, before: before ?? "", after };
    });
    if (this.saving instanceof HTMLElement) {
      const { refused, problem } = await writeTogether(this.saving, writes);
      if (problem || Object.keys(refused).length) {
        this.refuse(writes, refused, problem);
        return;
      }
    } else {
      this.type(writes);
    }
    if (!isBack) this.undo.push(changes);
    const entered = this.named(this.entered.name);
    if (entered) this.entered.text = entered.value;
    this.told.textContent = isBack
      ? `Đã hoàn tác ${writes.length} ô.`
      : `Đã ghi ${writes.length} ô.`;
  }

  /** @param {Write[]} writes */
  type(writes) {
    for (const [name, text] of writes) {
      const input = this.named(name);
      if (!input) continue;
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /**
   * Nothing was written: what the server refused, cell by cell, and the rest to be written alone.
   * @param {Write[]} writes
   * @param {Record<string, string>} refused
   * @param {string} problem
   */
  refuse(writes, refused, problem) {
    const titles = new Map(this.read().flat().map(({ name, title }) => [name, title]));
    const lines = writes.filter(([name]) => name in refused).map(([name, text]) => ({
      title: titles.get(name) ?? name,
      text,
      sentence: refused[name],
    }));
    this.show(problem, lines, problem ? [] : writes.filter(([name]) => !(name in refused)));
  }

  /**
   * @param {string} sentence
   * @param {Refusal[]} refused
   * @param {Write[]} rest
   */
  show(sentence, refused, rest) {
    const list = made("ul", "dotted small");
    for (const { title, text, sentence } of refused.slice(0, SHOWN)) {
      list.append(made("li", "", `${title}: “${text}” – ${sentence}`));
    }
    if (refused.length > SHOWN) {
      list.append(made("li", "", `và ${refused.length - SHOWN} ô nữa.`));
    }
    const lines = refused.length ? `Chưa ghi ô nào; ${refused.length} ô không nhận được:` : "";
    const parts = [sentence, lines].filter(Boolean).map((text) => made("p", "", text));
    const acts = made("p", "cluster mb-0");
    if (rest.length) {
      acts.append(button(`Ghi ${rest.length} ô${refused.length ? " còn lại" : ""}`, () => {
        this.close();
        this.change(rest);
      }));
    }
    acts.append(button(rest.length ? "Không ghi ô nào" : "Đóng", () => this.close()));
    this.panel.replaceChildren(...parts, ...(refused.length ? [list] : []), acts);
    this.panel.hidden = false;
    this.panel.focus();
  }

  /** Back to the cell where it began. */
  close() {
    this.panel.hidden = true;
    const { anchor } = this;
    const name = anchor && this.read()[anchor.row]?.[anchor.column]?.name;
    if (name) this.named(name)?.focus();
  }
}

all(HTMLTableElement, "[data-sheet] table").forEach((box) => new Sheet(box));
