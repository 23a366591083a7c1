// @ts-check
// form[data-even]: what it sends is of one length whatever is chosen in it, so that nobody who sees
// only how much goes over the network, or is written of it in a log, learns what stands on a paper.

const NAME = "even";
const ROOM = 512;
const ROOM_OF_A_FIELD = 64;

/**
 * @param {string} sent what the form sends, as it is written for the network
 * @param {number} fields how many fields it has, chosen or not
 * @returns {string} what makes it as long as any other paper of this form
 */
export function padding(sent, fields) {
  const whole = ROOM + ROOM_OF_A_FIELD * fields;
  return "x".repeat(Math.max(whole - sent.length - `&${NAME}=`.length, 0));
}

/**
 * @param {FormData} data
 * @returns {string}
 */
function written(data) {
  const pairs = [...data].map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(pairs).toString();
}

addEventListener("formdata", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-even]")) return;
  event.formData.append(NAME, padding(written(event.formData), form.elements.length));
});
