// Forms never lose text and never send twice.
//
// <form data-draft="report"> keeps what is typed in this tab under that name, and puts it back
// after an error, a reload or a fresh log-in of the same person (<html data-owner>). A page that
// contains data-draft-done="report" (the receipt), or an answer to htmx with the header Draft-Done,
// ends the draft; log-out and lock end all.

const PREFIX = "draft:";
const owner = document.documentElement.dataset.owner || "";

function kept(field) {
  if (!field.name || field.disabled || field.hasAttribute("data-no-draft")) return false;
  return !["password", "file", "hidden", "submit", "button"].includes(field.type);
}

function read(form) {
  try {
    const draft = JSON.parse(sessionStorage.getItem(PREFIX + form.dataset.draft));
    return draft && draft.owner === owner ? draft.fields : null;
  } catch {
    return null;
  }
}

function write(form) {
  // A form that was sent and swapped away leaves no draft behind.
  if (!form.isConnected) return;
  const fields = {};
  for (const field of form.elements) {
    if (!kept(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) (fields[field.name] = fields[field.name] || []).push(field.value);
      else fields[field.name] = fields[field.name] || [];
    } else if (field.multiple && field.options) {
      fields[field.name] = Array.from(field.selectedOptions, (option) => option.value);
    } else {
      fields[field.name] = field.value;
    }
  }
  try {
    sessionStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify({ owner, fields }));
  } catch {
    // Private windows may refuse storage; the form still works.
  }
}

function restore(form) {
  const fields = read(form);
  // A form the server answered with errors already holds the latest text.
  if (!fields || form.querySelector("[aria-invalid]")) return;
  for (const field of form.elements) {
    if (!kept(field) || !(field.name in fields)) continue;
    const value = fields[field.name];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = value.includes(field.value);
    } else if (field.multiple && field.options) {
      for (const option of field.options) option.selected = value.includes(option.value);
    } else if (!field.value || field.value === field.defaultValue || field.options) {
      field.value = value;
    }
  }
  form.dispatchEvent(new CustomEvent("draft-restored", { bubbles: true }));
}

// A piece that htmx brings in may be the form itself.
function within(root, selector) {
  const found = Array.from(root.querySelectorAll(selector));
  return root.matches && root.matches(selector) ? [root, ...found] : found;
}

function begin(root) {
  for (const done of within(root, "[data-draft-done]")) {
    sessionStorage.removeItem(PREFIX + done.dataset.draftDone);
  }
  for (const form of within(root, "form[data-draft]")) restore(form);
}

function forgetAll() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  }
}

let timer = 0;
document.addEventListener("input", (event) => {
  const form = event.target.closest && event.target.closest("form[data-draft]");
  if (!form) return;
  clearTimeout(timer);
  timer = setTimeout(() => write(form), 250);
});
// <button data-forgets-draft="intake">: begin with an empty form.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-forgets-draft]");
  if (!button) return;
  clearTimeout(timer);
  sessionStorage.removeItem(PREFIX + button.dataset.forgetsDraft);
}, true);
addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (form.dataset.touched) write(form);
  }
});
document.addEventListener("input", (event) => {
  if (event.target.form) event.target.form.dataset.touched = "yes";
});

// What is put right is red no longer: its frame, its sentence, and its line in the box above. Whether
// it is right is told when it is sent.
function mended(field) {
  const place = () => field.getBoundingClientRect().top;
  const before = place();
  for (const one of field.form.elements) if (one.name === field.name) one.removeAttribute("aria-invalid");
  const sentence = document.getElementById(`${field.id}_error`);
  if (sentence) {
    const described = (field.getAttribute("aria-describedby") || "").split(" ").filter((id) => id !== sentence.id);
    if (described.join("")) field.setAttribute("aria-describedby", described.join(" "));
    else field.removeAttribute("aria-describedby");
    sentence.remove();
  }
  const box = field.form.querySelector(".form-errors");
  const line = box && box.querySelector(`a[href="#${CSS.escape(field.id)}"]`);
  if (line) {
    line.closest("li").remove();
    const left = box.querySelectorAll("li").length;
    const count = box.querySelector("b");
    if (!left) box.remove();
    else if (count) count.textContent = count.textContent.replace(/[0-9]+/, left);
  }
  // What was above is shorter now; a browser that does not keep the field in its place is helped.
  requestAnimationFrame(() => scrollBy(0, place() - before));
}
document.addEventListener("input", ({ target }) => {
  if (target.form && target.id && target.value.trim() && target.getAttribute("aria-invalid") === "true") mended(target);
});

// Sending: the second press of an impatient finger does nothing. The buttons are stilled after
// the browser has read them, so that the pressed one is still sent with its name.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.submitter && event.submitter.hasAttribute("data-clears-drafts")) forgetAll();
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (form.matches("[data-draft]")) write(form);
  form.dataset.sent = "yes";
  const pressed = event.submitter || form.querySelector(".button.main");
  if (pressed) pressed.setAttribute("aria-busy", "true");
  if (!form.hasAttribute("hx-post")) awaitDownload(form);
}, true);

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}
// An answer that is saved as a file never leaves the page, and no event tells of it: the server says
// so by a cookie that names the address the form was sent to (DownloadedMiddleware).
const DOWNLOADED = "downloaded";
function tellsOf(form) {
  const address = new URL(form.getAttribute("action") || location.href, location.href).pathname;
  const told = `${DOWNLOADED}=${encodeURIComponent(decodeURIComponent(address))}`;
  return document.cookie.split("; ").includes(told);
}
function forgetDownload() {
  document.cookie = `${DOWNLOADED}=; path=/; max-age=0; samesite=strict`;
}
function awaitDownload(form) {
  forgetDownload();
  const looking = setInterval(() => {
    if (form.dataset.sent && !tellsOf(form)) return;
    clearInterval(looking);
    if (!form.dataset.sent) return;
    forgetDownload();
    release(form);
  }, 200);
}
// The page comes back from the back button with its forms as they were left: sent.
addEventListener("pageshow", () => { for (const form of document.forms) release(form); });
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest && event.target.closest("form");
  if (form) release(form);
  const done = event.detail.xhr && event.detail.xhr.getResponseHeader("Draft-Done");
  if (done) sessionStorage.removeItem(PREFIX + done);
});
// Another script stopped the sending (a dialog asks back, a photo is still being shrunk).
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented && !event.target.hasAttribute("hx-post")) release(event.target);
});

document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
begin(document);
