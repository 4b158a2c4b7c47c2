// Our own borders on a map, loaded on a tap: Leaflet from our own server, no tiles from anybody.
// The point is degrees of CGCS2000, which a phone's WGS 84 equals to within a metre.

let library = null;

function load(script, stylesheet) {
  library = library || new Promise((done, failed) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = stylesheet;
    document.head.append(sheet);
    const code = document.createElement("script");
    code.src = script;
    code.onload = () => done(window.L);
    code.onerror = () => { library = null; failed(new Error("map library")); };
    document.head.append(code);
  });
  return library;
}

const PIN = '<svg class="icon" viewBox="0 0 24 24"><path d="M12 22.5s7.5-6.5 7.5-12.5a7.5 7.5 0 0 0-15 0c0 6 7.5 12.5 7.5 12.5z"/><circle cx="12" cy="10" r="2.5" fill="#fff" stroke="none"/></svg>';

function begin(panel) {
  if (panel.dataset.begun) return;
  panel.dataset.begun = "yes";
  const find = (name) => panel.querySelector(`[data-map-${name}]`);
  const canvas = find("canvas");
  const words = find("words");
  const openButton = find("open");
  const locateButton = find("locate");
  const choosing = "choose" in panel.dataset;
  let map = null;
  let pin = null;
  let point = panel.dataset.longitude
    ? [Number(panel.dataset.latitude), Number(panel.dataset.longitude)] : null;

  const say = (text) => { words.textContent = text; words.hidden = !text; };

  function mark(fly) {
    if (!map || !point) return;
    if (!pin) {
      const drawing = window.L.divIcon({ className: "map-pin", html: PIN, iconSize: [36, 36], iconAnchor: [18, 34] });
      pin = window.L.marker(point, { icon: drawing, keyboard: false, interactive: false }).addTo(map);
    }
    pin.setLatLng(point);
    if (fly) map.setView(point, Math.max(map.getZoom(), 17), { animate: false });
  }

  function choose(latitude, longitude, fly) {
    point = [latitude, longitude];
    const east = find("longitude");
    const north = find("latitude");
    if (east && north) {
      east.value = longitude.toFixed(6);
      north.value = latitude.toFixed(6);
      north.dispatchEvent(new Event("change", { bubbles: true }));
    }
    panel.dispatchEvent(new CustomEvent("map-chosen", { bubbles: true, detail: { longitude, latitude } }));
    mark(fly);
  }

  // A name that would run into another stays away until there is room: letters may be large.
  function thin() {
    const kept = [];
    for (const name of canvas.querySelectorAll(".map-label, .map-road-name")) {
      name.classList.remove("crowded");
      const box = name.getBoundingClientRect();
      if (!box.width) continue;
      const meets = kept.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
      name.classList.toggle("crowded", meets);
      if (!meets) kept.push(box);
    }
  }

  async function open() {
    openButton.setAttribute("aria-busy", "true");
    try {
      // The map is of use without its roads; not without its borders.
      const [L, answer, roads] = await Promise.all([
        load(panel.dataset.script, panel.dataset.stylesheet),
        fetch(panel.dataset.borders, { credentials: "same-origin" }),
        panel.dataset.roads ? fetch(panel.dataset.roads, { credentials: "same-origin" })
          .then((found) => (found.ok ? found.json() : null)).catch(() => null) : null,
      ]);
      if (!answer.ok) throw new Error("borders");
      const borders = await answer.json();
      canvas.hidden = false;
      map = L.map(canvas, { attributionControl: false, zoomSnap: 0.5, maxZoom: 20 });
      canvas.setAttribute("aria-label", panel.dataset.label);
      const layer = L.geoJSON(borders, {
        style: (feature) => ({
          className: `map-border${feature.properties.current ? " current" : ""}`,
        }),
        interactive: false,
        pointToLayer: (feature, place) => L.circleMarker(place, { radius: 6, className: "map-border" }),
        onEachFeature: (feature, shape) => {
          if (feature.properties.name) {
            shape.bindTooltip(feature.properties.name, { permanent: true, direction: "center", className: "map-label" });
          }
        },
      }).addTo(map);
      if (roads) {
        L.geoJSON(roads, {
          style: { className: "map-road" },
          interactive: false,
          onEachFeature: (feature, line) => {
            const className = `map-road-name${feature.properties.long ? " long" : ""}`;
            line.bindTooltip(feature.properties.name, { permanent: true, direction: "center", className });
          },
        }).addTo(map);
      }
      layer.eachLayer((shape) => { if (shape.feature.properties.current && shape.bringToFront) shape.bringToFront(); });
      const bounds = layer.getBounds();
      if (point) map.setView(point, 17);
      else if (bounds.isValid()) map.fitBounds(bounds, { padding: [12, 12] });
      else map.setView([30.65, 104.08], 14);
      // Labels of small areas would cover each other: shown only where there is room.
      const labels = () => {
        const zoom = map.getZoom();
        canvas.classList.toggle("map-far", zoom < map.getBoundsZoom(bounds) + 0.5 && layer.getLayers().length > 24);
        canvas.classList.toggle("map-roads-long", zoom >= 14);
        canvas.classList.toggle("map-roads-all", zoom >= 16);
        thin();
      };
      map.on("zoomend", labels);
      labels();
      if (choosing) map.on("click", (event) => { choose(event.latlng.lat, event.latlng.lng); say(""); });
      mark();
      openButton.hidden = true;
      if (!choosing) find("tools").hidden = true;
    } catch {
      say(panel.dataset.failed);
    } finally {
      openButton.removeAttribute("aria-busy");
    }
  }

  openButton.addEventListener("click", open);
  if (locateButton) {
    locateButton.hidden = !navigator.geolocation;
    locateButton.addEventListener("click", () => {
      locateButton.setAttribute("aria-busy", "true");
      navigator.geolocation.getCurrentPosition(
        (place) => {
          locateButton.removeAttribute("aria-busy");
          choose(place.coords.latitude, place.coords.longitude, true);
          say(panel.dataset.here);
        },
        () => {
          locateButton.removeAttribute("aria-busy");
          say(panel.dataset.denied);
        },
        { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
      );
    });
  }
  find("tools").hidden = false;
  if ("open" in panel.dataset) open();
}

function beginAll(root) {
  for (const panel of root.querySelectorAll("[data-map]")) begin(panel);
}
document.addEventListener("htmx:load", (event) => beginAll(event.detail.elt));
beginAll(document);
