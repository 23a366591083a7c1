// @ts-check
// What waits to be saved, as autosave.js asks it: without a page, a clock or a server.
import assert from "node:assert/strict";
import { outcome, Queue, RETRIES } from "../../static/js/queue.js";

/** @param {Record<string, string>} texts what the server has */
function opened(texts) {
  const queue = new Queue();
  for (const [name, text] of Object.entries(texts)) queue.confirm(name, text);
  return queue;
}

Deno.test("what is typed waits, with the text it was typed over", () => {
  const queue = opened({ mark: "8" });
  assert.equal(queue.type("mark", "8,5"), true);
  assert.deepEqual(queue.entry("mark"), { value: "8,5", base: "8" });
  assert.equal(queue.size, 1);
});

Deno.test("the server's own text typed again is nothing to send", () => {
  const queue = opened({ mark: "8" });
  assert.equal(queue.type("mark", "8"), false);
  assert.equal(queue.size, 0);
});

Deno.test("what is taken back while it waits is sent all the same", () => {
  const queue = opened({ mark: "8" });
  queue.type("mark", "9");
  assert.equal(queue.type("mark", "8"), true);
  assert.deepEqual(queue.entry("mark"), { value: "8", base: "8" });
});

Deno.test("an answered text waits no more, what was typed since does", () => {
  const queue = opened({ mark: "8" });
  queue.type("mark", "9");
  queue.type("mark", "9,5");
  assert.equal(queue.settle("mark", "9"), false);
  queue.confirm("mark", "9");
  assert.deepEqual(queue.entry("mark"), { value: "9,5", base: "9" });
  assert.equal(queue.settle("mark", "9,5"), true);
  assert.equal(queue.entry("mark"), null);
});

Deno.test("a text of an earlier visit waits over what it was typed over then", () => {
  const queue = opened({ mark: "7" });
  assert.equal(queue.restore("mark", { value: "9", base: "8" }), true);
  assert.deepEqual(queue.entry("mark"), { value: "9", base: "8" });
});

Deno.test("a text of an earlier visit that has arrived is not sent again", () => {
  const queue = opened({ mark: "9" });
  assert.equal(queue.restore("mark", { value: "9", base: "8" }), false);
  assert.equal(queue.size, 0);
});

Deno.test("a field in conflict is not sent before somebody has chosen", () => {
  const queue = opened({ mark: "8", note: "" });
  queue.type("mark", "9");
  queue.type("note", "a");
  queue.hold("mark");
  assert.deepEqual([...queue.waiting.keys()], ["note"]);
  queue.confirm("mark", "7");
  queue.type("mark", "9");
  assert.deepEqual(queue.entry("mark"), { value: "9", base: "7" });
});

Deno.test("fields are sent in the order in which they were typed first", () => {
  const queue = opened({ one: "", two: "" });
  queue.type("two", "b");
  queue.type("one", "a");
  queue.type("two", "c");
  assert.deepEqual([...queue.waiting], [["two", "c"], ["one", "a"]]);
});

Deno.test("a field differs while it waits or holds another text than the server", () => {
  const queue = opened({ mark: "8" });
  assert.equal(queue.differs("mark", "8"), false);
  assert.equal(queue.differs("mark", ""), true);
  queue.type("mark", "9");
  assert.equal(queue.differs("mark", "8"), true);
});

Deno.test("pauses grow to the longest and begin anew once the server has answered", () => {
  const queue = opened({});
  assert.deepEqual(Array.from({ length: 5 }, () => queue.pause()), [...RETRIES, RETRIES[3]]);
  queue.reached();
  assert.equal(queue.pause(), RETRIES[0]);
});

const theirs = { value: "7", by: "Bà A", at: "10:00" };
for (
  const [status, said, expected] of /** @type {const} */ ([
    [200, {}, "saved"],
    [401, {}, "expired"],
    [400, { session: true }, "expired"],
    [400, {}, "refused"],
    [409, { conflict: theirs }, "conflict"],
    [409, { error: "đã khoá" }, "refused"],
    [403, {}, "refused"],
    [404, {}, "refused"],
    [413, {}, "refused"],
    [422, { error: "không phải số" }, "refused"],
    [302, {}, "later"],
    [429, {}, "later"],
    [500, {}, "later"],
    [503, {}, "later"],
  ])
) {
  Deno.test(`an answer ${status} ${JSON.stringify(said)} means “${expected}”`, () => {
    assert.equal(outcome(status, said), expected);
  });
}
