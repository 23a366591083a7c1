// @ts-check
// Headings of a long page that is read leaf by leaf.
import assert from "node:assert/strict";
import { headingsOf, whereWords } from "../../static/js/leaves.js";

Deno.test("a leaf stands under the headings above it, and under no other", () => {
  const levels = [2, 0, 0, 2, 0, 2, 3, 0, 4, 0, 3, 0];
  assert.deepEqual(headingsOf(levels, 1), [0]);
  assert.deepEqual(headingsOf(levels, 4), [3]);
  assert.deepEqual(headingsOf(levels, 7), [5, 6]);
  assert.deepEqual(headingsOf(levels, 9), [5, 6, 8]);
  assert.deepEqual(headingsOf(levels, 11), [5, 10]);
});

Deno.test("what stands outside has no heading", () => {
  assert.deepEqual(headingsOf([2, 0], -1), []);
  assert.equal(whereWords(2, 21), "Mục 3/21");
});
