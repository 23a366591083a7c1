// @ts-check
// The page's token, renewed when the person signed in again in another tab.
import { all, first } from "./dom.js";

const meta = first(HTMLMetaElement, 'meta[name="csrf-token"]');

/** @returns {string} */
export const token = () => (meta ? meta.content : "");

/**
 * Who the server takes this browser for now; null when it cannot be reached.
 * @returns {Promise<{user: number | null, csrf: string} | null>}
 */
export async function whoAmI() {
  try {
    const answer = await fetch("/account/session", { headers: { Accept: "application/json" } });
    if (!answer.ok) return null;
    const seen = await answer.json();
    if (meta) meta.content = seen.csrf;
    all(HTMLInputElement, 'input[name="csrf_token"]').forEach((field) => {
      field.value = seen.csrf;
    });
    return seen;
  } catch {
    return null;
  }
}
