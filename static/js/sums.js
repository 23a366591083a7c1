// @ts-check
// What a row of marks adds up to, in hundredths of a point: pure arithmetic, as the server does it.

/**
 * The groups of a block's criteria, [sign, cap, isBase], and of each criterion marked here its
 * group and its greatest mark.
 * @typedef {{
 *   groups: [number, number | null, boolean][],
 *   cells: Record<string, [number, number]>,
 * }} Plan
 */

/**
 * What stands in a row besides the cells: the points each group has already, marks of other members
 * that count, greatest marks of this unit, and [part, whole] where its points are re-scaled.
 * @typedef {{
 *   given: number[],
 *   marks: Record<string, number>,
 *   maxima: Record<string, number>,
 *   scale: [number, number] | null,
 * }} Row
 */

/**
 * @param {string} text
 * @returns {number | null} null where no number is typed
 */
export function hundredths(text) {
  const parts = /^(\d+)(?:,(\d{1,2}))?$/.exec(text.trim().replaceAll(".", ""));
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0")) : null;
}

/** @param {number} value */
export function written(value) {
  const plain = Math.abs(value);
  const rest = String(plain % 100).padStart(2, "0");
  return `${value < 0 ? "-" : ""}${Math.floor(plain / 100)},${rest}`;
}

/**
 * @param {number} value
 * @param {number} part
 * @param {number} whole
 * @returns {number} `value` × `part` / `whole`, a half rounded up
 */
const share = (value, part, whole) => Math.floor((2 * value * part + whole) / (2 * whole));

/**
 * @param {Plan} plan
 * @param {Row} row
 * @param {[string, number][]} typed a mark of each criterion that has one
 * @returns {{sum: number, adjustment: number}} the row's total, and what caps and re-scaling change
 *   in the sum of its columns
 */
export function added(plan, row, typed) {
  const judged = new Set(Object.values(plan.cells).map(([group]) => group));
  const sums = [...row.given];
  let columns = 0;
  [...typed, ...Object.entries(row.marks)].forEach(([criterion, value]) => {
    const [group, greatest] = plan.cells[criterion];
    sums[group] += share(value, row.maxima[criterion] ?? greatest, greatest);
    columns += plan.groups[group][0] * value;
  });
  let base = 0, rest = 0;
  plan.groups.forEach(([sign, cap, isBase], group) => {
    const limit = cap ?? Infinity;
    const counted = sign * Math.min(sums[group], limit);
    if (isBase) base += counted;
    else rest += counted;
    columns += sign * (judged.has(group) ? row.given[group] : Math.min(row.given[group], limit));
  });
  const sum = (row.scale ? share(base, row.scale[1], row.scale[0]) : base) + rest;
  return { sum, adjustment: sum - columns };
}
