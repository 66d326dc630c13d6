// What is typed is kept on the server a moment after the last key. When the session has ended the page
// says so at once and stays as it is; after signing in elsewhere it takes the new token and saves again.

const WAIT_MS = 900;

function say(status, text, isProblem) {
  status.textContent = text;
  status.classList.toggle("mc-wrong-text", isProblem);
}

async function send(form) {
  const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
  if (answer.redirected || answer.status === 401 || answer.status === 403) return "signed-out";
  return answer.ok ? (await answer.json()).saved : "failed";
}

async function takeNewToken(form) {
  const answer = await fetch(location.href);
  if (answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("[data-receive] [name=csrf_token]");
  if (!token) return false;
  form.querySelector("[name=csrf_token]").value = token.value;
  return true;
}

export function startDraft(form) {
  const status = document.querySelector("[data-draft-status]");
  const expired = document.getElementById("session-expired");
  let timer = null;
  let signedOut = false;

  async function save() {
    try {
      const outcome = await send(form);
      signedOut = outcome === "signed-out";
      if (signedOut && !expired.open) expired.showModal();
      else if (outcome === "failed") say(status, status.dataset.failed, true);
      else if (!signedOut) say(status, `${status.dataset.saved} ${outcome}`, false);
    } catch {
      say(status, status.dataset.offline, true);
    }
  }

  async function comeBack() {
    if (!signedOut || !(await takeNewToken(form))) return;
    signedOut = false;
    expired.close();
    await save();
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  window.addEventListener("focus", comeBack);
}
