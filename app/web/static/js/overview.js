// An overview stays fresh by itself, without a storm: each page waits its own 60 to 90 seconds, only while it is
// looked at, asks with the stamp it holds (304 costs the server one look), waits longer after a failure, and stops
// when nobody has touched it for a while: an open page must not keep a session alive.

const MOST_IN_A_ROW = 10;
let left = MOST_IN_A_ROW;
let pause = 60_000;
let stamp = "";

async function refresh() {
  const answer = await fetch(location.href, stamp ? { headers: { "If-None-Match": stamp } } : {});
  if (answer.status === 304) return;
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  stamp = answer.headers.get("ETag") ?? "";
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
  const shown = document.querySelector("[data-live]");
  if (fresh && shown && !shown.contains(document.activeElement)) shown.replaceChildren(...fresh.childNodes);
}

async function turn() {
  if (!document.hidden && left > 0) {
    left -= 1;
    try {
      await refresh();
      pause = 60_000;
    } catch {
      pause = Math.min(pause * 2, 900_000);
    }
  }
  setTimeout(turn, pause * (1 + Math.random() / 2));
}

for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (left = MOST_IN_A_ROW));
setTimeout(turn, pause * (1 + Math.random() / 2));
