// @ts-check
// A table of marks: the row's total follows what is typed, the facts of the cell are shown
// (cells.js moves between cells).
import { all, first, hit } from "./dom.js";
import { added, parts, written } from "./sums.js";

const CELL = "input[data-field]";

/**
 * A mark counts that stands in its cell and was not refused.
 * @param {Element} place
 */
const marks = (place) =>
  all(HTMLInputElement, CELL, place)
    .filter((cell) => cell.value.trim() && cell.getAttribute("aria-invalid") !== "true");

/** @param {Element} place */
const gaps = (place) => place.querySelectorAll(CELL).length - marks(place).length;

/**
 * @param {HTMLElement} row
 * @returns {import("./sums.js").Row}
 */
const told = ({ dataset }) => ({
  given: JSON.parse(dataset.given || "[]"),
  held: JSON.parse(dataset.held || "{}"),
  shown: Number(dataset.shown ?? 0),
  marks: JSON.parse(dataset.marks || "{}"),
  maxima: JSON.parse(dataset.maxima || "{}"),
  scale: JSON.parse(dataset.scale || "null"),
});

/**
 * @param {Element} row
 * @param {string} selector
 * @param {string} text
 */
function write(row, selector, text) {
  const place = row.querySelector(selector);
  if (place) place.textContent = text;
}

/**
 * @param {HTMLElement} row
 * @param {import("./sums.js").Plan} plan
 */
function total(row, plan) {
  if (!row.querySelector("[data-total]")) return;
  const typed = marks(row).map((
    cell,
  ) => /** @type {[string, number]} */ ([
    cell.name.split(":")[2],
    parts(cell.value, plan.decimals) ?? 0,
  ]));
  const { sum, adjustment } = added(plan, told(row), typed);
  write(row, "[data-total]", written(sum, plan.decimals));
  write(row, "[data-adjustment]", written(adjustment, plan.decimals));
  write(row, "[data-left]", `${gaps(row)} ô`);
}

/**
 * Counters of the whole sheet: what this page holds may be a part of it, so they move by what
 * changes here.
 * @param {HTMLElement} grid
 * @returns {() => void}
 */
function counting(grid) {
  const counters = [
    ...all(HTMLElement, "[data-cells-left]").map((place) => ({ place, sign: 1 })),
    ...all(HTMLElement, "[data-cells-done]").map((place) => ({ place, sign: -1 })),
  ].map(({ place, sign }) => ({ place, sign, start: Number(place.textContent) }));
  const before = all(HTMLInputElement, CELL, grid)
    .filter((cell) => !cell.defaultValue.trim()).length;
  return () =>
    counters.forEach(({ place, sign, start }) => {
      place.textContent = String(start + sign * (gaps(grid) - before));
    });
}

/**
 * @param {HTMLElement} grid
 * @param {HTMLElement} panel where the facts of a cell are shown
 */
function showFacts(grid, panel) {
  let asked = "";
  grid.addEventListener("focusin", async (event) => {
    const cell = hit(HTMLInputElement, CELL, event);
    if (!cell) return;
    const [, unit, criterion] = cell.name.split(":");
    const wanted = `${grid.dataset.detailUrl}${unit}/${criterion}`;
    if (asked === wanted) return;
    asked = wanted;
    try {
      const answer = await fetch(wanted);
      if (answer.ok && asked === wanted) panel.innerHTML = await answer.text();
    } catch {
      asked = ""; // offline: the cell still works, the facts come with the next focus
    }
  });
}

/** @param {HTMLElement} grid */
function addUp(grid) {
  const plan = JSON.parse(grid.dataset.plan ?? "null");
  const count = counting(grid);
  /** @param {EventTarget | null} cell */
  const follow = (cell) => {
    if (!(cell instanceof Element) || !cell.matches(CELL)) return;
    const row = cell.closest("tr");
    if (row) total(row, plan);
    count();
  };
  grid.addEventListener("focusin", (event) => {
    hit(HTMLInputElement, CELL, event)?.select();
    follow(event.target);
  });
  grid.addEventListener("input", (event) => follow(event.target));
  new MutationObserver((changes) => changes.forEach((change) => follow(change.target)))
    .observe(grid, { subtree: true, attributeFilter: ["aria-invalid"] });
  all(HTMLTableRowElement, "tbody tr", grid).forEach((row) => total(row, plan));
  count();
}

all(HTMLElement, "[data-grid]").forEach((grid) => {
  addUp(grid);
  const panel = first(HTMLElement, "[data-grid-detail]");
  if (panel) showFacts(grid, panel);
});
