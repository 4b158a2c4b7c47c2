// A log-in that ran out: it opens over the page, and the same button then works with the same key.

const dialog = document.getElementById("log-in-over");
const frame = dialog.querySelector("iframe");
// The plain form that is being looked after, and the one that may go now.
let looking = null;
let released = null;
// The plain form that waits for the log-in, with the button that was pressed.
let waiting = null;

function open(url) {
  // A second answer may say the same while somebody types the password: the frame stays as it is.
  if (dialog.open) return;
  frame.src = url || dialog.dataset.url;
  dialog.showModal();
}

function say(words) {
  document.dispatchEvent(new CustomEvent("toast", { detail: { words } }));
}

function go(form, pressed) {
  released = form;
  form.requestSubmit(pressed);
  released = null;
}

function renew({ token, owner, name }) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  const other = owner !== document.documentElement.dataset.owner;
  if (other) say(dialog.dataset.other.replaceAll("NAME", name));
  const { form, pressed } = waiting || {};
  waiting = null;
  // Somebody else decides anew whether to press.
  if (form && form.isConnected && !other) go(form, pressed);
  else if (!other) say(dialog.dataset.done);
}

document.addEventListener("log-in-over", (event) => open(event.detail.url));
addEventListener("message", (event) => {
  if (event.origin !== location.origin || event.source !== frame.contentWindow) return;
  if (!event.data || !event.data.loggedIn) return;
  dialog.close();
  renew(event.data.loggedIn);
});
dialog.addEventListener("close", () => { frame.removeAttribute("src"); });

// A plain form would leave the page, and its photos with it: look first, at every press, whether it
// would be taken; a log-in may have ended a second ago. Before forms.js.
addEventListener("submit", (event) => {
  const form = event.target;
  const pressed = event.submitter;
  if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
  if (pressed && pressed.hasAttribute("data-clears-drafts")) return;
  if (form === released || form.dataset.sent || !navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (looking === form) return;
  looking = form;
  const field = form.querySelector("[name=csrfmiddlewaretoken]");
  const headers = { "X-CSRFToken": field ? field.value : "" };
  fetch(dialog.dataset.alive, { method: "POST", headers, redirect: "manual" }).then((answer) => {
    looking = null;
    const ended = answer.status === 401 || answer.type === "opaqueredirect";
    // 403: somebody logged in meanwhile in another tab, or the cookies were cleared.
    if (!ended && answer.status !== 403) return go(form, pressed);
    waiting = { form, pressed };
    return open(ended ? "" : dialog.dataset.renew);
  }, () => {
    // Nobody answers: sending says so itself.
    looking = null;
    go(form, pressed);
  });
}, true);
