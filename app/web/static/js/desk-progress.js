// A page that waits for background work asks now and then, and shows itself anew when something ended.
// Without this script the person reloads.

const EVERY_MS = 2000;

function show(scans) {
  const bars = document.querySelectorAll("[data-testid=scan-running] progress");
  const moving = scans.filter((scan) => scan.state !== "failed");
  if (moving.length !== bars.length) return location.reload();
  bars.forEach((bar, place) => { bar.value = moving[place].progress; });
  setTimeout(ask, EVERY_MS);
}

async function ask() {
  const address = document.querySelector("[data-progress]").dataset.progress;
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (answer.ok) show((await answer.json()).scans);
  } catch {
    setTimeout(ask, EVERY_MS * 5);
  }
}

export function startProgress() {
  if (document.querySelector("[data-progress]") && document.querySelector("[data-testid=scan-running] progress")) {
    setTimeout(ask, EVERY_MS);
  }
}
