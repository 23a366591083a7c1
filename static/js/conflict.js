// @ts-check
// A field that somebody else wrote meanwhile: what they wrote, and whose text is to stand.
import { all, button, made } from "./dom.js";

/**
 * @param {string} mine
 * @param {string} theirs
 * @param {boolean} isLong whether the field takes several lines
 * @returns {[string, string][]} what can be chosen: its name, and the text that then stands
 */
export function choices(mine, theirs, isLong) {
  /** @type {[string, string][]} */
  const either = [["Giữ của tôi", mine], ["Lấy bản kia", theirs]];
  return isLong ? [...either, ["Giữ cả hai", `${theirs}\n${mine}`]] : either;
}

/**
 * Ask beside the field; `choose` gets the chosen text once.
 * @param {import("./dom.js").Field} input
 * @param {string} mine
 * @param {import("./queue.js").Theirs} theirs
 * @param {(text: string) => void} choose
 */
export function ask(input, mine, theirs, choose) {
  const box = made("div", "conflict");
  box.setAttribute("role", "alert");
  box.append(
    made("p", "", `${theirs.by} đã sửa ô này lúc ${theirs.at}:`),
    made("div", "conflict__text", theirs.value || "(để trống)"),
  );
  for (const [label, text] of choices(mine, theirs.value, input.tagName === "TEXTAREA")) {
    const answer = button(label, () => {
      box.remove();
      choose(text);
    });
    box.append(answer, " ");
  }
  all(HTMLElement, ".conflict", input.parentElement ?? document)
    .filter((old) => old.previousElementSibling === input)
    .forEach((old) => old.remove());
  input.after(box);
}
