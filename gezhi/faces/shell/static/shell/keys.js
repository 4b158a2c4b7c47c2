// The desk's keyboard: / finds, j k move along the list, Enter opens what has the focus (as the
// browser does), ? shows the keys, and a letter on a button presses it. Silent while typing, but
// for Ctrl+Enter, which sends the form, and Esc, which leaves it.

const typing = (element) =>
  element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) &&
  !/^(checkbox|radio|button|submit)$/.test(element.type);

const shown = (element) => element.getClientRects().length > 0;

const rowsOf = () =>
  Array.from(document.querySelectorAll("[data-rows] .row, [data-rows] tr a")).filter(shown);

function move(step) {
  const rows = rowsOf();
  if (!rows.length) return;
  let at = rows.indexOf(document.activeElement);
  if (at < 0) {
    const open = rows.findIndex((row) => row.hasAttribute("aria-current"));
    at = open < 0 ? (step > 0 ? -1 : rows.length) : open;
  }
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// The form one is in, else the one form the page is about.
function send(from) {
  const form = from.closest("form") || document.querySelector("#deed form, dialog[open] form, form.main");
  const button = form && form.querySelector(".button.main");
  if (!button || button.disabled) return false;
  form.requestSubmit(button);
  return true;
}

// Out of a deed's form or a field; what was typed stays as a draft.
function leave(from) {
  const panel = document.getElementById("deed");
  const back = panel && panel.querySelector("[data-closes]");
  if (back && (panel.contains(from) || from === document.body)) {
    back.click();
    return true;
  }
  if (!typing(from)) return false;
  from.blur();
  const rows = rowsOf();
  const row = rows.find((one) => one.hasAttribute("aria-current")) || rows[0];
  if (row) row.focus({ preventScroll: true });
  return false;
}

function press(letter) {
  const buttons = Array.from(document.querySelectorAll(`[data-key="${letter}"]`));
  // What stands behind 更多 for want of room still has its letter.
  const deed = buttons.find(shown) || buttons.find((one) => one.closest(".bar-more"));
  if (!deed || deed.disabled) return false;
  deed.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  const key = event.key;
  if (event.ctrlKey || event.metaKey) {
    if (key === "Enter" && send(event.target)) event.preventDefault();
    return;
  }
  const dialog = document.querySelector("dialog[open]");
  if (key === "Escape" && !dialog) {
    // A browser would empty a field of search first, and its draft with it.
    if (leave(event.target)) event.preventDefault();
    return;
  }
  if (dialog || typing(event.target)) return;
  if (key === "/") {
    const search = document.getElementById("search");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  } else if (key === "j") {
    move(1);
  } else if (key === "k") {
    move(-1);
  } else if (key === "?") {
    const help = document.getElementById("keys");
    if (help && help.showModal) help.showModal();
  } else if (/^[a-z0-9]$/i.test(key) && !event.repeat) {
    if (press(key.toLowerCase())) event.preventDefault();
  }
});
