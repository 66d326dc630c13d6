// Limits of a procedure: while figures are typed, the server reckons the percents and their places are swapped.
// Without this script “Tính thử” brings the whole page with them.

const AFTER_MS = 350;
const form = document.querySelector("[data-percents]");
let running = null;
let waiting = 0;

async function reckon() {
  running?.abort();
  running = new AbortController();
  const data = new FormData(form);
  data.set("act", "percent");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, signal: running.signal });
    if (answer.redirected || !answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const place of form.querySelectorAll("[role=status][id]")) {
      const next = fresh.getElementById(place.id);
      if (next && next.innerHTML !== place.innerHTML) place.replaceChildren(...next.childNodes);
    }
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(reckon, AFTER_MS);
});
