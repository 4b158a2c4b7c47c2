// Beside a call the same case may be a likely one, one of this phone and one of this place: it
// stands once, in the list that comes first, for there it can be joined.

const LISTS = ["alike", "caller", "place-cases"];

function once() {
  const seen = new Set();
  for (const id of LISTS) {
    const list = document.getElementById(id);
    if (!list) continue;
    const lines = [...list.querySelectorAll("[data-case]")];
    for (const line of lines) {
      line.hidden = seen.has(line.dataset.case);
      seen.add(line.dataset.case);
    }
    const said = list.querySelector("[data-all-above]");
    if (said) said.hidden = lines.some((line) => !line.hidden);
  }
}

document.addEventListener("htmx:afterSettle", once);
once();
