// Rows of a work list: ↑ ↓ move, Enter opens (a plain link), Space selects, one box selects all.
// Only the current row takes Tab stops, so that Tab leaves the table after one row.

const STOPS = "a, button, input";

function rowsOf(table) {
  return [...table.querySelectorAll("tbody tr")];
}

function setCurrent(table, row) {
  for (const other of rowsOf(table)) {
    const current = other === row;
    other.classList.toggle("is-current", current);
    for (const stop of other.querySelectorAll(STOPS)) stop.tabIndex = current ? 0 : -1;
  }
}

function move(table, from, step) {
  const rows = rowsOf(table);
  const next = rows[rows.indexOf(from) + step];
  if (!next) return;
  setCurrent(table, next);
  const link = next.querySelector("a");
  link?.focus();
  next.scrollIntoView({ block: "nearest" });
}

function toggle(row) {
  const box = row.querySelector("input[type=checkbox]");
  if (!box) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function onKey(event, table) {
  const row = event.target.closest("tbody tr");
  if (!row || event.isComposing || event.altKey || event.ctrlKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(table, row, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === " " && event.target.matches("a")) {
    event.preventDefault();
    toggle(row);
  }
}

function showCount(table) {
  const boxes = [...table.querySelectorAll("tbody input[type=checkbox]:not(:disabled)")];
  const chosen = boxes.filter((box) => box.checked).length;
  const all = document.querySelector(`[data-all="${table.id}"]`);
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  for (const place of document.querySelectorAll(`[data-chosen="${table.id}"]`)) place.textContent = chosen;
  for (const part of document.querySelectorAll(`[data-needs-chosen="${table.id}"]`)) part.hidden = chosen === 0;
}

function startTable(table) {
  const all = document.querySelector(`[data-all="${table.id}"]`);
  all?.addEventListener("change", () => {
    for (const box of table.querySelectorAll("tbody input[type=checkbox]:not(:disabled)")) box.checked = all.checked;
    showCount(table);
  });
  table.addEventListener("change", () => showCount(table));
  table.addEventListener("keydown", (event) => onKey(event, table));
  table.addEventListener("focusin", (event) => {
    const row = event.target.closest("tbody tr");
    if (row) setCurrent(table, row);
  });
  setCurrent(table, table.querySelector("tr.is-current") ?? rowsOf(table)[0]);
  showCount(table);
}

function startDownFromScanBox() {
  const box = document.querySelector("[data-rows-from]");
  box?.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || event.isComposing) return;
    document.querySelector("[data-rows] tbody a")?.focus();
    event.preventDefault();
  });
}

export function startRows() {
  for (const table of document.querySelectorAll("[data-rows]")) startTable(table);
  startDownFromScanBox();
}
