// Xem trước: a picture that follows what is typed in a form; what cannot be drawn leaves the last good picture.

const WAIT_MS = 300;

for (const place of document.querySelectorAll("[data-preview-form]")) {
  const picture = document.querySelector("[data-preview]");
  const form = place.querySelector("form");
  let waiting = 0;

  const draw = () => {
    const address = new URL(place.dataset.previewForm, location.href);
    for (const [name, value] of new FormData(form)) {
      if (name !== "csrf_token") address.searchParams.set(name, value);
    }
    const next = new Image();
    next.addEventListener("load", () => {
      picture.src = next.src;
    });
    next.src = address.href;
  };

  form?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, WAIT_MS);
  });
}
