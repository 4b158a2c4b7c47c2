// A log-in that ran out: it opens over the page, and the same button then works with the same key.

const dialog = document.getElementById("log-in-over");
const frame = dialog.querySelector("iframe");
// A form sent within a minute of the last answer needs no look first.
const FRESH = 60000;
let answered = Date.now();
// The plain form that waits for the log-in, with the button that was pressed.
let waiting = null;

function open(url) {
  frame.src = url || dialog.dataset.url;
  if (!dialog.open) dialog.showModal();
}

function say(words) {
  document.dispatchEvent(new CustomEvent("toast", { detail: { words } }));
}

function renew({ token, owner, name }) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  answered = Date.now();
  const other = owner !== document.documentElement.dataset.owner;
  if (other) say(dialog.dataset.other.replaceAll("NAME", name));
  const { form, pressed } = waiting || {};
  waiting = null;
  // Somebody else decides anew whether to press.
  if (form && form.isConnected && !other) form.requestSubmit(pressed);
  else if (!other) say(dialog.dataset.done);
}

document.addEventListener("log-in-over", (event) => open(event.detail.url));
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) answered = Date.now();
});
addEventListener("message", (event) => {
  if (event.origin !== location.origin || event.source !== frame.contentWindow) return;
  if (!event.data || !event.data.loggedIn) return;
  dialog.close();
  renew(event.data.loggedIn);
});
dialog.addEventListener("close", () => { frame.removeAttribute("src"); });

// A plain form would leave the page: look first whether it would be taken. Before forms.js.
addEventListener("submit", (event) => {
  const form = event.target;
  const pressed = event.submitter;
  if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
  if (pressed && pressed.hasAttribute("data-clears-drafts")) return;
  if (Date.now() - answered < FRESH || !navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  fetch(dialog.dataset.alive, { redirect: "manual", cache: "no-store" }).then((answer) => {
    if (answer.status === 204) {
      answered = Date.now();
      form.requestSubmit(pressed);
    } else {
      waiting = { form, pressed };
      open("");
    }
  }, () => {
    // Nobody answers: sending says so itself.
    answered = Date.now();
    form.requestSubmit(pressed);
  });
}, true);
