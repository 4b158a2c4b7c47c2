{% load shell %}// Without a net the browser shows a page of ours instead of its own; see faces/shell/offline.py.
const HELD = "gezhi-offline-1";
const PAGE = "{% url 'shell:offline' %}";
const STYLE = "{% static 'shell/shell.css' %}";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(HELD)
      .then((held) => held.addAll([PAGE, STYLE].map((address) => new Request(address, { credentials: "omit", cache: "reload" }))))
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
    event.respondWith(fetch(request).catch(() => caches.match(PAGE)));
  } else if (new URL(request.url).pathname === new URL(STYLE, self.location).pathname) {
    event.respondWith(fetch(request).catch(() => caches.match(STYLE)));
  }
});
