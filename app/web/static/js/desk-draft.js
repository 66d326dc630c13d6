// What is typed is kept on the server a moment after the last key. When the session has ended the page
// says so at once and stays as it is; after signing in elsewhere it takes the new token and saves again.

const WAIT_MS = 900;

function say(status, text, isProblem) {
  status.textContent = text;
  status.classList.toggle("mc-wrong-text", isProblem);
}

async function send(form) {
  const headers = { Accept: "application/json" };
  const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), headers });
  if ([400, 401, 403].includes(answer.status)) return "signed-out";
  if (!answer.ok) return "failed";
  const { saved, draft } = await answer.json();
  form.elements.draft.value = draft;
  history.replaceState(null, "", `?nhap=${draft}`);
  return saved;
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
