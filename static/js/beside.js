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
  made.innerHTML = '<div class="beside__head"><h2></h2><button class="btn btn-plain btn-sm" type="button">Đóng</button></div><div class="beside__body"></div>';
  made.querySelector("button").addEventListener("click", close);
  document.body.append(made);
  document.body.classList.add("has-beside");
  return made;
}

function show(link) {
  opener = link;
  pane ??= opened();
  const name = link.dataset.beside;
  const isPicture = link.dataset.besideKind === "image";
  const file = document.createElement(isPicture ? "img" : "iframe");
  file.src = isPicture ? link.href : `${link.href}#navpanes=0&view=FitH`;
  if (isPicture) file.alt = name;
  else file.title = name;
  pane.setAttribute("aria-label", `Minh chứng: ${name}`);
  pane.querySelector("h2").textContent = name;
  pane.querySelector(".beside__body").replaceChildren(file);
  pane.querySelector("button").focus();
  link.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-beside]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link);
});
document.addEventListener("keydown", (event) => { if (pane && event.key === "Escape") close(); });
