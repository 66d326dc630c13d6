// The certification grid by keyboard: Enter goes cell by cell and opens the next row; Enter in an empty row
// numbers the visit. Fees and numbers shown here are only a preview: the server reckons them again.

const form = document.querySelector("[data-certify]");
const table = form?.querySelector("[data-next]");
const body = form?.querySelector("[data-grid]");
const CELLS = ["title", "pages", "copies"];
const money = new Intl.NumberFormat("vi-VN");

const rows = () => [...body.querySelectorAll("[data-row]")];
const cell = (row, name) => row.querySelector(`[data-cell=${name}]`);
const whole = (field) => (/^[0-9]{1,6}$/.test(field.value.trim()) ? Number(field.value) : 0);
const isFilled = (row) => cell(row, "title").value.trim() !== "";

function feeOf(row) {
  const { per, firstPages, first, further, cap } = table.dataset;
  if (per === "case") return Number(first);
  const pages = whole(cell(row, "pages"));
  const dear = Math.min(pages, Number(firstPages));
  const one = dear * Number(first) + (pages - dear) * Number(further);
  const copies = cell(row, "electronic")?.checked ? 1 : whole(cell(row, "copies"));
  return (cap ? Math.min(one, Number(cap)) : one) * copies;
}

function showRow(row, place, number) {
  const fee = isFilled(row) ? feeOf(row) : 0;
  row.querySelector("[data-place]").textContent = place;
  row.querySelector("[data-show=fee]").textContent = fee ? `${money.format(fee)} đ` : "–";
  const paper = isFilled(row) && !cell(row, "electronic")?.checked;
  row.querySelector("[data-show=number]").textContent = paper ? number : "";
  return { fee, pages: isFilled(row) ? whole(cell(row, "pages")) : 0, copies: isFilled(row) ? whole(cell(row, "copies")) : 0, paper };
}

function show() {
  const sum = { fee: 0, pages: 0, copies: 0, papers: 0 };
  let number = Number(table.dataset.next);
  rows().forEach((row, index) => {
    const shown = showRow(row, index + 1, number);
    if (shown.paper) number += 1;
    sum.fee += shown.fee;
    sum.pages += shown.pages;
    sum.copies += shown.copies;
    sum.papers += isFilled(row) ? 1 : 0;
  });
  const exempt = document.querySelector("[name=paid_by][value=exempt]")?.checked;
  const texts = { ...sum, fee: `${money.format(exempt ? 0 : sum.fee)} đ` };
  for (const place of document.querySelectorAll("[data-sum]")) place.textContent = texts[place.dataset.sum];
}

function renumber() {
  rows().forEach((row, index) => {
    for (const field of row.querySelectorAll("[data-cell]")) {
      field.name = field.id = `${field.dataset.cell}-${index + 1}`;
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, index + 1));
    }
  });
  form.querySelector("[data-rows-count]").value = rows().length;
}

// The next paper of the same visit mostly wants as many copies as the one above.
function nextRow(row) {
  let next = row.nextElementSibling;
  if (!next) {
    next = row.cloneNode(true);
    next.querySelector(".mc-error")?.remove();
    for (const name of CELLS) {
      cell(next, name).classList.remove("is-wrong");
      cell(next, name).removeAttribute("aria-invalid");
    }
    if (cell(next, "electronic")) cell(next, "electronic").checked = false;
    cell(next, "title").value = "";
    cell(next, "pages").value = "1";
    body.append(next);
    renumber();
  }
  if (!isFilled(next)) cell(next, "copies").value = cell(row, "copies").value;
  return next;
}

function writeOut(field) {
  const typed = field.value.trim().toLowerCase();
  if (!typed) return;
  const known = [...document.querySelectorAll("#titles option")].find((one) => one.dataset.short === typed);
  if (known) field.value = known.value;
}

function goTo(field) {
  field.focus();
  field.select();
}

function number() {
  form.requestSubmit(form.querySelector("[name=act][value=number]"));
}

// The server reads what a scanner typed too slowly, and compares a card with who stands on the sheet.
function readCard() {
  form.requestSubmit(form.querySelector("[name=act][value=card]"));
}

function afterCell(field) {
  const row = field.closest("[data-row]");
  const name = field.dataset.cell;
  if (name === "title") writeOut(field);
  show();
  if (name === "title" && !isFilled(row)) {
    if (rows().some(isFilled)) number();
    return;
  }
  const following = CELLS[CELLS.indexOf(name) + 1];
  goTo(following ? cell(row, following) : cell(nextRow(row), "title"));
}

function removeRow(row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  if (!next) return;
  row.remove();
  renumber();
  show();
  goTo(cell(next, "title"));
}

function onKey(event) {
  const field = event.target;
  if (event.isComposing || event.altKey || event.metaKey) return;
  if (event.ctrlKey && event.key === "Delete" && field.dataset.cell) {
    event.preventDefault();
    removeRow(field.closest("[data-row]"));
  } else if (event.key === "Enter" && !event.ctrlKey && field.matches("input:not([type=submit])")) {
    event.preventDefault();
    if (CELLS.includes(field.dataset.cell)) afterCell(field);
    else if (field.id === "id_number" && field.value.includes("|")) readCard();
    else if (field.id === "id_number") goTo(cell(rows()[0], "title"));
    else if (field.id === "name" && field.value.trim()) goTo(cell(rows()[0], "title"));
  }
}

// Card layouts of 2021 and 2024: number|old|name|ddmmyyyy|sex|address|…; what cannot be read the server says.
// Where somebody stands on the sheet already, the clerk says whose card is taken.
function onScan(event) {
  const [digits, , name, birth, , address] = event.target.value.split("|");
  if (!/^\d{12}$/.test(digits) || !name || !/^\d{8}$/.test(birth ?? "")) return;
  const { name: named, birth: born, number_before: stood } = form.elements;
  if ([named, born, stood].some((field) => field.value.trim())) {
    readCard();
    return;
  }
  event.target.value = digits;
  form.elements.name.value = name.normalize("NFC");
  form.elements.birth.value = `${birth.slice(0, 2)}/${birth.slice(2, 4)}/${birth.slice(4)}`;
  form.elements.address.value = address?.normalize("NFC") ?? "";
  goTo(cell(rows()[0], "title"));
}

if (form) {
  form.addEventListener("keydown", onKey);
  form.addEventListener("input", show);
  form.addEventListener("change", (event) => {
    if (event.target.dataset.cell === "title") writeOut(event.target);
    show();
  });
  form.addEventListener("scan", onScan);
  document.querySelectorAll("[name=paid_by]").forEach((one) => one.addEventListener("change", show));
  show();
}
