// @ts-check
// A row of marks added up on the page, in the smallest parts of a point that the plan gives.
import assert from "node:assert/strict";
import { added, parts, written } from "../../static/js/sums.js";

/** @typedef {import("../../static/js/sums.js").Standing} Standing */
/** @type {import("../../static/js/sums.js").Plan} */
const plan = {
  decimals: 2,
  nodes: [[-1, 2000, null], [-1, null, null], [-1, null, -500]],
  cells: { 1: [0, 1000, 0, 0], 2: [0, 1500, 0, 0], 3: [2, 1000, 2, 0] },
};
/** @type {import("../../static/js/sums.js").Row} */
const empty = { given: [0, 0, 0], held: {}, shown: 0, marks: {}, maxima: {}, scale: null };

for (
  const [text, decimals, value] of /** @type {const} */ ([
    ["8", 2, 800],
    ["8,5", 2, 850],
    [" 8,25 ", 2, 825],
    ["1.000", 2, 100000],
    ["", 2, null],
    ["8,255", 2, null],
    ["8%", 2, null],
    ["8,500", 2, 850],
    ["8,5000", 1, 85],
    ["8,0", 0, 8],
    ["8.5", 2, null],
    ["1 000,5", 1, 10005],
    ["12.34", 2, null],
    ["1.000.000", 0, 1000000],
    ["+8", 2, 800],
    ["-1", 2, null],
    ["8", 0, 8],
    ["8,5", 0, null],
    ["8,5", 1, 85],
    ["8,125", 3, 8125],
    ["12,0625", 4, 120625],
  ])
) {
  Deno.test(
    `“${text}” with ${decimals} decimals is ${value} parts`,
    () => assert.equal(parts(text, decimals), value),
  );
}

Deno.test("parts are written with a comma and the decimals of the plan", () => {
  const told = [0, 5, 850, -1205, 99999, 123450, -123456789].map((value) => written(value, 2));
  assert.deepEqual(told, [
    "0,00",
    "0,05",
    "8,50",
    "-12,05",
    "999,99",
    "1.234,50",
    "-1.234.567,89",
  ]);
  const others = [[7, 0], [-12, 1], [8005, 3], [1, 4]].map(([value, places]) =>
    written(value, places)
  );
  assert.deepEqual(others, ["7", "-1,2", "8,005", "0,0001"]);
});

Deno.test("marks and what is given add up", () => {
  const given = /** @type {(Standing | 0)[]} */ ([0, [0, 300, 0, 0], 0]);
  const row = { ...empty, given, shown: 300 };
  assert.deepEqual(added(plan, row, [["1", 800]]), { sum: 1100, adjustment: 0 });
});

Deno.test("a group counts no more than its ceiling", () => {
  const sums = added(plan, empty, [["1", 1000], ["2", 1500]]);
  assert.deepEqual(sums, { sum: 2000, adjustment: -500 });
});

Deno.test("a penalty is taken off, down to the floor of its group", () => {
  assert.deepEqual(added(plan, empty, [["3", 700]]), { sum: -500, adjustment: 200 });
});

Deno.test("a mark of another member counts like one typed here", () => {
  const row = { ...empty, marks: { 2: 600 } };
  assert.deepEqual(added(plan, row, [["1", 400]]), { sum: 1000, adjustment: 0 });
});

Deno.test("a mark is converted to the greatest one of this unit", () => {
  const row = { ...empty, maxima: { 1: 500 } };
  assert.deepEqual(added(plan, row, [["1", 801]]), { sum: 401, adjustment: -400 });
});

Deno.test("the base is re-scaled where a group does not apply", () => {
  const row = { ...empty, scale: /** @type {[number, number]} */ ([1500, 2000]) };
  assert.deepEqual(added(plan, row, [["1", 900]]), { sum: 1200, adjustment: 300 });
});

/** @type {import("../../static/js/sums.js").Plan} */
const tree = {
  decimals: 2,
  nodes: [[-1, 1800, null], [0, 1000, null], [0, null, null]],
  cells: {
    1: [1, 800, 0, 0],
    2: [1, 800, 1, 0],
    3: [2, 900, 0, 0],
    4: [2, 900, 3, 0],
    5: [0, 900, 4, 3],
  },
};

