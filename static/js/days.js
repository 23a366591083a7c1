// [data-day="date"], "datetime-local", "days": beside a field to type a day in, the browser's own calendar; what is chosen
// in it is written into the field, which alone is sent. "days" takes several, each chosen day after the others.
const pad = (text, length = 2) => text.padStart(length, "0");

const fromText = (text, withHour) => {
  const [, day, month, year] = text.match(/(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/) ?? [];
  const [, hour, minute] = text.match(/(\d{1,2}):(\d{2})/) ?? [, "8", "00"];
  if (!day) return "";
  return `${year}-${pad(month)}-${pad(day)}${withHour ? `T${pad(hour)}:${minute}` : ""}`;
};

const toText = (value, before, kind) => {
  const [date, hour] = value.split("T");
  const day = date.split("-").reverse().join("/");
  if (kind === "datetime-local") return `${hour} ${day}`;
  const days = before.split(/[,;]\s*/).filter(Boolean);
  return kind === "days" ? [...days.filter((one) => one !== day), day].join(", ") : day;
};

document.querySelectorAll("input[data-day]").forEach((text) => {
  if (text.readOnly || text.disabled) return;
  const kind = text.dataset.day;
  const label = document.querySelector(`label[for="${CSS.escape(text.id)}"]`);
  if (label) label.id ||= `${text.id}-label`;
  const box = document.createElement("div");
  box.className = "day";
  const picker = document.createElement("input");
  picker.type = kind === "datetime-local" ? kind : "date";
  picker.className = "day__picker";
  picker.tabIndex = -1;
  picker.setAttribute("aria-label", "Lịch");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-plain btn-sm";
  button.textContent = "Lịch";
  button.setAttribute("aria-label", "Mở lịch");
  if (label) {
    for (const part of [picker, button]) part.setAttribute("aria-describedby", label.id);
  }
  text.before(box);
  box.append(text, button, picker);
  button.addEventListener("click", () => {
    picker.value = kind === "days" ? "" : fromText(text.value, kind === "datetime-local");
    try {
      picker.showPicker();
    } catch {
      picker.classList.add("day__picker--shown");
      picker.focus();
    }
  });
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    text.value = toText(picker.value, text.value, kind);
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.dispatchEvent(new Event("change", { bubbles: true }));
    text.focus();
  });
});
