// @ts-check
// A row of marks added up on the page, in hundredths of a point.
import assert from "node:assert/strict";
import { added, hundredths, written } from "../../static/js/sums.js";

/** @type {import("../../static/js/sums.js").Plan} */
const plan = {
  groups: [[1, 2000, true], [1, null, false], [-1, 500, false]],
  cells: { 1: [0, 1000], 2: [0, 1500], 3: [2, 1000] },
};
/** @type {import("../../static/js/sums.js").Row} */
const empty = { given: [0, 0, 0], marks: {}, maxima: {}, scale: null };

for (
  const [text, value] of /** @type {const} */ ([
    ["8", 800],
    ["8,5", 850],
    [" 8,25 ", 825],
    ["1.000", 100000],
    ["", null],
    ["8,255", null],
    ["8%", null],
    ["-1", null],
  ])
) {
  Deno.test(`“${text}” is ${value} hundredths`, () => assert.equal(hundredths(text), value));
}

Deno.test("hundredths are written with a comma and two digits", () => {
  assert.deepEqual([0, 5, 850, -1205].map(written), ["0,00", "0,05", "8,50", "-12,05"]);
});

Deno.test("marks and what is given add up", () => {
  const row = { ...empty, given: [0, 300, 0] };
  assert.deepEqual(added(plan, row, [["1", 800]]), { sum: 1100, adjustment: 0 });
});

Deno.test("a group counts no more than its cap", () => {
  const sums = added(plan, empty, [["1", 1000], ["2", 1500]]);
  assert.deepEqual(sums, { sum: 2000, adjustment: -500 });
});

Deno.test("a penalty is taken off, up to its cap", () => {
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
