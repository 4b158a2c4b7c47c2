// Copy, share, save, print: each button shows itself only where the browser can do it.

async function copy(text) {
  if (navigator.clipboard && isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Plain http inside an office, and old browsers inside chat apps.
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  const worked = document.execCommand("copy");
  field.remove();
  if (!worked) throw new Error("copy refused");
}

function begin(root) {
  for (const tools of root.querySelectorAll("[data-copy-tools]")) {
    const { text, title, url } = tools.dataset;
    const whole = url ? `${text}\n${url}` : text;
    const find = (name) => tools.querySelector(`[data-${name}]`);

    const copyButton = find("copy");
    copyButton.hidden = false;
    copyButton.addEventListener("click", async () => {
      const words = copyButton.querySelector("[data-done]");
      const before = words.textContent;
      try {
        await copy(whole);
        words.textContent = words.dataset.done;
        setTimeout(() => { words.textContent = before; }, 2500);
      } catch {
        getSelection().selectAllChildren(document.querySelector("[data-copy-source]") || tools);
      }
    });

    const shareButton = find("share");
    if (navigator.share) {
      shareButton.hidden = false;
      shareButton.addEventListener("click", () => {
        navigator.share({ title, text, url: url || undefined }).catch(() => {});
      });
    }

    const saveButton = find("save");
    if (saveButton && "download" in document.createElement("a")) {
      saveButton.hidden = false;
      saveButton.addEventListener("click", () => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([`${title}\n${whole}\n`], { type: "text/plain" }));
        link.download = saveButton.dataset.save;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      });
    }

    const printButton = find("print");
    if (printButton) {
      printButton.hidden = false;
      printButton.addEventListener("click", () => print());
    }
  }
}

document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
if (!window.htmx) begin(document);
