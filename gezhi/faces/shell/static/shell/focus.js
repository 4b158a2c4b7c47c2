// The focus is never lost to a swap: a piece that came takes it where it begins, and a form that was
// left gives it back to the button it came from.

const FIELDS = "input:not([type=hidden]):not([type=file]), select:not([data-no-draft]), textarea";
const seen = (element) => element.getClientRects().length > 0;
const first = (root, selector) => Array.from(root.querySelectorAll(selector)).find(seen);

// Where a piece begins: the errors or the field it names, its first field, its main button.
function beginning(root) {
  const form = first(root, "form");
  return (
    first(root, "[data-takes-focus]") ||
    (form && (form.querySelector("input[type=radio]:checked") || first(form, FIELDS))) ||
    first(root, ".button.main") ||
    first(root, "a, button")
  );
}

function focus(element) {
  if (!element) return;
  if (!element.matches("a, button, input, select, textarea, summary, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  // What is wrong is in sight: on a phone it lies below the head of the case. After htmx has scrolled.
  if (element.matches(".form-errors")) setTimeout(() => element.scrollIntoView({ block: "center" }));
}

const lost = () => !document.activeElement || document.activeElement === document.body;

// What asks again by itself ([data-refreshes]) takes the focus from nobody, and gives back what it held.
let refreshed = false;
let held = "";
const HOLDS = "a, button, summary";
const named = (element) => `${element.tagName} ${element.getAttribute("href") || (element.form && element.form.getAttribute("action")) || ""} ${element.textContent.trim()}`;

// Which deed's form is being left, for its button when the case is back.
let left = "";
document.addEventListener("htmx:beforeSwap", (event) => {
  refreshed = event.detail.target.matches("[data-refreshes]");
  const inside = refreshed && event.detail.target.contains(document.activeElement);
  held = inside ? named(document.activeElement) : "";
  const panel = event.detail.target.querySelector && event.detail.target.querySelector("#deed");
  left = panel ? panel.dataset.deed || "" : "";
});

document.addEventListener("htmx:afterSettle", (event) => {
  const shown = event.detail.target;
  if (!shown || !shown.querySelector) return;
  if (refreshed) {
    const same = held && Array.from(document.querySelectorAll(`[data-refreshes] :is(${HOLDS})`)).find((one) => named(one) === held);
    refreshed = false;
    if (same) same.focus({ preventScroll: true });
    return;
  }
  const panel = shown.querySelector("#deed");
  if (panel && shown.id === "case") {
    focus(beginning(panel));
    return;
  }
  const button = left && Array.from(shown.querySelectorAll(`[data-deed="${left}"]`)).find(seen);
  left = "";
  // Somebody put it somewhere already: an error, the next row of the list, a dialog.
  if (!lost()) return;
  const menu = document.querySelector(".bar-more > summary");
  focus(button || shown.querySelector("[data-takes-focus]") || (shown.id === "case" && shown.querySelector("h1")) ||
    (shown.isConnected ? beginning(shown) : null) || (menu && seen(menu) ? menu : document.getElementById("content")));
});

// A page that was opened with a form begins in it. The browser goes to the #deed of the address when
// the page is drawn, before us or after: it would take the focus away from a field, so the panel takes
// it and hands it on, until somebody does something.
const panel = document.getElementById("deed");
if (panel) {
  const begin = () => focus(beginning(panel));
  const own = !panel.hasAttribute("tabindex");
  const done = () => {
    panel.removeEventListener("focus", begin);
    if (own) panel.removeAttribute("tabindex");
  };
  if (lost()) begin();
  if (own) panel.tabIndex = -1;
  panel.addEventListener("focus", begin);
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, done, { once: true, capture: true });
}
