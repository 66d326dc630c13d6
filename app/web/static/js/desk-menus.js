// Menus of the desk are <details>: they open without script. Here Escape and a click beside them close them,
// and Escape then does not also leave the page.

const open = () => document.querySelector("details[data-menu][open]");

function onKey(event) {
  const menu = open();
  if (event.key !== "Escape" || !menu || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  menu.open = false;
  menu.querySelector("summary").focus();
}

function onClick(event) {
  const menu = open();
  if (menu && !menu.contains(event.target) && !event.target.closest("dialog")) menu.open = false;
}

export function startMenus() {
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("click", onClick);
}
