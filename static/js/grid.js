// A table of marks: the row's total follows what is typed, the facts of the cell are shown (cells.js moves between cells).
const hundredths = (text) => {
  const found = /^(\d+)(?:,(\d{1,2}))?$/.exec(text.trim().replaceAll(".", ""));
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
};
// A mark counts that stands in its cell and was not refused.
const marks = (place) =>
  [...place.querySelectorAll("input[data-field]")].filter((cell) =>
    cell.value.trim() && cell.getAttribute("aria-invalid") !== "true"
  );
const gaps = (place) => place.querySelectorAll("input[data-field]").length - marks(place).length;
const written = (value) => {
  const plain = Math.abs(value);
  return `${value < 0 ? "-" : ""}${Math.floor(plain / 100)},${
    String(plain % 100).padStart(2, "0")
  }`;
};
const share = (value, part, whole) => Math.floor((2 * value * part + whole) / (2 * whole));
const told = (row, name, without) => JSON.parse(row.dataset[name] || without);

// What a row adds up to, and what caps and re-scaling change in the sum of its columns;
// all in hundredths of a point.
function added(row, plan) {
  const given = told(row, "given", "[]");
  const maxima = told(row, "maxima", "{}");
  const scale = told(row, "scale", "null");
  const typed = marks(row).map((cell) => [cell.name.split(":")[2], hundredths(cell.value) ?? 0]);
  const judged = new Set(Object.values(plan.cells).map(([group]) => group));
  const sums = [...given];
  let columns = 0;
  [...typed, ...Object.entries(told(row, "marks", "{}"))].forEach(([criterion, value]) => {
    const [group, of] = plan.cells[criterion];
    sums[group] += share(value, maxima[criterion] ?? of, of);
    columns += plan.groups[group][0] * value;
  });
  let base = 0, rest = 0;
  plan.groups.forEach(([sign, cap, isBase], group) => {
    const counted = sign * Math.min(sums[group], cap ?? Infinity);
    if (isBase) base += counted;
    else rest += counted;
    columns += sign * (judged.has(group) ? given[group] : Math.min(given[group], cap ?? Infinity));
  });
  const sum = (scale ? share(base, scale[1], scale[0]) : base) + rest;
  return { sum, adjustment: sum - columns };
}

function total(row) {
  const target = row.querySelector("[data-total]");
  if (!target) return;
  const { sum, adjustment } = added(row, JSON.parse(row.closest("[data-grid]").dataset.plan));
  target.textContent = written(sum);
  const adjusted = row.querySelector("[data-adjustment]");
  if (adjusted) adjusted.textContent = written(adjustment);
  const left = row.querySelector("[data-left]");
  if (left) left.textContent = `${gaps(row)} ô`;
}

// Counters of the whole sheet: what this page holds may be a part of it, so they move by what changes here.
function counting(grid) {
  const shown = [["[data-cells-left]", 1], ["[data-cells-done]", -1]].flatMap(([selector, sign]) =>
    [...document.querySelectorAll(selector)].map((place) => ({
      place,
      sign,
      start: Number(place.textContent),
    }))
  );
  const before =
    [...grid.querySelectorAll("input[data-field]")].filter((cell) => !cell.defaultValue.trim())
      .length;
  return () =>
    shown.forEach(({ place, sign, start }) => {
      place.textContent = start + sign * (gaps(grid) - before);
    });
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
    } catch {
      /* offline: the cell still works, the facts come with the next focus */ asked = "";
    }
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
