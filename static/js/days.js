// @ts-check
// [data-day="date"], "datetime-local", "days": beside a field to type a day in, the browser's own
// calendar; what is chosen in it is written into the field, which alone is sent. "days" takes
// several, each chosen day after the others.
import { all, button, first, made } from "./dom.js";

/** @param {string} text */
const pad = (text) => text.padStart(2, "0");

/**
 * @param {string} text
 * @param {boolean} withHour
 * @returns {string} the day as the calendar takes it; empty where none is typed
 */
function fromText(text, withHour) {
  const [, day, month, year] = text.match(/(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/) ?? [];
  const [, hour, minute] = text.match(/(\d{1,2}):(\d{2})/) ?? ["", "8", "00"];
  if (!day) return "";
  return `${year}-${pad(month)}-${pad(day)}${withHour ? `T${pad(hour)}:${minute}` : ""}`;
}

/**
 * @param {string} value
 * @param {string} before
 * @param {string | undefined} kind
 * @returns {string} what stands in the field once `value` was chosen
 */
function toText(value, before, kind) {
  const [date, hour] = value.split("T");
  const day = date.split("-").reverse().join("/");
  if (kind === "datetime-local") return `${hour} ${day}`;
  const days = before.split(/[,;]\s*/).filter(Boolean);
  return kind === "days" ? [...days.filter((other) => other !== day), day].join(", ") : day;
}

/** @param {HTMLInputElement} text */
function addCalendar(text) {
  const kind = text.dataset.day;
  const picker = made("input", "day__picker");
  picker.type = kind === "datetime-local" ? kind : "date";
  picker.tabIndex = -1;
  picker.setAttribute("aria-label", "Lịch");
  const opener = button("Lịch", () => {
    picker.value = kind === "days" ? "" : fromText(text.value, kind === "datetime-local");
    try {
      picker.showPicker();
    } catch {
      picker.classList.add("day__picker--shown");
      picker.focus();
    }
  });
  opener.setAttribute("aria-label", "Mở lịch");
  const label = first(HTMLLabelElement, `label[for="${CSS.escape(text.id)}"]`);
  if (label) {
    label.id ||= `${text.id}-label`;
    for (const part of [picker, opener]) part.setAttribute("aria-describedby", label.id);
  }
  const box = made("div", "day");
  text.before(box);
  box.append(text, opener, picker);
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    text.value = toText(picker.value, text.value, kind);
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.dispatchEvent(new Event("change", { bubbles: true }));
    text.focus();
  });
}

all(HTMLInputElement, "input[data-day]").forEach((text) => {
  if (!text.readOnly && !text.disabled) addCalendar(text);
});
