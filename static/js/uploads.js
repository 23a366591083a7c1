// @ts-check
// form[data-uploads]: its files go up by themselves, one after another, each with its progress;
// what was cut off is sent again from the start, for the server keeps a whole file or nothing.
// Files may be dropped on the card that holds the form, pictures pasted while one is in it.
import { all, button, first, hit, made } from "./dom.js";
import { Parcel, Parcels } from "./parcels.js";
import { token, whoAmI } from "./session.js";

/** @typedef {import("./queue.js").Said} Said */
/** @typedef {{file: File, form: HTMLFormElement, line: HTMLElement}} Way */

const PATIENCE = 150_000;
const forms = all(HTMLFormElement, "form[data-uploads]");
const parcels = new Parcels();
/** What is sent of each, from where, and where that is told. @type {Map<Parcel, Way>} */
const ways = new Map();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * @param {EventTarget | null} place
 * @returns {HTMLFormElement | null} the form of the card that `place` is in
 */
function formAt(place) {
  const card = place instanceof Element ? place.closest(".card") : null;
  return card && first(HTMLFormElement, "form[data-uploads]", card);
}

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLElement} the list under it
 */
function listOf(form) {
  const next = form.nextElementSibling;
  if (next instanceof HTMLElement && next.matches(".uploads")) return next;
  const list = made("ul", "uploads");
  list.setAttribute("aria-label", "Tệp đang gửi");
  form.after(list);
  return list;
}

/**
 * @param {HTMLFormElement} form
 * @param {File[]} files
 */
function take(form, files) {
  const list = listOf(form);
  const most = Number(first(HTMLInputElement, 'input[type="file"]', form)?.dataset.mostMb ?? 0);
  for (const file of files) {
    const parcel = new Parcel(file.name, file.size, most || Infinity);
    const line = made("li");
    list.append(line);
    ways.set(parcel, { file, form, line });
    parcels.add(parcel);
    draw(parcel);
  }
  go();
}

/** @param {Parcel} parcel */
function draw(parcel) {
  const way = ways.get(parcel);
  if (!way) return;
  const known = first(HTMLProgressElement, "progress", way.line);
  const words = first(HTMLElement, "[role=status]", way.line);
  if (parcel.state === "sending" && known && words) {
    known.value = parcel.percent;
    if (parcel.percent === 100) words.textContent = parcel.words;
    return;
  }
  const told = made("span", parcel.state === "refused" ? "cell-error" : "small muted");
  told.setAttribute("role", "status");
  told.textContent = parcel.words;
  /** @type {HTMLElement[]} */
  const shown = [made("b", "", parcel.name)];
  if (parcel.isOpen) {
    const bar = made("progress");
    bar.max = 100;
    bar.value = parcel.percent;
    bar.setAttribute("aria-label", `Đã gửi ${parcel.name}`);
    shown.push(bar);
  }
  shown.push(told);
  if (parcel.state === "waiting" || parcel.state === "refused") {
    const label = parcel.state === "waiting" ? "Ngừng gửi" : "Bỏ dòng này";
    const out = button(label, () => leave(parcel));
    out.setAttribute("aria-label", `${label}: ${parcel.name}`);
    shown.push(out);
  }
  way.line.replaceChildren(...shown);
}

/** @param {Parcel} parcel */
function leave(parcel) {
  ways.get(parcel)?.line.remove();
  ways.delete(parcel);
  parcels.drop(parcel);
  go();
}

/** Sends what is next, if nothing is on its way. */
function go() {
  clearTimeout(timer);
  const parcel = parcels.next();
  const way = parcel && ways.get(parcel);
  if (!parcel || !way) return;
  parcels.send(parcel);
  draw(parcel);
  const body = new FormData();
  for (const field of all(HTMLInputElement, 'input[type="hidden"]', way.form)) {
    body.append(field.name, field.value);
  }
  body.set("csrf_token", token());
  body.append("file", way.file, parcel.name);
  const request = new XMLHttpRequest();
  request.open("POST", way.form.action);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRFToken", token());
  request.timeout = PATIENCE;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    parcel.left = total ? (loaded / total) * parcel.size : 0;
    draw(parcel);
  });
  request.addEventListener("loadend", () => arrived(parcel, request));
  request.send(body);
}

/**
 * @param {Parcel} parcel
 * @param {XMLHttpRequest} request
 */
async function arrived(parcel, request) {
  const said = read(request);
  const goesOn = parcels.answered(parcel, said ? request.status : 0, said ?? {});
  draw(parcel);
  if (parcel.state === "done" && said) renew(said);
  if (goesOn) {
    go();
    return;
  }
  if (said?.session && parcels.tries === 1 && (await whoAmI())?.user) go();
  else timer = setTimeout(again, parcels.pause);
}

/** Tries again, as whoever is signed in by now. */
async function again() {
  await whoAmI();
  go();
}

/**
 * @param {XMLHttpRequest} request
 * @returns {Said | null} what the server says; null where it said nothing that can be read
 */
function read(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

/**
 * The parts of the page that follow from a file that is there now.
 * @param {Said} said
 */
function renew(said) {
  for (const [id, text] of Object.entries(said.derived ?? {})) {
    const target = document.getElementById(id);
    if (target) target.textContent = text;
  }
  for (const [id, html] of Object.entries(said.parts ?? {})) {
    const target = document.getElementById(id);
    if (target) target.innerHTML = html;
  }
}

document.addEventListener("submit", (event) => {
  const form = hit(HTMLFormElement, "form[data-uploads]", event);
  const input = form && first(HTMLInputElement, 'input[type="file"]', form);
  if (!form || !input?.files?.length) return;
  event.preventDefault();
  take(form, [...input.files]);
  input.value = "";
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

/** @param {Element | null} card the one that files are held over; null for none */
function light(card) {
  all(HTMLElement, ".card--drop").forEach((other) => other.classList.remove("card--drop"));
  card?.classList.add("card--drop");
}

/** @param {DragEvent} event */
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;

/** @param {ClipboardEvent} event */
function paste(event) {
  const given = event.clipboardData;
  const form = formAt(document.activeElement) ?? forms.at(-1);
  if (!form || !given?.files.length || given.types.includes("text/plain")) return;
  event.preventDefault();
  const at = new Date().toTimeString().slice(0, 8).replaceAll(":", ".");
  take(
    form,
    [...given.files].map((file, place) => {
      const kind = file.name.split(".").at(-1) ?? "png";
      const number = place ? ` ${place + 1}` : "";
      return new File([file], `Ảnh dán lúc ${at}${number}.${kind}`, { type: file.type });
    }),
  );
}

if (forms.length) {
  // sent once by the button that sends the page; here the form stays and may be filled again
  forms.forEach((form) => form.removeAttribute("data-once"));
  document.addEventListener("paste", paste);
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault(); // elsewhere a browser would open the file in place of the page
    const form = formAt(event.target);
    light(form?.closest(".card") ?? null);
    if (event.dataTransfer) event.dataTransfer.dropEffect = form ? "copy" : "none";
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) light(null);
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    light(null);
    const form = formAt(event.target);
    if (form) take(form, [...event.dataTransfer?.files ?? []]);
  });
  addEventListener("online", again);
  addEventListener("beforeunload", (event) => {
    if (parcels.isBusy) event.preventDefault();
  });
}
