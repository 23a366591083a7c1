// @ts-check
// [data-picked="id"]: the names of the files chosen in the input with that id; what is above
// data-most-mb, alone or together, is not even sent; uploads.js sends one by one and says it itself.
import { first, hit } from "./dom.js";

const MB = 1024 * 1024;

document.addEventListener("change", (event) => {
  const input = hit(HTMLInputElement, 'input[type="file"]', event);
  const shown = input && first(HTMLElement, `[data-picked="${input.id}"]`);
  if (!shown) return;
  const files = [...input.files ?? []];
  const most = Number(input.dataset.mostMb ?? Infinity);
  const isTooLarge = !input.form?.matches("[data-uploads]") &&
    files.reduce((sum, { size }) => sum + size, 0) > most * MB;
  const names = files.map(({ name }) => name);
  const refusal = files.length > 1
    ? `${files.length} tệp cùng lúc lớn hơn ${most} MB nên không nhận; hãy gắn làm nhiều lần.`
    : `“${names[0]}” lớn hơn ${most} MB nên không nhận; hãy chọn tệp khác.`;
  shown.textContent = isTooLarge ? refusal : names.join("; ") || "chưa chọn tệp";
  shown.classList.toggle("cell-error", isTooLarge);
  shown.setAttribute("role", "status");
  if (isTooLarge) input.value = "";
});
