// One click puts advice into the field it is for; without script the field offers it by itself.
// What somebody typed is never lost: a draft goes below it, into an empty field at once.

const fieldOf = (row) => document.getElementById(row.dataset.fills);

function fill(row, value) {
  const field = fieldOf(row);
  if (!field) return;
  const typed = field.value.trim();
  field.value = "adds" in row.dataset && typed ? `${typed}\n${value}` : value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  // A draft full of holes is not looked at before somebody has filled them.
  if (!("adds" in row.dataset)) field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
}

// What stands in the field is not to be read a second time below it.
function used(row) {
  row.hidden = true;
  row.parentElement.toggleAttribute("data-used", true);
}

function begin(root) {
  for (const row of root.querySelectorAll("[data-fills]")) {
    const button = row.querySelector("[data-value]");
    const field = fieldOf(row);
    row.hidden = !button || !field;
    if (row.hidden || !("adds" in row.dataset)) continue;
    // What somebody has to choose among several does not fill anything by itself.
    if (row.dataset.adds !== "asked" && !field.value.trim()) fill(row, button.dataset.value);
    if (field.value.includes(button.dataset.value)) used(row);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fills] [data-value]");
  if (!button) return;
  const row = button.closest("[data-fills]");
  fill(row, button.dataset.value);
  if ("adds" in row.dataset) used(row);
});

document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
begin(document);
