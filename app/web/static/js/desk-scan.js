// A scanner types like a very fast person and ends with Enter. Such a burst is caught anywhere:
// a citizen card goes to the card field, a slip (Mẫu 01) opens its dossier. What the burst spilled
// into another field is taken out again. In the card field itself the field's own text counts,
// because a Vietnamese typing program may have changed it and the server must see that.

const GAP_MS = 45;
const LEAST = 8;
const CARD = /\|.*\|/;
const WHOLE_CARD = /^\d{12}\|/;
const SLIP = /^(BG-[A-Za-z0-9.]+-\d{6}-\d{4,}|https?:\/\/\S+|[A-Za-z]\d{2}[.\d]*-\d{6}-\d{4,5}|[A-Za-z][A-Za-z0-9]{3}-\d{4}[A-Za-z0-9]{2})$/;

let burst = null;

function begin(event) {
  const field = event.target.matches?.("input, textarea") ? event.target : null;
  burst = { text: "", at: event.timeStamp, field, before: field?.value ?? "" };
}

function take(event) {
  if (!burst || event.timeStamp - burst.at > GAP_MS) begin(event);
  burst.text += event.key;
  burst.at = event.timeStamp;
}

function finished(event) {
  const done = burst;
  burst = null;
  const fast = done && event.timeStamp - done.at <= GAP_MS * 2 && done.text.length >= LEAST;
  return fast ? done : null;
}

function putBack(done) {
  if (!done.field || done.field.matches("[data-scan]")) return;
  done.field.value = done.before;
  done.field.dispatchEvent(new Event("input", { bubbles: true }));
}

// What stood in the box goes along: the server compares the card with the person who is on the form already.
// A scan that faltered is a burst without its beginning, and what stood before it is that beginning.
function toCard(text, field, before) {
  const box = document.querySelector("[data-scan=card]");
  if (!box) return false;
  const stood = field === box ? before : box.value;
  const isWhole = field !== box || WHOLE_CARD.test(text);
  if (isWhole && box.form.elements.number_before) box.form.elements.number_before.value = stood;
  if (field !== box) box.value = text;
  else if (isWhole && box.value.startsWith(before + text.slice(0, 12))) box.value = box.value.slice(before.length);
  box.dispatchEvent(new CustomEvent("scan", { bubbles: true }));
  return true;
}

function toList(text, field) {
  const box = document.querySelector("[data-scan=any]");
  if (!box) return false;
  if (field !== box) box.value = text;
  box.form.requestSubmit();
  return true;
}

// A pile: each scan becomes a line of its own.
function toPile(text, field) {
  const box = document.querySelector("[data-scan=pile]");
  if (!box) return false;
  if (field !== box) box.value = box.value.replace(/\n?$/, (end) => (box.value ? "\n" : end)) + text;
  box.value += "\n";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

function deliver(done) {
  const text = done.text.trim();
  if (SLIP.test(text) && toPile(text, done.field)) return true;
  if (CARD.test(text)) return toCard(text, done.field, done.before) || toList(text, done.field);
  return SLIP.test(text) && toList(text, done.field);
}

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key.length === 1) take(event);
  else if (event.key === "Enter" || event.key === "Tab") {
    const done = finished(event);
    if (!done || !(CARD.test(done.text) || SLIP.test(done.text.trim()))) return;
    event.preventDefault();
    event.stopPropagation();
    putBack(done);
    deliver(done);
  }
}

export function startScan() {
  document.addEventListener("keydown", onKey, true);
}
