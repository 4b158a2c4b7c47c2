// Every page: the no-network line, toasts, dialogs, exact times on a tap, the errors in focus.

const noNet = document.getElementById("no-net");
// A page that cannot be fetched becomes a page of ours: residents and workers stand in stairwells.
if ("serviceWorker" in navigator && document.body.matches(".resident, .pocket")) {
  navigator.serviceWorker.register("/offline-worker.js").catch(() => {});
}

// Without a net the browser would leave the page, and the photos with it.
// Before forms.js, which then lets the form be sent again.
addEventListener("submit", (event) => {
  if (navigator.onLine || event.target.method !== "post" || !noNet) return;
  event.preventDefault();
  noNet.hidden = false;
  noNet.tabIndex = -1;
  noNet.scrollIntoView({ block: "start" });
  noNet.focus();
}, true);

const showNet = () => { if (noNet) noNet.hidden = navigator.onLine; };
addEventListener("online", showNet);
addEventListener("offline", showNet);
showNet();

/** Say a short sentence at the foot of the page; it leaves after five seconds. */
function toast(words) {
  const place = document.getElementById("toasts");
  if (!place || !words) return;
  const line = document.createElement("div");
  line.className = "toast";
  line.textContent = words;
  place.append(line);
  setTimeout(() => line.remove(), 5000);
}
document.addEventListener("toast", (event) => toast(event.detail.words || event.detail.value));

// What htmx asked for in vain swaps nothing: without a word the press would seem to do nothing.
const vain = (event) => {
  const pressed = event.target.matches && event.target.matches("form, button, a");
  const status = event.detail.xhr ? event.detail.xhr.status : 0;
  // 401 opens the log-in over the page; without a net the line at the top says so.
  if (!pressed || status === 401 || !navigator.onLine) return;
  const { gone, failed } = document.getElementById("toasts").dataset;
  toast(status === 404 ? gone : failed);
};
document.addEventListener("htmx:responseError", vain);
document.addEventListener("htmx:sendError", vain);

// Of tabs or a menu that do not all fit, the chosen one is in sight.
function chosenInSight(root) {
  for (const row of root.querySelectorAll(".tabs, .rail")) {
    const chosen = row.querySelector("[aria-current]");
    if (!chosen || row.scrollWidth <= row.clientWidth) continue;
    const [at, own] = [row.getBoundingClientRect(), chosen.getBoundingClientRect()];
    row.scrollLeft += own.left - at.left - (at.width - own.width) / 2;
  }
}
document.addEventListener("htmx:load", (event) => chosenInSight(event.detail.elt));
chosenInSight(document);

// A table that does not fit scrolls by keys too: it can be tabbed to, and is called by its heading.
const heading = (one) => {
  const around = one.closest("section, details, dialog") || document;
  return one.querySelector("caption") || around.querySelector("h2, summary, h1") || document.querySelector("h1");
};
function scrolledByKeys() {
  for (const one of document.querySelectorAll(".table-scroll:not([role]), .case-table:not([role]), .rota-table:not([role])")) {
    if (one.scrollWidth <= one.clientWidth) continue;
    one.tabIndex = 0;
    one.setAttribute("role", "region");
    const called = heading(one);
    if (called) one.setAttribute("aria-label", called.textContent.replace(/\s+/g, " ").trim());
  }
}
document.addEventListener("htmx:load", scrolledByKeys);
document.addEventListener("toggle", scrolledByKeys, true);
addEventListener("resize", scrolledByKeys);
scrolledByKeys();

// A dialog opens from any element with data-dialog; without <dialog> the link itself is followed.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog && dialog.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const closer = event.target.closest("[data-dialog-close]");
  if (closer) closer.closest("dialog").close();
});

// A finger cannot hover: a tap on a time shows it to the second, another tap in words again.
document.addEventListener("click", (event) => {
  const moment = event.target.closest("time[title]");
  if (!moment || moment.closest("a, button, label")) return;
  const shown = moment.textContent;
  moment.textContent = moment.title;
  moment.title = shown;
});

// A menu closes at a click beside it and at Escape.
const closeMenus = (but) => {
  for (const menu of document.querySelectorAll(".user-menu[open], .bar-more[open]")) {
    if (menu === but) continue;
    // The focus goes back to what opened it, never to nowhere.
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
};
document.addEventListener("click", (event) => closeMenus(event.target.closest(".user-menu, .bar-more")));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(null); });

const current = document.querySelector(".rail [aria-current]");
const rail = current && current.closest(".rail");
if (rail && rail.scrollWidth > rail.clientWidth) rail.scrollLeft = current.offsetLeft - 16;

const faulty = document.querySelector("[data-takes-focus]");
if (faulty) faulty.focus();
document.addEventListener("htmx:afterSettle", (event) => {
  const inside = event.target.querySelector && event.target.querySelector("[data-takes-focus]");
  // Somebody who writes already is not led away from the field.
  const writing = event.target.contains(document.activeElement) && document.activeElement.form;
  if (inside && !writing) inside.focus();
});
