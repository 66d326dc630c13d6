// The leader's signing page: how many are chosen, and the list inside the PIN dialog.

const list = document.querySelector("[data-sign-list]");

function chosen() {
  return [...list.querySelectorAll("input[type=checkbox]:checked")];
}

function fillDialog(boxes) {
  const places = document.querySelector("[data-pin-list]");
  places.replaceChildren(
    ...boxes.map((box) => {
      const line = document.createElement("li");
      const name = document.createElement("span");
      const digest = document.createElement("span");
      name.className = "mc-grow";
      name.textContent = box.dataset.title;
      digest.className = "mc-digest";
      digest.textContent = box.dataset.digest;
      line.append(name, digest);
      return line;
    }),
  );
}

function show() {
  const boxes = chosen();
  for (const place of document.querySelectorAll("[data-sign-count]")) place.textContent = boxes.length;
  for (const button of document.querySelectorAll("[data-sign-needs]")) {
    button.setAttribute("aria-disabled", String(boxes.length === 0));
  }
  const all = document.querySelector("[data-sign-all]");
  const possible = list.querySelectorAll("input[type=checkbox]:not(:disabled)").length;
  all.checked = boxes.length > 0 && boxes.length === possible;
  all.indeterminate = boxes.length > 0 && boxes.length < possible;
  fillDialog(boxes);
}

if (list) {
  list.addEventListener("change", show);
  document.querySelector("[data-sign-all]").addEventListener("change", (event) => {
    for (const box of list.querySelectorAll("input[type=checkbox]:not(:disabled)")) box.checked = event.target.checked;
    show();
  });
  show();
  // The page comes back at the text that is read (#xem); Tab goes on from its line of the list. Going to the
  // fragment takes the focus away again, so this waits until that is over.
  const here = () => list.querySelector("[aria-current] a")?.focus({ preventScroll: true });
  if (location.hash) window.addEventListener("load", () => requestAnimationFrame(here));
}
