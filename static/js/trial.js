// @ts-check
// [data-trial]: a form that only asks; its answer, from [data-trial-url] where the form itself
// opens a page, is put into [data-trial-answer] without leaving the page.
import { all, first } from "./dom.js";

const WAIT_MS = 250;

/**
 * @param {HTMLFormElement} form
 * @param {HTMLFormElement} source whose fields are asked with
 * @param {HTMLElement} target
 */
function ask(form, source, target) {
  const fill = async () => {
    const fields = [...new FormData(source), ...new FormData(form)]
      .filter(([name]) => name !== "csrf_token")
      .map(([name, value]) => [name, String(value)]);
    const address = form.dataset.trialUrl || form.action;
    const answer = await fetch(`${address}?${new URLSearchParams(fields)}`);
    if (answer.ok) target.innerHTML = await answer.text();
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(fill, WAIT_MS);
  };
  form.addEventListener("input", later);
  if (source !== form) source.addEventListener("input", later);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    fill();
  });
}

all(HTMLFormElement, "form[data-trial]").forEach((form) => {
  const target = first(HTMLElement, "[data-trial-answer]");
  const source = form.dataset.trial ? first(HTMLFormElement, form.dataset.trial) : null;
  if (target) ask(form, source ?? form, target);
});
