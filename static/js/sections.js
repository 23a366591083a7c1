// @ts-check
// .has-contents on a telephone: one card at a time, with the way to the one before and the next.
// A link to a place in another card shows that card; on a wider screen all of them stand there.
import { all, button, first, made } from "./dom.js";
import { headingsOf, whereWords } from "./leaves.js";

const page = first(HTMLElement, ".has-contents");
const narrow = matchMedia("(max-width: 600px)");
const KEY = `ngonco:section:${location.pathname}`;

/** @param {HTMLElement} place */
function paged(place) {
  const contents = first(HTMLDetailsElement, "[data-contents]", place);
  const cards = all(HTMLElement, ".card", place).filter((card) => !card.closest("#findings"));
  const cells = first(HTMLElement, "[data-cells]", place);
  const parts = [...cells?.children ?? []].filter((part) => part instanceof HTMLElement);
  const levels = parts.map((part) =>
    Number(part.dataset.heading ?? /^H([2-5])$/.exec(part.tagName)?.[1] ?? 0)
  );
  const steps = made("nav", "steps");
  const where = made("span", "small muted");
  const back = button("Mục trước", () => show(here - 1, true));
  const on = button("Mục tiếp", () => show(here + 1, true));
  let here = 0;
  steps.setAttribute("aria-label", "Từng mục của báo cáo");
  where.setAttribute("role", "status");
  steps.append(back, where, on);
  cards.forEach((card) => card.tabIndex = -1);

  /** @param {Element | null} target */
  const indexOf = (target) => cards.findIndex((card) => target && card.contains(target));

  /** @param {string} hash */
  const named = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));

  /**
   * @param {number} index
   * @param {boolean} goes whether one is taken there
   */
  function show(index, goes) {
    if (!narrow.matches || !cards[index]) return;
    here = index;
    cards.forEach((card, place) => card.hidden = place !== here);
    const above = headingsOf(levels, parts.indexOf(cards[here]));
    parts.forEach((part, place) => {
      if (levels[place]) part.hidden = !above.includes(place);
    });
    cards[here].after(steps);
    where.textContent = whereWords(here, cards.length);
    back.disabled = here === 0;
    on.disabled = here === cards.length - 1;
    sessionStorage.setItem(KEY, String(here));
    if (!goes) return;
    cards[here].focus({ preventScroll: true });
    cards[here].scrollIntoView({ block: "start" });
  }

  /** The card that was read last, that the address names, or that first lacks something. */
  function begin() {
    const lacking = first(HTMLAnchorElement, "#contents li:has(.chip--warn) a", place);
    const known = sessionStorage.getItem(KEY);
    const wanted = location.hash
      ? indexOf(named(location.hash))
      : known !== null
      ? Number(known)
      : indexOf(lacking && named(lacking.hash));
    show(cards[wanted] ? wanted : 0, Boolean(location.hash));
  }

  function turn() {
    if (contents) contents.open = !narrow.matches;
    if (narrow.matches) {
      begin();
      return;
    }
    steps.remove();
    [...cards, ...parts].forEach((part) => part.hidden = false);
  }

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="#"]');
    if (!(link instanceof HTMLAnchorElement) || !narrow.matches) return;
    const index = indexOf(named(link.hash));
    if (index >= 0) show(index, false);
  });
  narrow.addEventListener("change", turn);
  if (narrow.matches) turn();
}

if (page) paged(page);
