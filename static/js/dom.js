// @ts-check
// Elements of the page, by the kind that is expected there.

/**
 * @template {Element} K
 * @param {new () => K} kind
 * @param {string} selector
 * @param {ParentNode} [place]
 * @returns {K[]} all that are of this kind
 */
export function all(kind, selector, place = document) {
  /** @type {K[]} */
  const fitting = [];
  for (const element of place.querySelectorAll(selector)) {
    if (element instanceof kind) fitting.push(element);
  }
  return fitting;
}

/**
 * @template {Element} K
 * @param {new () => K} kind
 * @param {string} selector
 * @param {ParentNode} [place]
 * @returns {K | null} the first, if it is of this kind
 */
export function first(kind, selector, place = document) {
  const element = place.querySelector(selector);
  return element instanceof kind ? element : null;
}

/**
 * @template {Element} K
 * @param {new () => K} kind
 * @param {string} selector
 * @param {Event} event
 * @returns {K | null} what the event happened to, if it is of this kind and fits
 */
export function hit(kind, selector, event) {
  const { target } = event;
  return target instanceof kind && target.matches(selector) ? target : null;
}

/**
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {string} [css]
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[N]} a new element
 */
export function made(name, css = "", text = "") {
  const element = document.createElement(name);
  if (css) element.className = css;
  if (text) element.textContent = text;
  return element;
}

/**
 * @param {string} text
 * @param {() => void} act
 * @returns {HTMLButtonElement} a small button that does `act`
 */
export function button(text, act) {
  const element = made("button", "btn btn-plain btn-sm", text);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

/**
 * A field that is typed in.
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field
 */

/**
 * @param {Element | null} element
 * @returns {element is Field} whether it is a field
 */
export function isField(element) {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement;
}
