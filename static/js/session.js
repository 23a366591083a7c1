// The page's token, renewed when the person signed in again in another tab.
const meta = document.querySelector('meta[name="csrf-token"]');

export const token = () => (meta ? meta.content : "");

// {user, csrf} as the server sees this browser now; null when it cannot be reached.
export async function whoAmI() {
  try {
    const answer = await fetch("/account/session", { headers: { Accept: "application/json" } });
    if (!answer.ok) return null;
    const seen = await answer.json();
    if (meta) meta.content = seen.csrf;
    document.querySelectorAll('input[name="csrf_token"]').forEach((field) => {
      field.value = seen.csrf;
    });
    return seen;
  } catch {
    return null;
  }
}
