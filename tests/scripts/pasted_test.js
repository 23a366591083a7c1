// @ts-check
// What was copied from a spreadsheet.
import assert from "node:assert/strict";
import { inVietnamese, isEnglish, rowsOf } from "../../static/js/pasted.js";

for (
  const [text, rows] of /** @type {[string, string[][]][]} */ ([
    ["8", [["8"]]],
    ["8\r\n", [["8"]]],
    ["8\t9\r\n7,5\t\r\n", [["8", "9"], ["7,5", ""]]],
    ["8\n9", [["8"], ["9"]]],
    ["8\n\n9\n", [["8"], [""], ["9"]]],
    ["\t8\r\n", [["", "8"]]],
    [" 8 \t\u00a09,5\u00a0", [["8", "9,5"]]],
    ['"hai\ndòng"\t"nói ""có"""\n3', [["hai\ndòng", 'nói "có"'], ["3"]]],
    ['5" ống\t1', [['5" ống', "1"]]],
    ["", [[""]]],
  ])
) {
  Deno.test(`${JSON.stringify(text)} is read as ${JSON.stringify(rows)}`, () => {
    assert.deepEqual(rowsOf(text), rows);
  });
}

for (
  const [texts, english] of /** @type {[string[], boolean][]} */ ([
    [["8,5", "1.000"], false],
    [["8", "10"], false],
    [["1.000"], false],
    [["1,000"], false],
    [["8.5", "10"], true],
    [["8.5", "1,000"], true],
    [["1,234.5"], true],
    [["1,234,567"], true],
    [["8.5", "7,5"], false],
    [["44.462", "99,82"], false],
    [["Sở Y tế", "12/2021"], false],
  ])
) {
  Deno.test(`${texts.join(" and ")}: ${english ? "" : "not "}as in English`, () => {
    assert.equal(isEnglish([texts]), english);
  });
}

Deno.test("English numbers are written as in Vietnamese, words stay", () => {
  assert.deepEqual(inVietnamese([["8.5", "1,234.50", "1,000"], ["-.5", "I.1", ""]]), [
    ["8,5", "1234,50", "1000"],
    ["-,5", "I.1", ""],
  ]);
});
