// a[data-beside]: opens a piece of evidence beside the page it belongs to, instead of in a tab of its own. "Đóng" or Escape
// puts it away and gives the keyboard back to the link.
let pane = null;
let opener = null;

function close() {
  pane.remove();
  pane = null;
  document.body.classList.remove("has-beside");
  opener?.focus();
}

function opened() {
  const made = document.createElement("aside");
  made.className = "beside";
  made.innerHTML =
    '<div class="beside__head"><h2></h2><button class="btn btn-plain btn-sm" type="button">Đóng</button></div><div class="beside__body"></div>';
  made.querySelector("button").addEventListener("click", close);
  document.body.append(made);
  document.body.classList.add("has-beside");
  return made;
}

function drawn(link) {
  const isPicture = link.dataset.besideKind === "image";
  const file = document.createElement(isPicture ? "img" : "iframe");
  file.src = isPicture ? link.href : `${link.href}#navpanes=0&view=FitH`;
  if (isPicture) file.alt = link.dataset.beside;
  else file.title = link.dataset.beside;
  return file;
}

function missed() {
  const told = document.createElement("p");
  told.className = "note note--warn";
  told.setAttribute("role", "alert");
  told.textContent = "Chưa mở được tệp vì mất kết nối. Hãy bấm “Xem” lại sau giây lát.";
  return told;
}

// Asked for first: where the session has ended or the file is not there, the whole page says so, not an empty frame.
async function show(link) {
  const answer = await fetch(link.href, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (answer && !answer.ok) {
    location.assign(link.href);
    return;
  }
  opener = link;
  pane ??= opened();
  pane.setAttribute("aria-label", `Minh chứng: ${link.dataset.beside}`);
  pane.querySelector("h2").textContent = link.dataset.beside;
  pane.querySelector(".beside__body").replaceChildren(answer ? drawn(link) : missed());
  pane.querySelector("button").focus();
  link.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-beside]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link);
});
document.addEventListener("keydown", (event) => {
  if (pane && event.key === "Escape") close();
});
