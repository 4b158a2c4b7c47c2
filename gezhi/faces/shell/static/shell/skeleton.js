// A piece that takes longer than 300 ms to come shows gray lines; a quicker one shows nothing,
// because a flash is worse than a short wait. The old piece stays beneath and comes back on error.

const WAIT = 300;
const waiting = new WeakMap();

function cover(target) {
  const lines = document.createElement("div");
  lines.className = "skeleton-cover";
  lines.setAttribute("aria-hidden", "true");
  for (let index = 0; index < 9; index += 1) lines.append(document.createElement("span"));
  target.classList.add("waiting");
  target.append(lines);
}

function uncover(target) {
  clearTimeout(waiting.get(target));
  waiting.delete(target);
  target.classList.remove("waiting");
  target.removeAttribute("aria-busy");
  for (const lines of target.querySelectorAll(":scope > .skeleton-cover")) lines.remove();
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const target = event.detail.target;
  if (!target || !target.matches(".pane, [data-skeleton]")) return;
  target.setAttribute("aria-busy", "true");
  waiting.set(target, setTimeout(() => cover(target), WAIT));
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.target) uncover(event.detail.target);
});
