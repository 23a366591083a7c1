// Several of a long list: a box that leaves only what holds the words typed in it, tones or not, and how many are chosen.
const LONG = 8;

const plain = (text) =>
  text.normalize("NFC").replace(/[\p{Cf}]/gu, "").toLowerCase().replace(/[đðɖ]/g, "d").normalize(
    "NFD",
  ).replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();

document.querySelectorAll("[data-choose]").forEach((box) => {
  const list = box.querySelector(".choose__list");
  const items = [...list.querySelectorAll(".choose__item")].map((item) => ({
    item,
    text: plain(item.textContent),
    input: item.querySelector("input"),
  }));
  const state = document.createElement("p");
  state.className = "choose__state";
  state.setAttribute("role", "status");
  const head = document.createElement("div");
  head.className = "choose__head";
  const filter = document.createElement("input");
  const tell = () => {
    const shown = items.filter(({ item }) => !item.hidden).length;
    const chosen = `đã chọn ${items.filter(({ input }) => input.checked).length}`;
    state.textContent = shown === items.length
      ? chosen
      : `${shown ? `thấy ${shown}` : "không thấy mục nào"}, ${chosen}`;
  };
  if (items.length <= LONG) return;
  filter.type = "search";
  filter.className = "input";
  filter.placeholder = "Lọc theo tên";
  filter.autocomplete = "off";
  filter.setAttribute("aria-label", `Lọc ${box.querySelector("legend").textContent}`);
  filter.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = plain(filter.value).split(" ");
    for (const { item, text } of items) item.hidden = !words.every((word) => text.includes(word));
    tell();
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  head.append(filter, state);
  list.before(head);
  list.addEventListener("change", tell);
  tell();
});
