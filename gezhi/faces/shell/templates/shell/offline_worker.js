{% load shell %}// Without a net the browser shows a page of ours instead of its own; see faces/shell/offline.py.
const HELD = "gezhi-offline-2";
const PAGE = "{% url 'shell:offline' %}";
// What was sent is told otherwise than what was only opened; staff read no English.
const page = (staff, sent) => `${PAGE}?of=${staff ? "staff" : "all"}&was=${sent ? "sent" : "opened"}`;
const PAGES = [page(false, false), page(false, true), page(true, false), page(true, true)];
const STYLE = "{% static 'shell/shell.css' %}";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(HELD)
      .then((held) => held.addAll([...PAGES, STYLE].map((address) => new Request(address, { credentials: "omit", cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== HELD).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.mode === "navigate") {
    const staff = new URL(request.url).pathname.startsWith("/pocket/");
    event.respondWith(fetch(request).catch(() => caches.match(page(staff, request.method === "POST"))));
  } else if (new URL(request.url).pathname === new URL(STYLE, self.location).pathname) {
    event.respondWith(fetch(request).catch(() => caches.match(STYLE)));
  }
});
