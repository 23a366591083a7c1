// Small manners of every page: no double sending, focus on the errors, menus that close, sums that follow.
import { whoAmI } from "./session.js";

document.addEventListener("submit", async (event) => {
  const form = event.target;
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
  if (button) {
    setTimeout(() => {
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
      if (form.dataset.busy) {
        button.dataset.label = button.textContent;
        button.textContent = form.dataset.busy;
      }
    });
  }
  if (form.dataset.again) setTimeout(() => rest(form), Number(form.dataset.again) * 1000);
});

// data-again: after so many seconds a form whose answer is a file, which leaves the page as it is, may be sent again;
// data-busy: what its button says until then.
const rest = (form) => {
  delete form.dataset.sent;
  form.querySelectorAll('[aria-busy="true"]').forEach((button) => {
    button.disabled = false;
    button.removeAttribute("aria-busy");
    if (button.dataset.label) button.textContent = button.dataset.label;
  });
};

window.addEventListener(
  "pageshow",
  () => document.querySelectorAll("form[data-once]").forEach(rest),
);

document.querySelector(".error-summary")?.focus();

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.drop[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  const print = event.target.closest("[data-print]");
  if (print) window.print();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.drop[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// A strip that scrolls sideways starts at where one is.
document.querySelectorAll(".phases, .menu ul").forEach((strip) => {
  const here = strip.querySelector("[aria-current]")?.getBoundingClientRect();
  const box = strip.getBoundingClientRect();
  if (here) strip.scrollLeft += here.left - box.left - (box.width - here.width) / 2;
});

// [data-shown-for="name=value value"]: visible only while the field `name` holds one of the values.
const conditions = document.querySelectorAll("[data-shown-for]");
const show = () =>
  conditions.forEach((part) => {
    const [name, values] = part.dataset.shownFor.split("=");
    const field = document.querySelector(`[name="${name}"]:checked, select[name="${name}"]`);
    part.hidden = !field || !values.split(" ").includes(field.value);
  });
if (conditions.length) {
  show();
  document.addEventListener("change", show);
}

// [data-view-beacon]: tells the server once that the page was read.
const beacon = document.querySelector("[data-view-beacon]");
if (beacon) fetch(beacon.dataset.viewBeacon, { method: "POST", keepalive: true }).catch(() => {});

// [data-trial]: a form that only asks; its answer, from [data-trial-url] where the form itself opens a page, is put into
// [data-trial-answer] without leaving the page.
document.querySelectorAll("[data-trial]").forEach((form) => {
  const target = document.querySelector("[data-trial-answer]");
  const source = document.querySelector(form.dataset.trial);
  const fill = async () => {
    const asked = new URLSearchParams(
      [...new FormData(source || form), ...new FormData(form)].filter(([name]) =>
        name !== "csrf_token"
      ),
    );
    const answer = await fetch(`${form.dataset.trialUrl || form.action}?${asked}`);
    if (answer.ok) target.innerHTML = await answer.text();
  };
  const later = () => {
    clearTimeout(form.timer);
    form.timer = setTimeout(fill, 250);
  };
  form.addEventListener("input", later);
  source?.addEventListener("input", later);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    fill();
  });
});

// [data-picked="id"]: the name of the file chosen in the input with that id; one above data-most-mb is not even sent.
document.addEventListener("change", (event) => {
  const input = event.target;
  const shown = input.matches('input[type="file"]') &&
    document.querySelector(`[data-picked="${input.id}"]`);
  if (!shown) return;
  const [file] = input.files;
  const isTooLarge = file && input.dataset.mostMb &&
    file.size > Number(input.dataset.mostMb) * 1024 * 1024;
  shown.textContent = isTooLarge
    ? `“${file.name}” lớn hơn ${input.dataset.mostMb} MB nên không nhận; hãy chọn tệp khác.`
    : file?.name ?? "chưa chọn tệp";
  shown.classList.toggle("cell-error", Boolean(isTooLarge));
  shown.setAttribute("role", "status");
  if (isTooLarge) input.value = "";
});

// A refused act that asked for a reason: what was typed comes back, the sentence that refused it stands beside it.
const kept = (form) => `typed:${form.getAttribute("action")}`;
const refusal = document.querySelector(".flashes .note--danger");
document.querySelectorAll(".reason > form").forEach((form) => {
  const typed = sessionStorage.getItem(kept(form));
  sessionStorage.removeItem(kept(form));
  if (!typed || !refusal) return;
  for (const [name, value] of new URLSearchParams(typed)) {
    const field = form.elements.namedItem(name);
    if (field && name !== "csrf_token") field.value = value;
  }
  const said = document.createElement("p");
  said.className = "field__error";
  said.textContent = refusal.textContent.trim();
  form.querySelector('button[type="submit"]').before(said);
  form.parentElement.open = true;
  form.scrollIntoView({ block: "center" });
});
document.addEventListener("submit", (event) => {
  if (event.target.matches(".reason > form")) {
    sessionStorage.setItem(kept(event.target), new URLSearchParams(new FormData(event.target)));
  }
});
