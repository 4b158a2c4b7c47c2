// The desk's keyboard: / finds, j k move along the list, Enter opens what has the focus (as the
// browser does), ? shows the keys, and a letter on a button presses it. Silent while typing.

const typing = (element) =>
  element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) &&
  !/^(checkbox|radio|button|submit)$/.test(element.type);

const shown = (element) => element.getClientRects().length > 0;

function move(step) {
  const rows = Array.from(document.querySelectorAll("[data-rows] .row, [data-rows] tr a")).filter(shown);
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

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const dialog = document.querySelector("dialog[open]");
  if (dialog) return;
  const key = event.key;
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
    const deed = Array.from(document.querySelectorAll(`[data-key="${key.toLowerCase()}"]`)).find(shown);
    if (deed && !deed.disabled) { event.preventDefault(); deed.click(); }
  }
});
