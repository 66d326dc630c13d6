// Says two minutes ahead that the session is about to end, and lets it go on with one key press.
// Tabs tell each other when one of them has been to the server, so that a quiet tab does not warn in vain.

const WARN_AHEAD = 120;
const watch = document.getElementById("session-watch");
const tabs = new BroadcastChannel("motcua-session");
let timer;

function begin(seconds) {
  clearTimeout(timer);
  if (watch.open) watch.close();
  timer = setTimeout(() => watch.showModal(), Math.max(seconds - WARN_AHEAD, 1) * 1000);
}

async function stay() {
  const answer = await fetch(watch.dataset.extend, {
    method: "POST",
    headers: { "X-CSRFToken": watch.dataset.token, Accept: "application/json" },
  });
  if (!answer.ok) return location.assign(location.href); // it has ended: signing in leads back here
  const { seconds } = await answer.json();
  begin(seconds);
  tabs.postMessage(seconds);
}

watch.querySelector("[data-stay]").addEventListener("click", stay);
watch.addEventListener("cancel", (event) => {
  event.preventDefault();
  stay();
});
tabs.addEventListener("message", (event) => begin(event.data));
begin(Number(watch.dataset.seconds));
tabs.postMessage(Number(watch.dataset.seconds));
