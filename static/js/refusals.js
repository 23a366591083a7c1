// @ts-check
// The sentence that refused a field stands beside it; what is worked out of it is hidden.
import { all, made } from "./dom.js";

/**
 * [data-follows="name name"]: what is worked out of those fields belongs to what is saved, not to
 * what was refused.
 * @param {string} name
 * @param {(name: string) => Element | null} field
 */
function hideFollowers(name, field) {
  for (const part of all(HTMLElement, `[data-follows~="${CSS.escape(name)}"]`)) {
    part.hidden = (part.dataset.follows ?? "").split(" ")
      .some((other) => field(other)?.getAttribute("aria-invalid") === "true");
  }
}

/**
 * @param {import("./dom.js").Field} input
 * @param {string} sentence empty where nothing is refused any more
 * @param {(name: string) => Element | null} field finds a field by its name
 */
export function mark(input, sentence, field) {
  const id = `${input.id || input.name}-error`;
  let line = document.getElementById(id);
  if (sentence) {
    if (!line) {
      line = made("p", "cell-error");
      line.id = id;
      line.setAttribute("role", "alert");
      input.after(line);
    }
    line.textContent = sentence;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", id);
  } else {
    input.removeAttribute("aria-invalid");
    if (line) line.textContent = "";
  }
  hideFollowers(input.name, field);
}
