// @ts-check
// [data-keypad]: number keys for cells on a screen that is touched, wide enough for both; the
// machine's own keyboard would cover half of the table and is one key away.
import { all, button, hit, made } from "./dom.js";

const CELL = "input.cell";
const TOUCHED = matchMedia("(pointer: coarse) and (min-width: 601px)");
const KEYS = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "0", ","];

/** @type {HTMLInputElement | null} */
let current = null;

/** @param {string} text what takes the place of what is chosen in the cell */
function type(text) {
  if (!current) return;
  current.setRangeText(text, current.selectionStart ?? 0, current.selectionEnd ?? 0, "end");
  current.dispatchEvent(new Event("input", { bubbles: true }));
}

function erase() {
  if (!current) return;
  const { selectionStart: from, selectionEnd: to } = current;
  if (from === to && from) current.setSelectionRange(from - 1, from);
  type("");
}

/**
 * @param {string} key
 * @param {boolean} [ctrlKey]
 */
function press(key, ctrlKey = false) {
  current?.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true }));
}

/**
 * @param {string} text
 * @param {string} name as it is read out
 * @param {() => void} act
 */
function key(text, name, act) {
  const made = button(text, act);
  made.className = "btn btn-plain keypad__key";
  if (name) made.setAttribute("aria-label", name);
  return made;
}

/** @param {HTMLElement} pad */
function toSystem(pad) {
  const cell = current;
  pad.hidden = true;
  cell?.blur();
  cell?.setAttribute("inputmode", "decimal");
  cell?.focus();
}

function drawn() {
  const pad = made("div", "keypad");
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", "Phím số");
  pad.hidden = true;
  pad.append(
    ...KEYS.map((text) => key(text, text === "," ? "dấu phẩy" : "", () => type(text))),
    key("⌫", "Xoá một chữ", erase),
    key("↑", "Ô trên", () => press("ArrowUp")),
    key("↓", "Ô dưới", () => press("ArrowDown")),
    key("Tiếp", "Ô tiếp theo", () => press("Tab")),
    key("Chép xuống", "Chép ô trên xuống", () => press("d", true)),
    key("Hoàn tác", "", () => press("z", true)),
    key("Bàn phím", "Bàn phím của máy", () => toSystem(pad)),
  );
  // A key that is touched takes nothing from the cell.
  pad.addEventListener("pointerdown", (event) => event.preventDefault());
  pad.addEventListener("mousedown", (event) => event.preventDefault());
  return pad;
}

/**
 * @param {HTMLElement} box
 * @param {HTMLElement} pad
 */
function serve(box, pad) {
  for (const cell of all(HTMLInputElement, CELL, box)) cell.inputMode = "none";
  box.addEventListener("focusin", (event) => {
    const cell = hit(HTMLInputElement, CELL, event);
    if (!cell) return;
    current = cell;
    pad.hidden = cell.inputMode !== "none";
    if (!pad.hidden) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  box.addEventListener("focusout", (event) => {
    const to = event.relatedTarget;
    if (to instanceof Node && (pad.contains(to) || box.contains(to))) return;
    if (event.target instanceof HTMLInputElement && event.target.inputMode !== "none") {
      event.target.inputMode = "none";
    }
    pad.hidden = true;
  });
}

const boxes = TOUCHED.matches ? all(HTMLElement, "[data-keypad]") : [];
if (boxes.length) {
  const pad = drawn();
  document.querySelector("main")?.append(pad);
  boxes.forEach((box) => serve(box, pad));
}
