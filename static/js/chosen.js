// @ts-check
// form[data-chosen]: the boxes of the rows that belong to it, all of this page by one box, a range
// with Shift, and how many are ticked.
import { all, made } from "./dom.js";

/** @param {HTMLFormElement} form */
function gathered(form) {
  const boxes = all(HTMLInputElement, `input[type="checkbox"][form="${form.id}"]`);
  if (boxes.length < 2) return;
  const label = made("label", "small");
  const whole = made("input", "form-check-input");
  whole.type = "checkbox";
  label.append(whole, " Chọn cả trang này");
  const count = made("span", "small muted");
  count.setAttribute("role", "status");
  form.prepend(label, count);
  let last = -1;

  function tell() {
    const ticked = boxes.filter(({ checked }) => checked).length;
    whole.checked = ticked === boxes.length;
    whole.indeterminate = ticked > 0 && !whole.checked;
    count.textContent = ticked ? `đã chọn ${ticked}` : "";
  }

  whole.addEventListener("change", () => {
    boxes.forEach((box) => box.checked = whole.checked);
    tell();
  });
  boxes.forEach((box, place) => {
    box.addEventListener("click", ({ shiftKey }) => {
      if (shiftKey && last >= 0) {
        const [from, to] = [Math.min(last, place), Math.max(last, place)];
        boxes.slice(from, to + 1).forEach((other) => other.checked = box.checked);
      }
      last = place;
      tell();
    });
  });
  tell();
}

all(HTMLFormElement, "form[data-chosen]").forEach(gathered);
