// @ts-check
// What a row of marks adds up to, in the smallest parts of a point that the plan gives (hundredths of
// two decimals): pure arithmetic, as the server does it.

/**
 * What counts in a section: as base, as bonus, what penalties take from the total, and from the
 * section itself.
 * @typedef {[number, number, number, number]} Standing
 */

/**
 * A criterion: its section, its greatest mark (or its points), the place of its kind in a standing
 * (4: a penalty that takes from one criterion), that criterion, or 0; and where its points are
 * re-scaled, from what and to what.
 * @typedef {[number, number, number, number, number?, number?]} Cell
 */

/**
 * The decimals of points, the sections of the table in depth order, [parent or -1, ceiling, floor],
 * and the criteria that are marked here; [whole, scale] where units are ranked on another scale.
 * @typedef {{
 *   decimals: number,
 *   nodes: [number, number | null, number | null][],
 *   cells: Record<string, Cell>,
 *   ranked?: [number, number],
 * }} Plan
 */

/**
 * What stands in a row besides the cells: in each section (0: nothing applies, or nothing has points
 * and no floor could lift them), and in criteria that a
 * penalty names; what the columns of these add up to; marks of other members that count, greatest
 * marks of this unit, and [part, whole] where its points are re-scaled.
 * @typedef {{
 *   given: (Standing | 0)[],
 *   held: Record<string, Cell>,
 *   shown: number,
 *   marks: Record<string, number>,
 *   maxima: Record<string, number>,
 *   scale: [number, number] | null,
 * }} Row
 */

/**
 * @param {string} text
 * @param {number} decimals
 * @returns {number | null} null where no number is typed as the server reads it, or one with more
 *   decimals; zeros at the end are none
 */
export function parts(text, decimals) {
  const typed = /^\+?(\d+|[1-9]\d{0,2}(?:([. ])\d{3})(?:\2\d{3})*)(?:,(\d+))?$/.exec(text.trim());
  const rest = (typed?.[3] ?? "").replace(/0+$/, "");
  if (!typed || rest.length > decimals) return null;
  const whole = Number(typed[1].replaceAll(/[. ]/g, ""));
  return whole * 10 ** decimals + Number(rest.padEnd(decimals, "0"));
}

/**
 * @param {number} value
 * @param {number} decimals
 */
export function written(value, decimals) {
  const plain = Math.abs(value), one = 10 ** decimals;
  const rest = decimals ? `,${String(plain % one).padStart(decimals, "0")}` : "";
  const whole = String(Math.floor(plain / one)).replace(/\B(?=(\d{3})+$)/g, ".");
  return `${value < 0 ? "-" : ""}${whole}${rest}`;
}

/**
 * @param {number | bigint} value
 * @param {number | bigint} part
 * @param {number | bigint} whole
 * @returns {number} `value` × `part` / `whole`, exact, a half rounded away from zero
 */
function share(value, part, whole) {
  const twice = 2n * BigInt(whole), above = 2n * BigInt(value) * BigInt(part);
  return Number((above + (above < 0n ? -BigInt(whole) : BigInt(whole))) / twice);
}

/**
 * What penalties that name a criterion take from it, down to nothing.
 * @param {[string, Cell][]} lines
 * @returns {Cell[]}
 */
function settled(lines) {
  /** @type {Record<string, number>} */
  const asked = {};
  lines.forEach(([, [, points, way, taken]]) => {
    if (way === 4) asked[taken] = (asked[taken] ?? 0) + points;
  });
  return lines.map(([criterion, [node, points, way, taken, of = 1, to = of]]) => {
    const left = BigInt(points) * BigInt(of) - BigInt(asked[criterion] ?? 0) * BigInt(to);
    return [node, left > 0n ? share(left, 1, of) : 0, way, taken];
  });
}

/**
 * A section as it counts: penalties that take from it stop at nothing, or at its own floor.
 * @param {Plan["nodes"][number]} node
 * @param {Standing} standing
 */
function bounded([, ceiling, floor], [base, more, fromTotal, fromHere]) {
  const earned = base + more;
  const left = floor === null && fromHere
    ? Math.max(earned - fromHere, Math.min(earned, 0))
    : earned - fromHere;
  return Math.max(Math.min(left - fromTotal, ceiling ?? Infinity), floor ?? -Infinity);
}

/**
 * What the row is ranked by: the base re-scaled where less than all applies, the rest as it is; all
 * of it on another scale where the plan ranks on one.
 * @param {Plan} plan
 * @param {Row} row
 * @param {number} base
 * @param {number} rest
 */
function ranked(plan, row, base, rest) {
  const [part, whole] = row.scale ?? [1, 1];
  if (!plan.ranked) return share(base, whole, part) + rest;
  const [to, of] = plan.ranked.map(BigInt);
  const points = BigInt(base) * BigInt(whole) + BigInt(rest) * BigInt(part);
  return share(points, to, BigInt(part) * of);
}

/**
 * @param {Plan} plan
 * @param {Row} row
 * @param {[string, number][]} typed a mark of each criterion that has one
 * @returns {{sum: number, adjustment: number}} the row's total, and what bounds and re-scaling
 *   change in the sum of its columns
 */
export function added(plan, row, typed) {
  /** @type {Standing[]} base here counts apart, for it is re-scaled */
  const sums = plan.nodes.map((_, node) => [...(row.given[node] || [0, 0, 0, 0])]);
  const bases = sums.map(([base]) => base);
  const stands = plan.nodes.map((_, node) => Boolean(row.given[node]));
  let columns = row.shown;
  /** @type {[string, Cell][]} */
  const lines = Object.entries(row.held);
  [...typed, ...Object.entries(row.marks)].forEach(([criterion, value]) => {
    const [node, greatest, way, taken] = plan.cells[criterion];
    const own = row.maxima[criterion] ?? greatest;
    lines.push([criterion, [node, share(value, own, greatest), way, taken, greatest, own]]);
    columns += way < 2 ? value : -value;
  });
  settled(lines).forEach(([node, points, way]) => {
    stands[node] = true;
    if (way < 4) sums[node][way] += points;
    if (way === 0) bases[node] += points;
  });
  let base = 0, whole = 0;
  plan.nodes.toReversed().forEach((bounds, fromEnd) => {
    const node = plan.nodes.length - 1 - fromEnd;
    const counted = stands[node] ? bounded(bounds, sums[node]) : 0;
    const based = stands[node] ? Math.min(bases[node], bounds[1] ?? Infinity) : 0;
    if (bounds[0] < 0) {
      whole += counted;
      base += based;
    } else {
      stands[bounds[0]] ||= stands[node];
      sums[bounds[0]][1] += counted;
      bases[bounds[0]] += based;
    }
  });
  const sum = ranked(plan, row, base, whole - base);
  return { sum, adjustment: sum - columns };
}
