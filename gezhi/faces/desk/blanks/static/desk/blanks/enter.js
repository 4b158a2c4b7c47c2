// The keys of typing papers in: Enter goes to the next row, in the last one it sends; a scanner sends
// Enter after the number, too.

const form = document.querySelector("form[data-typing]");
const serial = form.elements.serial;

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.shiftKey) return;
  const row = event.target;
  if (row.name === "text" || row.type === "checkbox") {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (row.tagName !== "INPUT") return;
  event.preventDefault();
  const rows = [...form.elements].filter((one) => one.offsetParent && one.type !== "hidden" && one.tagName !== "BUTTON");
  rows[rows.indexOf(row) + 1].focus();
});

// Papers are collected house by house: the arrow up in an empty row puts in the compound of the last.
const place = form.elements.place_words;
place.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowUp" || event.isComposing || place.value || !form.dataset.again) return;
  event.preventDefault();
  place.value = form.dataset.again;
  place.dispatchEvent(new Event("input", { bubbles: true }));
});
if (form.dataset.again) place.placeholder = form.dataset.againWords;

// The number is known already: the hands begin at the name.
if (serial.value && !form.querySelector("[aria-invalid]")) form.elements.name.focus();
