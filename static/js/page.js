// @ts-check
// Small manners of every page: no double sending, focus on the errors, menus that close.
import { all, first, hit } from "./dom.js";
import { whoAmI } from "./session.js";

document.addEventListener("submit", async (event) => {
  const form = hit(HTMLFormElement, "form", event);
  if (!form) return;
  if (form.matches("[data-resend]") && !form.dataset.renewed) {
    event.preventDefault();
    await whoAmI();
    form.dataset.renewed = "1";
    form.requestSubmit();
    return;
  }
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const button = event.submitter;
  if (button instanceof HTMLButtonElement) setTimeout(() => tire(button));
});

/**
 * A pressed button cannot be pressed again.
 * @param {HTMLButtonElement} button
 */
function tire(button) {
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
}

/**
 * A page that is shown again lets its forms be sent again.
 * @param {HTMLFormElement} form
 */
function rest(form) {
  delete form.dataset.sent;
  all(HTMLButtonElement, '[aria-busy="true"]', form).forEach((button) => {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  });
}

addEventListener("pageshow", () => all(HTMLFormElement, "form[data-once]").forEach(rest));

first(HTMLElement, ".error-summary")?.focus();

const openMenus = () => all(HTMLDetailsElement, "details.drop[open]");
document.addEventListener("click", (event) => {
  const place = event.target instanceof Element ? event.target : null;
  openMenus().forEach((menu) => {
    if (!menu.contains(place)) menu.open = false;
  });
  if (place?.closest("[data-print]")) print();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  openMenus().forEach((menu) => {
    menu.open = false;
    first(HTMLElement, "summary", menu)?.focus();
  });
});

// A strip that scrolls sideways starts at where one is.
all(HTMLElement, ".phases, .menu ul").forEach((strip) => {
  const here = strip.querySelector("[aria-current]")?.getBoundingClientRect();
  const box = strip.getBoundingClientRect();
  if (here) strip.scrollLeft += here.left - box.left - (box.width - here.width) / 2;
});

// [data-shown-for="name=value value"]: visible only while the field `name` holds one of the values.
const conditions = all(HTMLElement, "[data-shown-for]");
const show = () =>
  conditions.forEach((part) => {
    const [name, values] = (part.dataset.shownFor ?? "").split("=");
    const field = first(HTMLInputElement, `[name="${name}"]:checked`) ??
      first(HTMLSelectElement, `select[name="${name}"]`);
    part.hidden = !field || !values.split(" ").includes(field.value);
  });
if (conditions.length) {
  show();
  document.addEventListener("change", show);
}

// [data-view-beacon]: tells the server once that the page was read.
const beacon = first(HTMLElement, "[data-view-beacon]");
if (beacon?.dataset.viewBeacon) {
  fetch(beacon.dataset.viewBeacon, { method: "POST", keepalive: true }).catch(() => {});
}
