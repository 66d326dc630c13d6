// The receive form. The server computes everything (promise, fee, missing papers, own fields):
// a change posts the form with act=refresh and the parts named by the changed field are swapped.
// Without this script the same button, "Tính lại", brings the whole page anew.
import { startDraft } from "./desk-draft.js";

const form = document.querySelector("[data-receive]");
let running = null;

// The answer knows only what was sent: a field changed since then keeps what the clerk went on typing.
function changedSince(sent, part) {
  const fields = [...part.querySelectorAll(":is(input, select, textarea)[id]:not([type=hidden], [type=file])")];
  return fields.filter((field) =>
    ["checkbox", "radio"].includes(field.type)
      ? field.checked !== sent.getAll(field.name).includes(field.value)
      : field.value !== (sent.get(field.name) ?? ""),
  );
}

function place(id, fresh, sent) {
  const old = document.getElementById(id);
  const next = fresh.getElementById(id);
  if (!old || !next || old.innerHTML === next.innerHTML) return;
  const changed = changedSince(sent, old);
  old.replaceWith(next);
  for (const { id: field, value, checked } of changed) {
    const again = document.getElementById(field);
    if (again) Object.assign(again, checked === undefined ? { value } : { value, checked });
  }
}

function keepFocus(act) {
  const { id, selectionStart } = document.activeElement ?? {};
  act();
  const field = id && document.getElementById(id);
  if (!field || field === document.activeElement) return;
  field.focus();
  if (typeof selectionStart === "number" && field.type === "text") field.setSelectionRange(selectionStart, selectionStart);
}

async function refresh(parts, goTo, act = "refresh") {
  running?.abort();
  running = new AbortController();
  const data = new FormData(form);
  data.set("act", act);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, signal: running.signal });
    if (answer.redirected || !answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    keepFocus(() => parts.forEach((id) => place(id, fresh, data)));
    focusOn(goTo);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

// Where to go on: a field's id, or for a procedure just chosen the first of the fields that it brought.
function focusOn(goTo) {
  const id = goTo === "after-procedure" ? document.getElementById("procedure").dataset.then : goTo;
  if (id) document.getElementById(id)?.focus();
}

function onChange(event) {
  const parts = event.target.dataset.refresh;
  if (parts) refresh(parts.split(" "));
}

function onScan(event) {
  refresh(event.target.dataset.refresh.split(" "), "phone");
}

// Enter goes on to the next field as a clerk expects; in the card and procedure fields it computes first.
function onEnter(event) {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || !field.matches("input:not([type=submit])")) return;
  event.preventDefault();
  if (field.dataset.refresh) {
    refresh(field.dataset.refresh.split(" "), field.id === "procedure" ? "after-procedure" : field.dataset.then);
    return;
  }
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea, button.btn")];
  const visible = fields.filter((other) => other.offsetParent !== null && !other.disabled);
  visible[visible.indexOf(field) + 1]?.focus();
}

function onClick(event) {
  const button = event.target.closest("button[data-refresh]");
  if (button) {
    event.preventDefault();
    refresh(button.dataset.refresh.split(" "), "", button.value);
    return;
  }
  const quick = event.target.closest("[data-procedure]");
  if (!quick) return;
  event.preventDefault();
  const field = document.getElementById("procedure");
  field.value = quick.dataset.procedure;
  refresh(field.dataset.refresh.split(" "), "after-procedure");
}

if (form) {
  form.addEventListener("change", onChange);
  form.addEventListener("scan", onScan);
  form.addEventListener("keydown", onEnter);
  form.addEventListener("click", onClick);
  if (form.dataset.draft) startDraft(form);
}
