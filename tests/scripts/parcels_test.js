// @ts-check
// Files on their way, as uploads.js asks: without a page, a clock or a server.
import assert from "node:assert/strict";
import { Parcel, Parcels } from "../../static/js/parcels.js";

/** @param {string[]} names of small files */
function packed(...names) {
  const parcels = new Parcels();
  for (const name of names) parcels.add(new Parcel(name, 1000, 20));
  return parcels;
}

Deno.test("files go one after another, in their order", () => {
  const parcels = packed("một.pdf", "hai.pdf");
  const first = parcels.next();
  assert.ok(first);
  parcels.send(first);
  assert.equal(parcels.next(), undefined);
  assert.equal(parcels.answered(first, 200, {}), true);
  assert.equal(first.words, "đã gắn");
  assert.equal(parcels.next()?.name, "hai.pdf");
});

Deno.test("what nobody answered waits and is tried again, each time later", () => {
  const parcels = packed("một.pdf");
  const pauses = [0, 503, 429, 500, 0].map((status) => {
    const [parcel] = parcels.all;
    parcels.send(parcel);
    parcel.left = 500;
    assert.equal(parcels.answered(parcel, status, {}), false);
    assert.deepEqual([parcel.state, parcel.left], ["waiting", 0]);
    return parcels.pause;
  });
  assert.deepEqual(pauses, [2000, 5000, 10000, 30000, 30000]);
  const [parcel] = parcels.all;
  assert.equal(parcel.words, "mất kết nối, tự gửi lại sau 30 giây");
  parcels.send(parcel);
  parcels.answered(parcel, 200, {});
  assert.deepEqual([parcels.isBusy, parcels.tries], [false, 0]);
});

Deno.test("whoever is signed out sends again after signing in", () => {
  const parcels = packed("một.pdf");
  parcels.send(parcels.all[0]);
  assert.equal(parcels.answered(parcels.all[0], 401, { session: "expired" }), false);
  assert.match(parcels.all[0].words, /^phiên đã hết hạn/);
});

Deno.test("a refused file says why, and the next one goes", () => {
  const parcels = packed("một.exe", "hai.pdf");
  parcels.send(parcels.all[0]);
  assert.equal(parcels.answered(parcels.all[0], 422, { error: "Không đúng định dạng." }), true);
  assert.equal(parcels.all[0].words, "chưa gắn được. Không đúng định dạng.");
  assert.equal(parcels.next()?.name, "hai.pdf");
});

Deno.test("what is too large or empty is not even sent", () => {
  const large = new Parcel("lớn.pdf", 21 * 1024 * 1024, 20);
  assert.equal(large.words, "chưa gắn được. Tệp lớn hơn 20 MB nên không nhận.");
  assert.equal(new Parcel("rỗng.pdf", 0, 20).words, "chưa gắn được. Tệp rỗng.");
  const parcels = new Parcels();
  parcels.add(large);
  assert.deepEqual([parcels.next(), parcels.isBusy], [undefined, false]);
});

Deno.test("progress is said in whole per cent", () => {
  const parcel = new Parcel("một.pdf", 3000, 20);
  const parcels = new Parcels();
  parcels.add(parcel);
  parcels.send(parcel);
  parcel.left = 1999;
  assert.equal(parcel.words, "đang gửi, 66 %");
  parcel.left = 3000;
  assert.equal(parcel.words, "đã gửi hết, đang chờ nhận");
});