for (
  const [what, typed, sum] of /** @type {const} */ ([
    [
      "a section and the group around it hold their ceilings",
      [["1", 800], ["2", 600], ["3", 900]],
      1800,
    ],
    ["a penalty takes from its section down to nothing", [["1", 800], ["3", 300], ["4", 500]], 800],
    [
      "a penalty takes from the criterion that it names",
      [["1", 800], ["3", 900], ["5", 250]],
      1450,
    ],
    ["and of that never more than there is", [["1", 800], ["3", 100], ["5", 250]], 800],
  ])
) {
  Deno.test(what, () => {
    assert.equal(added(tree, empty, /** @type {any} */ (typed)).sum, sum);
  });
}

Deno.test("a penalty marked here takes from points that stand already", () => {
  const held = /** @type {any} */ ({ 9: [2, 400, 0, 0] });
  const plan = { ...tree, cells: { 5: /** @type {any} */ ([0, 900, 4, 9]) } };
  assert.equal(added(plan, { ...empty, held, shown: 400 }, [["5", 150]]).sum, 250);
});

Deno.test("what is taken from a criterion is re-scaled as its points are", () => {
  const row = { ...empty, maxima: { 3: 1350 } };
  assert.equal(added(tree, row, [["3", 600], ["5", 200]]).sum, 600);
  const held = /** @type {any} */ ({ 9: [2, 900, 0, 0, 900, 1350] });
  const plan = { ...tree, cells: { 5: /** @type {any} */ ([0, 900, 4, 9]) } };
  assert.equal(added(plan, { ...empty, held, shown: 900 }, [["5", 200]]).sum, 600);
});

Deno.test("a floor lifts a section in which something stands, and no other", () => {
  const plan = {
    decimals: 2,
    nodes: /** @type {any} */ ([[-1, null, 600], [0, null, 400]]),
    cells: {},
  };
  const none = { ...empty, given: /** @type {any} */ ([0, 0]) };
  assert.equal(added(plan, none, []).sum, 0);
  assert.equal(added(plan, { ...none, given: [0, [0, 0, 0, 0]] }, []).sum, 600);
});

Deno.test("a half is rounded once after what was taken", () => {
  const plan = {
    ...tree,
    decimals: 0,
    nodes: /** @type {any} */ ([[-1, null, null]]),
    cells: { 1: /** @type {any} */ ([0, 8, 0, 0]), 2: /** @type {any} */ ([0, 9, 4, 1]) },
  };
  const row = { ...empty, given: /** @type {any} */ ([0]), maxima: { 1: 20 } };
  assert.equal(added(plan, row, [["1", 8], ["2", 1]]).sum, 18);
});

Deno.test("points of a large scale with four decimals are added up to the last digit", () => {
  const plan = { ...tree, decimals: 4, cells: { 1: /** @type {any} */ ([2, 999999999, 0, 0]) } };
  const nodes = /** @type {any} */ ([[-1, null, null], [0, null, null], [0, null, null]]);
  const row = { ...empty, scale: /** @type {[number, number]} */ ([999999999, 1000000000]) };
  assert.equal(added({ ...plan, nodes }, row, [["1", 999999998]]).sum, 999999999);
});

Deno.test("a row is ranked by per cent where the plan says so, whatever its scale", () => {
  const plan = {
    decimals: 2,
    nodes: /** @type {any} */ ([[-1, null, null]]),
    cells: { 1: /** @type {any} */ ([0, 80000, 0, 0]), 2: /** @type {any} */ ([0, 5000, 1, 0]) },
    ranked: /** @type {[number, number]} */ ([10000, 100000]),
  };
  const row = { ...empty, given: /** @type {any} */ ([0]) };
  assert.equal(added(plan, row, [["1", 75550]]).sum, 7555);
  const part = { ...row, scale: /** @type {[number, number]} */ ([80000, 100000]) };
  assert.equal(added(plan, part, [["1", 60000], ["2", 1000]]).sum, 7600);
});
