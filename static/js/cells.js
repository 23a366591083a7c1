// @ts-check
// Cells worked by keyboard, wherever [data-cells] holds fields that are typed one after the other:
// Tab and Shift+Tab go to the next and the one before, Enter and the arrows along rows and
// columns, Escape and then Tab out of the cells. Only what can be typed in is a cell; links and
// files between them are passed over, so what is typed never goes nowhere.
//
// A row is a line of a table or a [data-row]; outside both, cells follow one another.
import { all, isField } from "./dom.js";

/** @typedef {import("./dom.js").Field} Cell */

const CELL = "[data-field], [data-cell], input.cell, form[data-cells] .input";

/**
 * @param {Element} element
 * @returns {element is Cell}
 */
const isCell = (element) => isField(element) && element.matches(CELL);

/**
 * @param {Element} element
 * @returns {element is HTMLInputElement}
 */
const isText = (element) => element instanceof HTMLInputElement;

/** @param {Cell} cell */
const isOneLine = (cell) => !(cell instanceof HTMLTextAreaElement);

/** @param {Cell} cell */
const isReadOnly = (cell) => !(cell instanceof HTMLSelectElement) && cell.readOnly;

/**
 * @param {Element} box
 * @returns {Cell[]} the cells that can be typed in now
 */
function cellsOf(box) {
  return all(HTMLElement, CELL, box).filter(isCell).filter((cell) =>
    !cell.disabled && !isReadOnly(cell) && cell.checkVisibility()
  );
}

/**
 * @param {Cell} cell
 * @returns {string} its place in the line, or what it is called beside the number of its row
 */
function columnOf(cell) {
  const box = cell.closest("td");
  if (box) return `${box.cellIndex}.${[...box.querySelectorAll(CELL)].indexOf(cell)}`;
  return cell.closest("[data-row]") ? cell.name.replace(/\d+/g, "") : "";
}

/**
 * @param {Cell[]} cells
 * @param {Cell} cell
 * @returns {Cell[]} as Enter meets them: column by column within a table, else as they stand
 */
function downwards(cells, cell) {
  const table = cell.closest("table, [data-cells]");
  const inside = cells.filter((other) => other.closest("table, [data-cells]") === table);
  if (!(table instanceof HTMLTableElement)) {
    return inside.filter((other) => columnOf(other) === columnOf(cell));
  }
  const placed = inside.map((other, index) => {
    const [column, within = 0] = columnOf(other).split(".").map(Number);
    return { other, index, column, within };
  });
  placed.sort((one, two) =>
    one.column - two.column || one.within - two.within || one.index - two.index
  );
  return placed.map(({ other }) => other);
}

/** @param {Cell | null | undefined} cell */
function go(cell) {
  if (!cell) return false;
  cell.focus();
  if (isText(cell)) cell.select();
  return true;
}

/**
 * @param {Cell[]} list
 * @param {Cell} cell
 * @param {number} step
 * @returns {Cell | undefined}
 */
const along = (list, cell, step) => list[list.indexOf(cell) + step];

/**
 * Up and down stay in the column; Enter goes on at the top of the next one.
 * @param {Cell[]} cells
 * @param {Cell} cell
 * @param {number} step
 * @param {boolean} wraps
 */
function vertical(cells, cell, step, wraps) {
  const next = along(downwards(cells, cell), cell, step);
  return next && (wraps || columnOf(next) === columnOf(cell)) ? next : null;
}

/**
 * @param {HTMLInputElement} cell
 * @param {boolean} end
 * @returns {boolean} whether an arrow leads out of the cell at this end
 */
function atEdge(cell, end) {
  const { selectionStart: from, selectionEnd: to, value } = cell;
  if (from === 0 && to === value.length && cell.inputMode === "decimal") return true;
  return from === to && from === (end ? value.length : 0);
}

/**
 * @param {KeyboardEvent} event
 * @param {Cell[]} cells
 * @param {Cell} cell
 * @returns {Cell | null | undefined} where the pressed key leads
 */
function wanted(event, cells, cell) {
  const back = event.shiftKey ? -1 : 1;
  if (event.key === "Tab") return along(cells, cell, back);
  if (event.key === "Enter" && isOneLine(cell)) return vertical(cells, cell, back, true);
  if (!isText(cell) || event.shiftKey) return null;
  if (event.key === "ArrowDown") return vertical(cells, cell, 1, false);
  if (event.key === "ArrowUp") return vertical(cells, cell, -1, false);
  if (event.key === "ArrowLeft" && atEdge(cell, false)) return along(cells, cell, -1);
  if (event.key === "ArrowRight" && atEdge(cell, true)) return along(cells, cell, 1);
  return null;
}

all(HTMLElement, "[data-cells]").forEach((box) => {
  let leaving = false;
  box.addEventListener("focusin", () => {
    leaving = false;
  });
  box.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!(cell instanceof Element) || !isCell(cell)) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === "Escape") {
      leaving = true;
      return;
    }
    if (event.key === "Tab" && leaving) return;
    const moved = go(wanted(event, cellsOf(box), cell));
    // Enter never sends a form from the midst of its cells; the last one of a question that is only
    // asked does.
    const asks = event.key === "Enter" && isOneLine(cell) && cell.form?.method !== "get";
    if (moved || asks) event.preventDefault();
  });
});
