// The worker's forms: one class however it was chosen, long lists narrowed, the last touch counts.

for (const group of document.querySelectorAll("[data-one-of]")) {
  const taps = Array.from(group.querySelectorAll("input[type=radio]"));
  const list = group.querySelector("select");
  if (!list) continue;
  group.addEventListener("change", (event) => {
    if (event.target === list && list.value) for (const tap of taps) tap.checked = false;
    else if (taps.includes(event.target)) list.value = "";
  });
}

// A long list is narrowed by a few signs; without script its chapters stand as they are.
for (const list of document.querySelectorAll("select[data-narrow]")) {
  if (list.options.length < 12) continue;
  const every = Array.from(list.children, (part) => part.cloneNode(true));
  const blank = list.options[0] && !list.options[0].value ? list.options[0].textContent : "";
  const box = document.createElement("input");
  box.type = "search";
  box.className = "input narrow";
  box.autocomplete = "off";
  box.placeholder = list.dataset.narrow;
  box.setAttribute("aria-label", list.dataset.narrow);
  if (list.id) box.setAttribute("aria-controls", list.id);
  list.before(box);
  const fits = (part, words) => {
    const copy = part.cloneNode(true);
    if (copy.tagName === "OPTION") {
      return !copy.value || copy.textContent.toLowerCase().includes(words) ? copy : null;
    }
    if (copy.label.toLowerCase().includes(words)) return copy;
    for (const option of Array.from(copy.children)) {
      if (!option.textContent.toLowerCase().includes(words)) option.remove();
    }
    return copy.children.length ? copy : null;
  };
  box.addEventListener("input", () => {
    const words = box.value.trim().toLowerCase();
    const chosen = list.value;
    list.replaceChildren(...every.map((part) => fits(part, words)).filter(Boolean));
    const found = Array.from(list.options).filter((option) => option.value);
    if (list.options[0] && !list.options[0].value) {
      const told = found.length ? list.dataset.found.replace("{number}", found.length) : list.dataset.none;
      list.options[0].textContent = words ? told : blank;
    }
    list.value = found.some((option) => option.value === chosen) ? chosen : "";
    if (words && found.length === 1) list.value = found[0].value;
    if (list.value !== chosen) list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); list.focus(); }
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
