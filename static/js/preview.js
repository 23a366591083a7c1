// @ts-check
// Xem trước: a picture that follows what is typed in a form; what cannot be drawn leaves the last
// good picture.
import { all, first } from "./dom.js";

const WAIT_MS = 300;

for (const place of all(HTMLElement, "[data-preview-form]")) {
  const picture = first(HTMLImageElement, "[data-preview]");
  const form = first(HTMLFormElement, "form", place);
  if (!picture || !form) continue;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  const draw = () => {
    const address = new URL(place.dataset.previewForm ?? "", location.href);
    for (const [name, value] of new FormData(form)) {
      if (name !== "csrf_token") address.searchParams.set(name, String(value));
    }
    const next = new Image();
    next.addEventListener("load", () => {
      picture.src = next.src;
    });
    next.src = address.href;
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, WAIT_MS);
  });
}
