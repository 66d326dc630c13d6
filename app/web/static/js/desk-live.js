// A part of the page that changes by itself is asked for again until it says that it is done.
// Without this script the person reloads.

const EVERY_MS = 2000;

async function ask() {
  let answer;
  try {
    answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  } catch {
    return setTimeout(ask, EVERY_MS * 5);
  }
  if (!answer.ok) return undefined;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
  if (!fresh?.hasAttribute("data-live-on")) return location.reload();
  document.querySelector("[data-live]").replaceChildren(...fresh.childNodes);
  return setTimeout(ask, EVERY_MS);
}

export function startLive() {
  if (document.querySelector("[data-live-on]")) setTimeout(ask, EVERY_MS);
}
