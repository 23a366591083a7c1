// @ts-check
// [data-picked="id"]: the name of the file chosen in the input with that id; one above data-most-mb
// is not even sent.
import { first, hit } from "./dom.js";

const MB = 1024 * 1024;

document.addEventListener("change", (event) => {
  const input = hit(HTMLInputElement, 'input[type="file"]', event);
  const shown = input && first(HTMLElement, `[data-picked="${input.id}"]`);
  if (!shown) return;
  const file = input.files?.[0];
  const most = Number(input.dataset.mostMb ?? Infinity);
  const isTooLarge = file !== undefined && file.size > most * MB;
  shown.textContent = isTooLarge
    ? `“${file.name}” lớn hơn ${most} MB nên không nhận; hãy chọn tệp khác.`
    : file?.name ?? "chưa chọn tệp";
  shown.classList.toggle("cell-error", isTooLarge);
  shown.setAttribute("role", "status");
  if (isTooLarge) input.value = "";
});
