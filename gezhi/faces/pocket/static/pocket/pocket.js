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

// Without a net the browser would leave the page, and the photos with it.
document.addEventListener("submit", (event) => {
  if (navigator.onLine || event.target.method !== "post") return;
  event.preventDefault();
  const line = document.getElementById("no-net");
  if (!line) return;
  line.hidden = false;
  line.tabIndex = -1;
  line.scrollIntoView({ block: "start" });
  line.focus();
});
