// Citizen pages work without this file; it only spares clicks. Nothing here decides anything.
"use strict";

// A summary of errors takes the focus, so that the screen reader starts with what to mend.
document.querySelector("[data-focus-first]")?.focus();

// Buttons that need a script appear only where there is one.
for (const [name, act] of [["print", () => window.print()], ["back", () => history.back()]]) {
  for (const button of document.querySelectorAll(`[data-${name}]`)) {
    button.hidden = false;
    button.addEventListener("click", act);
  }
}

// The QR on paper carries the secret after "#", where no server sees it: /tra-cuu?ma=CODE#SECRET.
// It moves into the form, out of the address bar and the history, and the form is sent.
const track = document.querySelector("form[data-track]");
const secret = decodeURIComponent(location.hash.slice(1));
if (track && /^[0-9A-Za-z-]{8,40}$/.test(secret)) {
  history.replaceState(null, "", location.pathname + location.search);
  track.elements.secret.value = secret;
  if (track.elements.code.value && !document.querySelector(".mc-error")) track.requestSubmit();
}

// A double click sends once; coming back with the browser's arrow frees the button again.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
}

// Chosen or dropped files are sent at once, each upload being saved for itself.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const status = form.querySelector("[data-upload-status]");
  const choose = form.querySelector(".pu-choose");
  // With a script the browser's own file button gives way to ours, which speaks the page's language.
  if (choose) {
    choose.hidden = false;
    form.classList.add("is-live");
  }
  const send = () => {
    if (!input.files.length || form.dataset.sent) return;
    form.dataset.sent = "yes";
    if (status) status.textContent = status.dataset.sending;
    form.requestSubmit();
  };
  input.addEventListener("change", send);
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("is-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("is-over");
    input.files = event.dataTransfer.files;
    send();
  });
}
