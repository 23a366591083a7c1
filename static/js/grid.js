// A table of marks: the row's total follows what is typed, the facts of the cell are shown (cells.js moves between cells).
const hundredths = (text) => {
  const found = /^(\d+)(?:,(\d{1,2}))?$/.exec(text.trim().replaceAll(".", ""));
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
};
// A mark counts that stands in its cell and was not refused.
const marks = (place) => [...place.querySelectorAll("input[data-field]")].filter((cell) => cell.value.trim() && cell.getAttribute("aria-invalid") !== "true");
const gaps = (place) => place.querySelectorAll("input[data-field]").length - marks(place).length;
const written = (value) => `${Math.floor(value / 100)},${String(value % 100).padStart(2, "0")}`;

function total(row) {
  const target = row.querySelector("[data-total]");
  if (!target) return;
  const fixed = Number(row.dataset.fixed || 0);
  target.textContent = written(marks(row).reduce((sum, cell) => sum + (hundredths(cell.value) ?? 0), fixed));
  const left = row.querySelector("[data-left]");
  if (left) left.textContent = `${gaps(row)} ô`;
}

// Counters of the whole sheet: what this page holds may be a part of it, so they move by what changes here.
function counting(grid) {
  const shown = [["[data-cells-left]", 1], ["[data-cells-done]", -1]].flatMap(([selector, sign]) =>
    [...document.querySelectorAll(selector)].map((place) => ({ place, sign, start: Number(place.textContent) })));
  const before = [...grid.querySelectorAll("input[data-field]")].filter((cell) => !cell.defaultValue.trim()).length;
  return () => shown.forEach(({ place, sign, start }) => { place.textContent = start + sign * (gaps(grid) - before); });
}

document.querySelectorAll("[data-grid]").forEach((grid) => {
  const panel = document.querySelector("[data-grid-detail]");
  let asked = "";
  grid.addEventListener("focusin", async (event) => {
    const input = event.target;
    if (!input.matches("input[data-field]")) return;
    input.select();
    follow(input);
    const [, unit, criterion] = input.name.split(":");
    const wanted = `${grid.dataset.detailUrl}${unit}/${criterion}`;
    if (!panel || asked === wanted) return;
    asked = wanted;
    try {
      const answer = await fetch(wanted);
      if (answer.ok && asked === wanted) panel.innerHTML = await answer.text();
    } catch { /* offline: the cell still works, the facts come with the next focus */ asked = ""; }
  });
  const count = counting(grid);
  const follow = (cell) => {
    if (!cell.matches("input[data-field]")) return;
    total(cell.closest("tr"));
    count();
  };
  grid.addEventListener("input", (event) => follow(event.target));
  new MutationObserver((changes) => changes.forEach((change) => follow(change.target)))
    .observe(grid, { subtree: true, attributeFilter: ["aria-invalid"] });
  grid.querySelectorAll("tbody tr").forEach(total);
  count();
});
