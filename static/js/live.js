// [data-live]: follows the meeting. Asks every two seconds what its version is; a new one loads the page anew,
// or, where a paper has been begun, says so and leaves the paper alone. A receipt stays until it is put away.
const room = document.querySelector("[data-live]");
if (room) {
  const isBusy = () =>
    document.querySelector("[data-receipt]") ||
    document.querySelector("details.reason[open]") ||
    [...document.querySelectorAll(".paper input:not([type=hidden])")].some((field) =>
      field.checked !== field.defaultChecked
    );
  let mark = "";
  // Whoever has pressed or followed something is on the way: loading anew now would take the step from under him.
  let left = -Infinity;
  const isLeaving = () => performance.now() - left < 15000;
  window.addEventListener("beforeunload", () => {
    left = performance.now();
  });
  const ask = async () => {
    if (document.hidden || isLeaving()) return;
    try {
      const answer = await fetch(room.dataset.live, {
        headers: mark
          ? { "If-None-Match": mark, Accept: "application/json" }
          : { Accept: "application/json" },
        cache: "no-store",
      });
      if (answer.status !== 200) return;
      mark = answer.headers.get("ETag") || "";
      const now = await answer.json();
      document.querySelectorAll("[data-live-cast]").forEach((place) => {
        place.textContent = now.cast;
      });
      document.querySelectorAll("[data-live-voters]").forEach((place) => {
        place.textContent = now.voters;
      });
      if (String(now.version) === room.dataset.liveVersion) return;
      if (isLeaving()) return;
      if (isBusy()) room.querySelector("[data-live-note]").hidden = false;
      else location.assign(location.pathname);
    } catch { /* the next question comes soon */ }
  };
  setInterval(ask, 2000);
}
