// @ts-check
// a[data-beside]: opens a piece of evidence beside the page it belongs to, instead of in a tab of
// its own. "Đóng" or Escape puts it away and gives the keyboard back to the link.
import { button, made } from "./dom.js";

class Pane {
  constructor() {
    /** @type {HTMLAnchorElement | null} */
    this.opener = null;
    this.place = made("aside", "beside");
    this.heading = made("h2");
    this.body = made("div", "beside__body");
    this.button = button("Đóng", () => this.close());
    const head = made("div", "beside__head");
    head.append(this.heading, this.button);
    this.place.append(head, this.body);
  }

  get isOpen() {
    return this.place.isConnected;
  }

  close() {
    this.place.remove();
    document.body.classList.remove("has-beside");
    this.opener?.focus();
  }

  /**
   * @param {HTMLAnchorElement} link
   * @param {HTMLElement} content
   */
  open(link, content) {
    this.opener = link;
    if (!this.isOpen) document.body.append(this.place);
    document.body.classList.add("has-beside");
    const name = link.dataset.beside ?? "";
    this.place.setAttribute("aria-label", `Minh chứng: ${name}`);
    this.heading.textContent = name;
    this.body.replaceChildren(content);
    this.button.focus();
    link.scrollIntoView({ block: "center" });
  }
}

/**
 * @param {HTMLAnchorElement} link
 * @returns {HTMLElement} the picture or document that `link` leads to
 */
function drawn(link) {
  if (link.dataset.besideKind === "image") {
    const picture = made("img");
    picture.src = link.href;
    picture.alt = link.dataset.beside ?? "";
    return picture;
  }
  const frame = made("iframe");
  frame.src = `${link.href}#navpanes=0&view=FitH`;
  frame.title = link.dataset.beside ?? "";
  return frame;
}

function missed() {
  const told = made(
    "p",
    "note note--warn",
    "Chưa mở được tệp vì mất kết nối. Hãy bấm “Xem” lại sau giây lát.",
  );
  told.setAttribute("role", "alert");
  return told;
}

const pane = new Pane();

/**
 * Asked for first: where the session has ended or the file is not there, the whole page says so,
 * not an empty frame.
 * @param {HTMLAnchorElement} link
 */
async function show(link) {
  const answer = await fetch(link.href, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (answer && !answer.ok) {
    location.assign(link.href);
    return;
  }
  pane.open(link, answer ? drawn(link) : missed());
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-beside]") : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link);
});
document.addEventListener("keydown", (event) => {
  if (pane.isOpen && event.key === "Escape") pane.close();
});
