// @ts-check
// A paper is of one length on the network, whatever stands on it.
import assert from "node:assert/strict";
import { padding } from "../../static/js/even.js";

Deno.test("papers of one form are of one length, whatever is chosen in them", () => {
  const token = `csrf_token=${"t".repeat(91)}`;
  const papers = [
    `${token}&line-12345=yes&line-12346=no`,
    `${token}&line-12345=blank&line-12346=blank`,
    `${token}&blank=1`,
    `${token}&chosen=12345&chosen=12346`,
  ];
  const lengths = papers.map((sent) => `${sent}&even=${padding(sent, 12)}`.length);
  assert.deepEqual(new Set(lengths), new Set([512 + 12 * 64]));
});

Deno.test("what is longer than its room is sent as it is", () => {
  assert.equal(padding("x".repeat(600), 1), "");
});
