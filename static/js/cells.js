// Cells worked by keyboard, wherever [data-cells] holds fields that are typed one after the other: Tab and Shift+Tab go to
// the next and the one before, Enter and the arrows along rows and columns, Escape and then Tab out of the cells. Only what
// can be typed in is a cell; links and files between them are passed over, so what is typed never goes nowhere.
//
// A row is a line of a table or a [data-row]; outside both, cells follow one another.
const CELL = "[data-field], [data-cell], input.cell, form[data-cells] .input";
const isText = (cell) => cell.tagName === "INPUT";

function cellsOf(place) {
  return [...place.querySelectorAll(CELL)].filter((cell) =>
    !cell.disabled && !cell.readOnly && cell.checkVisibility()
  );
}

// Which column a cell is of: its place in the line, or what it is called beside the number of its row.
function columnOf(cell) {
  const box = cell.closest("td");
  if (box) return `${box.cellIndex}.${[...box.querySelectorAll(CELL)].indexOf(cell)}`;
  return cell.closest("[data-row]") ? cell.name.replace(/\d+/g, "") : "";
}

const place = (column) => column.split(".").map(Number);
const before = (one, other) => one[0] - other[0] || one[1] - other[1];

// The cells as Enter meets them: column by column within a table, else as they stand.
function downwards(cells, cell) {
  const table = cell.closest("table, [data-cells]");
  const inside = cells.filter((other) => other.closest("table, [data-cells]") === table);
  if (table.tagName === "TABLE") {
    return inside.map((other, index) => ({ other, index, column: place(columnOf(other)) }))
      .sort((one, two) => before(one.column, two.column) || one.index - two.index).map((
        { other },
      ) => other);
  }
  return inside.filter((other) => columnOf(other) === columnOf(cell));
}

function go(cell) {
  if (!cell) return false;
  cell.focus();
  if (isText(cell)) cell.select();
  return true;
}

const along = (list, cell, step) => list[list.indexOf(cell) + step];

// Up and down stay in the column; Enter goes on at the top of the next one.
function vertical(cells, cell, step, wraps) {
  const next = along(downwards(cells, cell), cell, step);
  return next && (wraps || columnOf(next) === columnOf(cell)) ? next : null;
}

function atEdge(cell, end) {
  const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  if (whole && cell.inputMode === "decimal") return true;
  return cell.selectionStart === cell.selectionEnd &&
    cell.selectionStart === (end ? cell.value.length : 0);
}

function wanted(event, cells, cell) {
  const back = event.shiftKey ? -1 : 1;
  if (event.key === "Tab") return along(cells, cell, back);
  if (event.key === "Enter" && cell.tagName !== "TEXTAREA") {
    return vertical(cells, cell, back, true);
  }
  if (!isText(cell) || event.shiftKey) return null;
  if (event.key === "ArrowDown") return vertical(cells, cell, 1, false);
  if (event.key === "ArrowUp") return vertical(cells, cell, -1, false);
  if (event.key === "ArrowLeft" && atEdge(cell, false)) return along(cells, cell, -1);
  if (event.key === "ArrowRight" && atEdge(cell, true)) return along(cells, cell, 1);
  return null;
}

document.querySelectorAll("[data-cells]").forEach((box) => {
  let leaving = false;
  box.addEventListener("focusin", () => {
    leaving = false;
  });
  box.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (
      !cell.matches(CELL) || event.altKey || event.ctrlKey || event.metaKey || event.isComposing
    ) return;
    if (event.key === "Escape") {
      leaving = true;
      return;
    }
    if (event.key === "Tab" && leaving) return;
    const moved = go(wanted(event, cellsOf(box), cell));
    // Enter never sends a form from the midst of its cells; the last one of a question that is only asked does.
    const asks = event.key === "Enter" && cell.tagName !== "TEXTAREA" &&
      cell.form?.method !== "get";
    if (moved || asks) event.preventDefault();
  });
});
