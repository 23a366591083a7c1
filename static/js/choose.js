// @ts-check
// Several of a long list: a box that leaves only what holds the words typed in it, tones or not,
// and how many are chosen.
import { all, first, made } from "./dom.js";

const LONG = 8;

/** @param {string} text */
const plain = (text) =>
  text.normalize("NFC")
    .replace(/[\p{Cf}]/gu, "")
    .toLowerCase()
    .replace(/[đðɖ]/g, "d")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/\s+/g, " ")
    .trim();

/**
 * @param {HTMLElement} box
 * @param {HTMLElement} list
 */
function shorten(box, list) {
  const items = all(HTMLElement, ".choose__item", list).map((item) => ({
    item,
    text: plain(item.textContent),
    input: first(HTMLInputElement, "input", item),
  }));
  if (items.length <= LONG) return;
  const state = made("p", "choose__state");
  state.setAttribute("role", "status");
  const tell = () => {
    const shown = items.filter(({ item }) => !item.hidden).length;
    const chosen = `đã chọn ${items.filter(({ input }) => input?.checked).length}`;
    state.textContent = shown === items.length
      ? chosen
      : `${shown ? `thấy ${shown}` : "không thấy mục nào"}, ${chosen}`;
  };
  const filter = made("input", "input");
  filter.type = "search";
  filter.placeholder = "Lọc theo tên";
  filter.autocomplete = "off";
  filter.setAttribute("aria-label", `Lọc ${box.querySelector("legend")?.textContent}`);
  filter.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = plain(filter.value).split(" ");
    for (const { item, text } of items) item.hidden = !words.every((word) => text.includes(word));
    tell();
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  const head = made("div", "choose__head");
  head.append(filter, state);
  list.before(head);
  list.addEventListener("change", tell);
  tell();
}

all(HTMLElement, "[data-choose]").forEach((box) => {
  const list = first(HTMLElement, ".choose__list", box);
  if (list) shorten(box, list);
});
