// Keys of the desk: an element says which key presses it (data-key="F9", "Alt+N", "Escape").
// F3–F7 stay the browser's. Single letters (data-letter) work only where the user turned them on:
// Telex typing sends letters, so they are off by default (WCAG 2.1.4).

const LETTERS = "desk.letters";
const FIELDS = "input, select, textarea, [contenteditable]";

function nameOf(event) {
  const letter = /^(Key|Digit)(.)$/.exec(event.code);
  const key = letter && event.altKey ? letter[2] : event.key;
  return `${event.ctrlKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${key}`;
}

function lettersAreOn() {
  return localStorage.getItem(LETTERS) === "on";
}

function isTyping(target) {
  return target instanceof Element && target.matches(FIELDS);
}

function wanted(event) {
  const room = document.querySelector("dialog[open]") ?? document;
  const byName = room.querySelector(`[data-key="${CSS.escape(nameOf(event))}"]`);
  if (byName) return byName;
  if (!lettersAreOn() || isTyping(event.target) || event.ctrlKey || event.altKey) return null;
  return room.querySelector(`[data-letter="${CSS.escape(event.key)}"]`);
}

function press(element) {
  if (element.getAttribute("aria-disabled") === "true") return;
  if (element.matches(FIELDS)) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

function onKey(event) {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.metaKey) return;
  const element = wanted(event);
  if (!element) return;
  event.preventDefault();
  press(element);
}

function startLetterSwitch() {
  const box = document.querySelector("[data-letters]");
  if (!box) return;
  box.checked = lettersAreOn();
  box.addEventListener("change", () => localStorage.setItem(LETTERS, box.checked ? "on" : "off"));
}

export function startKeys() {
  document.addEventListener("keydown", onKey);
  startLetterSwitch();
}
