// @ts-check
// [data-live]: follows the meeting. Asks every two seconds what its version is; a new one loads the
// page anew, or, where a paper has been begun, says so and leaves the paper alone. A receipt stays
// until it is put away.
import { all, first } from "./dom.js";

const EVERY_MS = 2000;
const LEAVING_MS = 15000;

/** @returns {boolean} whether somebody reads a receipt, gives a reason or has begun a paper */
function isBusy() {
  return document.querySelector("[data-receipt], details.reason[open]") !== null ||
    all(HTMLInputElement, ".paper input:not([type=hidden])")
      .some((field) => field.checked !== field.defaultChecked);
}

/**
 * @param {string} selector
 * @param {number} count
 */
function tell(selector, count) {
  all(HTMLElement, selector).forEach((place) => {
    place.textContent = String(count);
  });
}

/** @param {HTMLElement} room */
function follow(room) {
  let mark = "";
  // Whoever has pressed or followed something is on the way: loading anew now would take the step
  // from under them.
  let left = -Infinity;
  const isLeaving = () => performance.now() - left < LEAVING_MS;
  addEventListener("beforeunload", () => {
    left = performance.now();
  });
  const ask = async () => {
    if (document.hidden || isLeaving()) return;
    try {
      const answer = await fetch(room.dataset.live ?? "", {
        headers: { Accept: "application/json", ...(mark && { "If-None-Match": mark }) },
        cache: "no-store",
      });
      if (answer.status !== 200) return;
      mark = answer.headers.get("ETag") || "";
      const now = await answer.json();
      tell("[data-live-cast]", now.cast);
      tell("[data-live-voters]", now.voters);
      if (String(now.version) === room.dataset.liveVersion) return;
      if (isLeaving()) return;
      const note = first(HTMLElement, "[data-live-note]", room);
      if (!isBusy()) location.assign(location.pathname);
      else if (note) note.hidden = false;
    } catch { /* the next question comes soon */ }
  };
  setInterval(ask, EVERY_MS);
}

const room = first(HTMLElement, "[data-live]");
if (room) follow(room);
