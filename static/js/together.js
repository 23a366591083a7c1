// @ts-check
// Cells written together: all of them, or none with a sentence for each that is refused.
import { saverOf } from "./autosave.js";
import { token } from "./session.js";

/** @typedef {import("./rectangle.js").Write} Write */
/**
 * What has become of them: nothing to say, a sentence for some, or one for all.
 * @typedef {{refused: Record<string, string>, problem: string}} Outcome
 */

const OFFLINE = "Mất kết nối: chưa ghi ô nào. Nối mạng lại rồi làm lại thao tác này.";
const SIGNED_OUT = "Phiên đã hết hạn: chưa ghi ô nào. Hãy đăng nhập ở thẻ mới rồi làm lại.";
const SILENT = "Máy chủ chưa trả lời: chưa chắc các ô đã được ghi. Hãy tải lại trang để xem.";

/**
 * @param {string} problem
 * @returns {Outcome}
 */
const all = (problem) => ({ refused: {}, problem });

/**
 * @param {string} url
 * @param {Write[]} writes
 * @param {(name: string) => string} base what the server confirmed last
 */
function post(url, writes, base) {
  const body = new URLSearchParams();
  for (const [name, text] of writes) {
    body.append("field", name);
    body.append("value", text);
    body.append("base", base(name));
  }
  const headers = { "X-CSRFToken": token(), Accept: "application/json" };
  return fetch(url, { method: "POST", body, headers });
}

/**
 * @param {HTMLElement} box a [data-autosave] with data-together-url
 * @param {Write[]} writes
 * @returns {Promise<Outcome>}
 */
export async function writeTogether(box, writes) {
  const saver = saverOf(box);
  if (!saver || !(await saver.settled())) return all(OFFLINE);
  try {
    const base = (/** @type {string} */ name) => saver.queue.confirmed.get(name) ?? "";
    const answer = await post(box.dataset.togetherUrl ?? "", writes, base);
    const said = await answer.json().catch(() => ({}));
    if (answer.ok && said.values) {
      saver.arrived(said.values, said.saved_at);
      return all("");
    }
    if (answer.status === 401 || said.session) return all(SIGNED_OUT);
    return { refused: said.refused ?? {}, problem: said.refused ? "" : said.error || SILENT };
  } catch {
    return all(OFFLINE);
  }
}
