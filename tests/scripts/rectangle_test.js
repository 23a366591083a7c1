// @ts-check
// A rectangle of cells: copied, pasted over, filled down, emptied; and what was changed taken back.
import assert from "node:assert/strict";
import { between, copied, emptied, filled, pasted } from "../../static/js/rectangle.js";
import { Undo } from "../../static/js/undo.js";

/** @param {string} name @param {string} text */
const cell = (name, text) => ({ name, text, title: name || "kín" });
// Three rows, three columns; in the middle nothing can be typed.
const sheet = [
  [cell("a1", "1"), cell("b1", ""), cell("c1", "3")],
  [cell("a2", ""), cell("", "không chấm"), cell("c2", "")],
  [cell("a3", "7"), cell("b3", "8"), cell("c3", "9")],
];
/** @param {number[]} corners */
const box = ([top, left, bottom, right]) =>
  between({ row: top, column: left }, { row: bottom, column: right });

Deno.test("two corners span the same rectangle whichever comes first", () => {
  const expected = { top: 0, left: 1, bottom: 2, right: 2 };
  assert.deepEqual(box([2, 1, 0, 2]), expected);
  assert.deepEqual(box([0, 2, 2, 1]), expected);
});

Deno.test("a rectangle is copied with tabs and lines", () => {
  assert.equal(copied(sheet, box([0, 0, 1, 1])), "1\t\r\n\tkhông chấm");
});

for (
  const [from, rows, writes, refused]
    of /** @type {[number[], string[][], string[][], string[]][]} */ ([
      [[0, 0, 0, 0], [["5"], ["6"]], [["a1", "5"], ["a2", "6"]], []],
      [[0, 0, 0, 0], [["1", "2"]], [["b1", "2"]], []],
      [[0, 0, 0, 0], [["", "2"]], [["a1", ""], ["b1", "2"]], []],
      [[0, 0, 2, 0], [["4"]], [["a1", "4"], ["a2", "4"], ["a3", "4"]], []],
      [[0, 2, 1, 2], [["5"], ["6"], ["7"]], [["c1", "5"], ["c2", "6"], ["c3", "7"]], []],
      [[1, 0, 1, 0], [["5", "6", "7"]], [["a2", "5"], ["c2", "7"]], ["kín: 6"]],
      [[1, 0, 1, 0], [["5", "không chấm"]], [["a2", "5"]], []],
      [[2, 2, 2, 2], [["5", "6"], ["7", ""]], [["c3", "5"]], [
        "Dòng 1, cột 2 của phần dán: 6",
        "Dòng 2, cột 1 của phần dán: 7",
      ]],
    ])
) {
  Deno.test(`${JSON.stringify(rows)} pasted over ${from}`, () => {
    const plan = pasted(sheet, box(from), rows);
    assert.deepEqual(plan.writes, writes);
    assert.deepEqual(plan.refused.map(({ title, text }) => `${title}: ${text}`), refused);
  });
}

Deno.test("the first row is filled down, past what cannot be typed in", () => {
  assert.deepEqual(filled(sheet, box([0, 0, 2, 1])), [["a2", "1"], ["a3", "1"], ["b3", ""]]);
});

Deno.test("of one row alone what stands above is filled down", () => {
  assert.deepEqual(filled(sheet, box([1, 2, 1, 2])), [["c2", "3"]]);
  assert.deepEqual(filled(sheet, box([0, 2, 0, 2])), []);
});

Deno.test("what cannot be typed in is not emptied", () => {
  assert.deepEqual(emptied(sheet, box([0, 1, 2, 2])), [
    ["c1", ""],
    ["b3", ""],
    ["c3", ""],
  ]);
});

Deno.test("changes are taken back one by one, the last first", () => {
  const undo = new Undo();
  undo.push([{ name: "a1", before: "", after: "1" }]);
  undo.push([{ name: "a1", before: "1", after: "2" }, { name: "a2", before: "", after: "2" }]);
  assert.deepEqual(undo.pop(() => "2"), [["a1", "1"], ["a2", ""]]);
  assert.deepEqual(undo.pop(() => "1"), [["a1", ""]]);
  assert.deepEqual(undo.pop(() => ""), []);
});

Deno.test("what somebody changed since stays, what was only written otherwise does not", () => {
  const undo = new Undo();
  undo.push([
    { name: "a1", before: "7", after: "8,50" },
    { name: "a2", before: "7", after: "1.000" },
    { name: "a3", before: "7", after: "9" },
  ]);
  const now = /** @type {Record<string, string>} */ ({ a1: "8,5", a2: "1000", a3: "6" });
  assert.deepEqual(undo.pop((name) => now[name]), [["a1", "7"], ["a2", "7"]]);
});

Deno.test("a change that changes nothing is no step", () => {
  const undo = new Undo();
  undo.push([{ name: "a1", before: "8,5", after: "8,50" }]);
  assert.deepEqual(undo.steps, []);
});
