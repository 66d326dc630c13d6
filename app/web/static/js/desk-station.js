// The scan station: a page is laid on a paper by drag, or by a digit while it has the focus; R turns it,
// Delete leaves it out, arrows walk. All of it fills the form's own fields, which work without this script.

const TURNS = ["0", "90", "180", "270"];

function show(card) {
  const turned = card.querySelector("[name^=turned-]").value;
  const dropped = card.querySelector("[name^=drop-]").checked;
  card.dataset.turned = turned;
  card.toggleAttribute("data-dropped", dropped);
}

function lay(card, place) {
  const list = card.querySelector("[name^=place-]");
  if (![...list.options].some((option) => option.value === place)) return;
  list.value = place;
  card.querySelector("[name^=drop-]").checked = false;
  show(card);
}

function turn(card) {
  const list = card.querySelector("[name^=turned-]");
  list.value = TURNS[(TURNS.indexOf(list.value) + 1) % TURNS.length];
  show(card);
}

function leaveOut(card) {
  const box = card.querySelector("[name^=drop-]");
  box.checked = !box.checked;
  show(card);
}

function walk(card, step) {
  const next = step > 0 ? card.nextElementSibling : card.previousElementSibling;
  next?.focus();
}

function onKey(event) {
  const card = event.target;
  if (!card.matches?.(".mc-card") || event.ctrlKey || event.altKey || event.metaKey) return;
  const places = document.querySelectorAll("[data-target]");
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1] ?? /^Numpad([1-9])$/.exec(event.code)?.[1];
  if (digit && places[digit - 1]) { lay(card, places[digit - 1].dataset.target); walk(card, 1); }
  else if (event.code === "KeyR") turn(card);
  else if (event.key === "Delete") { leaveOut(card); walk(card, 1); }
  else if (event.key === "ArrowRight") walk(card, 1);
  else if (event.key === "ArrowLeft") walk(card, -1);
  else return;
  event.preventDefault();
}

function startDragging(station) {
  let carried = null;
  station.addEventListener("dragstart", (event) => { carried = event.target.closest(".mc-card"); });
  for (const place of station.querySelectorAll("[data-target]")) {
    place.addEventListener("dragover", (event) => { event.preventDefault(); place.classList.add("is-over"); });
    place.addEventListener("dragleave", () => place.classList.remove("is-over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      place.classList.remove("is-over");
      if (carried) lay(carried, place.dataset.target);
      carried = null;
    });
  }
}

export function startStation() {
  const station = document.querySelector("[data-station]");
  if (!station) return;
  station.addEventListener("keydown", onKey);
  station.addEventListener("change", (event) => {
    const card = event.target.closest(".mc-card");
    if (card) show(card);
  });
  startDragging(station);
}
