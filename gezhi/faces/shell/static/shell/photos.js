// Photos are shrunk on the phone before they are sent: a 4 MB picture becomes about 200 kB, and
// its place and camera data stay on the phone. Without this script the plain file input works.

const EDGE = 1600;
const QUALITY = 0.82;
const MOST_BYTES = 10 * 1024 * 1024;

/** The picture no larger than EDGE, as JPEG; the file itself where the browser cannot do it. */
async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  // A transparent picture would turn black in JPEG.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
  const name = `${file.name.replace(/\.[^.]*$/, "") || "photo"}.jpg`;
  return { canvas, file: blob ? new File([blob], name, { type: "image/jpeg" }) : file };
}

function thumbnail(canvas) {
  const small = document.createElement("canvas");
  const side = Math.min(canvas.width, canvas.height);
  small.width = 240;
  small.height = 240;
  small.getContext("2d").drawImage(
    canvas, (canvas.width - side) / 2, (canvas.height - side) / 2, side, side, 0, 0, 240, 240,
  );
  return small;
}

/** Whether the bytes are a HEIC photo: an ISO container of one of its brands, whatever the name. */
async function isHeic(file) {
  const head = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  const text = String.fromCharCode(...head);
  return text.startsWith("ftyp", 4) && /he[iv][cxms]/.test(text.slice(8));
}

/** Whether somebody may take the file for a photo: by its type, or its name where none is known. */
function isPicture(file) {
  return file.type ? file.type.startsWith("image/") : /[.](jpe?g|png|webp|gif|bmp|hei[cf]|avif)$/i.test(file.name);
}

/** A photo to send. What only the server can decode goes as it is, and has no canvas to show. */
async function taken(file) {
  try {
    return await shrink(file);
  } catch (error) {
    if (await isHeic(file)) return { canvas: null, file };
    throw error;
  }
}

function begin(place) {
  const input = place.querySelector('input[type="file"]');
  const strip = place.querySelector(".photos");
  const pick = place.querySelector(".photo-pick");
  const words = place.querySelector(".photo-words");
  const most = Number(place.dataset.most) || 6;
  if (!input || place.classList.contains("ready") || !window.createImageBitmap) return;
  try { new DataTransfer().items.add(new File([""], "a")); } catch { return; }

  const held = [];
  place.classList.add("ready");

  function hold() {
    const carrier = new DataTransfer();
    for (const one of held) carrier.items.add(one.file);
    input.files = carrier.files;
    pick.hidden = held.length >= most;
    place.classList.toggle("has-photos", held.length > 0);
  }
  // What is refused is said where and as every error of the form is: in red, by the photos, aloud.
  function say(text) {
    words.textContent = text;
    words.hidden = !text;
    words.className = text ? "error photo-words" : "hint photo-words";
  }
  function show(one) {
    const item = document.createElement("span");
    item.className = "photo";
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "drop";
    drop.setAttribute("aria-label", place.dataset.remove);
    drop.innerHTML = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M7 7l10 10M17 7 7 17"/></svg>';
    drop.addEventListener("click", () => {
      held.splice(held.indexOf(one), 1);
      item.remove();
      hold();
      say("");
      input.focus();
    });
    const picture = one.canvas ? thumbnail(one.canvas) : document.createElement("span");
    if (!one.canvas) {
      picture.className = "unshown";
      picture.textContent = place.dataset.unshown;
    }
    item.append(picture, drop);
    strip.insertBefore(item, pick);
  }

  let busy = Promise.resolve();
  let working = 0;
  input.addEventListener("change", () => {
    const chosen = Array.from(input.files);
    hold();
    working += 1;
    say("");
    busy = busy.then(async () => {
      for (const file of chosen) {
        if (held.length >= most) { say(place.dataset.tooMany); break; }
        try {
          const one = await taken(file);
          if (one.file.size > MOST_BYTES) { say(place.dataset.tooBig); continue; }
          held.push(one);
          show(one);
          one.canvas = null;
        } catch {
          say(isPicture(file) ? place.dataset.unreadable : place.dataset.noPhoto.replace("NAME", file.name));
        }
      }
      hold();
    }).finally(() => { working -= 1; });
  });

  // Sent while a picture is still being shrunk: wait for it, then send.
  if (input.form) {
    input.form.addEventListener("submit", (event) => {
      if (!working) return;
      event.preventDefault();
      const pressed = event.submitter;
      busy.then(() => { input.form.requestSubmit(pressed || undefined); });
    });
  }
}

for (const place of document.querySelectorAll("[data-photos]")) begin(place);
document.addEventListener("htmx:load", (event) => {
  for (const place of event.detail.elt.querySelectorAll("[data-photos]")) begin(place);
});
