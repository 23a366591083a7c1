// @ts-check
// A refused act that asked for a reason: what was typed comes back, and the sentence that refused
// it stands beside it.
import { all, first, hit, isField, made } from "./dom.js";

const FORM = ".reason > form";

/** @param {HTMLFormElement} form */
const key = (form) => `typed:${form.getAttribute("action")}`;

/**
 * @param {HTMLFormElement} form
 * @param {string} typed
 * @param {string} sentence
 */
function restore(form, typed, sentence) {
  for (const [name, value] of new URLSearchParams(typed)) {
    const field = form.elements.namedItem(name);
    if (name === "csrf_token" || !field) continue;
    if (field instanceof RadioNodeList) field.value = value;
    else if (isField(field)) field.value = value;
  }
  form.querySelector('button[type="submit"]')?.before(made("p", "field__error", sentence));
  if (form.parentElement instanceof HTMLDetailsElement) form.parentElement.open = true;
  form.scrollIntoView({ block: "center" });
}

const refusal = first(HTMLElement, ".flashes .note--danger");
all(HTMLFormElement, FORM).forEach((form) => {
  const typed = sessionStorage.getItem(key(form));
  sessionStorage.removeItem(key(form));
  if (typed && refusal) restore(form, typed, refusal.textContent.trim());
});
document.addEventListener("submit", (event) => {
  const form = hit(HTMLFormElement, FORM, event);
  if (!form) return;
  const fields = [...new FormData(form)]
    .filter(([, value]) => typeof value === "string")
    .map(([name, value]) => [name, String(value)]);
  sessionStorage.setItem(key(form), new URLSearchParams(fields).toString());
});
