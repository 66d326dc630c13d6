// Dialogs of the desk. The server may send one open (a refused form); it becomes modal here.
// Without this script the same links (?viec=…) bring the page with that dialog open in its place.

function openFor(trigger) {
  const dialog = document.getElementById(trigger.dataset.dialog);
  if (!dialog) return;
  dialog.opener = trigger;
  dialog.showModal();
  firstStop(dialog)?.focus();
}

// A field comes before the button that closes, whatever their order in the page.
function firstStop(dialog) {
  const fields = "input:not([type=hidden]), select, textarea";
  return dialog.querySelector("[autofocus]") ?? dialog.querySelector(fields) ?? dialog.querySelector("button");
}

// What opened it by its key may lie under a closed menu, which cannot hold the focus: its head then does.
function backTo(opener) {
  return opener?.closest("details:not([open])")?.querySelector("summary") ?? opener;
}

function onClick(event) {
  const trigger = event.target.closest("[data-dialog]");
  if (trigger && !document.getElementById(trigger.dataset.dialog)?.open) {
    event.preventDefault();
    if (trigger.getAttribute("aria-disabled") !== "true") openFor(trigger);
    return;
  }
  const closer = event.target.closest("[data-close]");
  const dialog = closer?.closest("dialog");
  if (dialog) {
    event.preventDefault();
    dialog.close();
  }
}

function makeModal(dialog) {
  dialog.close();
  dialog.showModal();
  (dialog.querySelector("[aria-invalid=true]") ?? firstStop(dialog))?.focus();
}

// A second press while the first is on its way sends nothing; the server would tell it apart anyway.
function onSubmit(event) {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  else if (form.method === "post" && !event.defaultPrevented) form.dataset.sent = "yes";
}

export function startDialogs() {
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("close", () => backTo(dialog.opener)?.focus());
    if (dialog.open) makeModal(dialog);
  }
}
