// The worker's forms: one class however it was chosen, and nothing sent into a hole in the net.

for (const group of document.querySelectorAll("[data-one-of]")) {
  const taps = Array.from(group.querySelectorAll("input[type=radio]"));
  const list = group.querySelector("select");
  if (!list) continue;
  group.addEventListener("change", (event) => {
    if (event.target === list && list.value) for (const tap of taps) tap.checked = false;
    else if (taps.includes(event.target)) list.value = "";
  });
}

// Where it is: the last touch counts, a place of the list or a point.
const place = document.querySelector("select[name=place]");
const panel = document.querySelector("[data-map]");
if (place && panel) {
  place.addEventListener("change", () => {
    for (const half of panel.querySelectorAll("input[type=hidden]")) half.value = "";
    const here = document.getElementById("here");
    if (here) here.replaceChildren();
  });
  panel.addEventListener("map-chosen", () => { place.value = ""; });
}

// Without a net the browser would leave the page, and the photos with it.
// Before forms.js, which then lets the form be sent again.
addEventListener("submit", (event) => {
  if (navigator.onLine || event.target.method !== "post") return;
  event.preventDefault();
  const line = document.getElementById("no-net");
  if (!line) return;
  line.hidden = false;
  line.tabIndex = -1;
  line.scrollIntoView({ block: "start" });
  line.focus();
}, true);
