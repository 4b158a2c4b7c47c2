// One click puts advice into the field it is for; without script the field offers it by itself.

function begin(root) {
  for (const row of root.querySelectorAll("[data-fills]")) {
    row.hidden = !row.querySelector("[data-value]");
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fills] [data-value]");
  if (!button) return;
  const field = document.getElementById(button.closest("[data-fills]").dataset.fills);
  if (!field) return;
  field.value = button.dataset.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
});

document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
begin(document);
