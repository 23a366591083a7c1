// @ts-check
// [data-next-open]: leads to the next place that is still open, of those a list links to; F8 does
// the same wherever one is, with Shift back. The list is drawn anew with each save.
import { all, first, isField } from "./dom.js";

/**
 * @param {HTMLElement} list
 * @returns {HTMLElement[]} places still open, in the order of the page
 */
function openPlaces(list) {
  return all(HTMLAnchorElement, 'a[href^="#"]', list)
    .map((link) => document.getElementById(link.hash.slice(1)))
    .filter((place) => place !== null)
    .sort((one, other) => follows(one, other) ? -1 : 1);
}

/**
 * @param {Node} one
 * @param {Node} other
 * @returns {boolean} whether `other` stands after `one`
 */
function follows(one, other) {
  return Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/** @param {HTMLElement} place */
function go(place) {
  for (let around = place.parentElement; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) around.open = true;
  }
  if (!isField(place) && !place.matches("a, button")) place.tabIndex = -1;
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
  if (place instanceof HTMLInputElement) place.select();
}

/**
 * @param {HTMLElement} link
 * @param {Element} here
 * @param {boolean} back
 */
function lead(link, here, back) {
  const list = first(HTMLElement, link.dataset.nextOpen ?? "");
  const places = list ? openPlaces(list) : [];
  const onwards = back
    ? places.findLast((place) => follows(place, here)) ?? places.at(-1)
    : places.find((place) => follows(here, place)) ?? places[0];
  const done = document.getElementById("left");
  if (onwards) go(onwards);
  else if (done) go(done);
}

/** Where one was last in a field: pressing the link itself takes the focus from there. */
let left = document.body;
document.addEventListener("focusin", (event) => {
  if (event.target instanceof HTMLElement && !event.target.matches("[data-next-open]")) {
    left = event.target;
  }
});

all(HTMLElement, "[data-next-open]").forEach((link) => {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    lead(link, left, false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8" || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    lead(link, document.activeElement ?? document.body, event.shiftKey);
  });
});
