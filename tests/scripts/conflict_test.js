// @ts-check
// Whose text is to stand where two people wrote.
import assert from "node:assert/strict";
import { choices } from "../../static/js/conflict.js";

Deno.test("of a single line one of the two texts is chosen", () => {
  assert.deepEqual(choices("9", "7", false), [["Giữ của tôi", "9"], ["Lấy bản kia", "7"]]);
});

Deno.test("of a longer text both can stay, theirs first", () => {
  assert.deepEqual(choices("b", "a", true).at(-1), ["Giữ cả hai", "a\nb"]);
});
