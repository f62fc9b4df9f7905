/**
 * <rixin-map>: areas, places and pins from our own server; no outside tiles (docs/developers/pages.md, "Map").
 *
 * The map is never the only way: the two inputs of a position and the list of the same matters stay on the page. So where a
 * browser has no WebGL the element says so and leaves them to work.
 */
import "maplibre-gl/dist/maplibre-gl.css";
import "./styles/map.css";
import {
  GeoJSONSource,
  LngLat,
  LngLatBounds,
  Map as MapView,
  Marker,
  NavigationControl,
  Popup,
  ScaleControl,
  setWorkerUrl,
  type MapGeoJSONFeature,
  type StyleSpecification,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { words } from "./words";

setWorkerUrl(workerUrl);

type Collection = GeoJSON.FeatureCollection;
const EMPTY: Collection = { type: "FeatureCollection", features: [] };
const TONES: Record<string, string> = { open: "#1c4f94", warn: "#b26a00", late: "#a4161f", done: "#1b6a3a", info: "#0b5a68" };
/** Dots differ in size and in being filled or hollow, not by colour alone. */
const DOTS: Record<string, { color: string; radius: number; hollow: boolean }> = {
  near: { color: "#1b6a3a", radius: 4, hollow: false },
  middle: { color: "#0b5a68", radius: 5.5, hollow: false },
  edge: { color: "#b26a00", radius: 7, hollow: false },
  beyond: { color: "#a4161f", radius: 7, hollow: true },
  off: { color: "#4b5f66", radius: 4, hollow: true },
  won: { color: "#1c4f94", radius: 9, hollow: true },
};
const DEFAULT_CENTER = new LngLat(120.11, 30.28);

function dotted<T extends string | number>(said: (dot: (typeof DOTS)[string]) => T, otherwise: T): never {
  return ["match", ["get", "dot"], ...Object.entries(DOTS).flatMap(([name, dot]) => [name, said(dot)]), otherwise] as never;
}

const style: StyleSpecification = {
  version: 8,
  sources: Object.fromEntries(
    ["areas", "places", "dots"].map((name) => [name, { type: "geojson" as const, data: EMPTY }]).concat([
      ["pins", { type: "geojson" as const, data: EMPTY, cluster: true, clusterRadius: 44, clusterMaxZoom: 16, clusterProperties: { late: ["+", ["case", ["==", ["get", "tone"], "late"], 1, 0]] } }],
    ] as never),
  ),
  layers: [
    { id: "ground", type: "background", paint: { "background-color": "#eef3f2" } },
    {
      id: "areas-fill",
      type: "fill",
      source: "areas",
      paint: {
        "fill-color": ["case", ["to-boolean", ["get", "own"]], "#fff3d6", ["to-boolean", ["get", "strong"]], "#bcdde2", "#ffffff"],
        "fill-opacity": 0.75,
      },
    },
    {
      id: "green",
      type: "fill",
      source: "places",
      filter: ["all", ["==", ["geometry-type"], "Polygon"], ["!=", ["get", "kind"], "water"]],
      paint: { "fill-color": ["match", ["get", "kind"], "building", "#dcd8cf", "#d7ead2"] },
    },
    { id: "water-fill", type: "fill", source: "places", filter: ["all", ["==", ["geometry-type"], "Polygon"], ["==", ["get", "kind"], "water"]], paint: { "fill-color": "#bfdcec" } },
    {
      id: "lines",
      type: "line",
      source: "places",
      filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": ["match", ["get", "kind"], "water", "#a5cfe6", "#d3cdbf"], "line-width": ["interpolate", ["linear"], ["zoom"], 12, 1.5, 17, 9] },
    },
    { id: "areas-line", type: "line", source: "areas", paint: { "line-color": "#3d7f8b", "line-width": ["case", ["to-boolean", ["get", "strong"]], 2.5, 1.2] } },
    {
      id: "dots",
      type: "circle",
      source: "dots",
      paint: {
        "circle-color": dotted(({ color, hollow }) => (hollow ? "#ffffff" : color), "#4b5f66"),
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, dotted(({ radius }) => radius * 0.6, 2.5), 15, dotted(({ radius }) => radius, 4)],
        "circle-stroke-color": dotted(({ color, hollow }) => (hollow ? color : "#ffffff"), "#ffffff"),
        "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 12, dotted(({ hollow }) => (hollow ? 1.6 : 0.6), 0.6), 15, dotted(({ hollow }) => (hollow ? 3 : 1), 1)],
      },
    },
    {
      id: "clusters",
      type: "circle",
      source: "pins",
      filter: ["has", "point_count"],
      paint: { "circle-color": ["case", [">", ["get", "late"], 0], TONES.late!, "#0b5a68"], "circle-stroke-color": "#fff", "circle-stroke-width": 2, "circle-radius": ["step", ["get", "point_count"], 14, 10, 18, 100, 24] },
    },
    {
      id: "points",
      type: "circle",
      source: "pins",
      filter: ["!", ["has", "point_count"]],
      paint: { "circle-color": ["match", ["get", "tone"], ...Object.entries(TONES).flat(), "#4b5f66"] as never, "circle-radius": 8, "circle-stroke-color": "#fff", "circle-stroke-width": 2 },
    },
  ],
};

async function collection(url: string): Promise<Collection> {
  const answer = await fetch(url, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return (await answer.json()) as Collection;
}

function extent(data: Collection): LngLatBounds {
  const bounds = new LngLatBounds();
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === "number") bounds.extend([part[0], part[1] as number]);
    else part.forEach(walk);
  };
  for (const { geometry } of data.features) if (geometry && "coordinates" in geometry) walk(geometry.coordinates);
  return bounds;
}

/** Names are drawn as HTML, since glyphs for Chinese would have to come from a font server. */
function nameMarks(data: Collection): Marker[] {
  return data.features.flatMap((feature) => {
    const name = feature.properties?.name as string | undefined;
    const box = extent({ ...EMPTY, features: [feature] });
    if (!name || box.isEmpty()) return [];
    const label = document.createElement("span");
    label.className = "map-area-name";
    label.textContent = name;
    const width = box.getEast() - box.getWest();
    label.dataset.width = String(width);
    const own = feature.properties?.center as [number, number] | undefined;
    return [new Marker({ element: label }).setLngLat(own ?? box.getCenter())];
  });
}

/** A name that would lie over a pin moves above it. */
function besidePins(map: MapView, mark: Marker): void {
  const label = mark.getElement();
  const { x, y } = map.project(mark.getLngLat());
  const half = label.offsetWidth / 2;
  const hidden = map.queryRenderedFeatures([[x - half, y - 12], [x + half, y + 12]], { layers: ["points", "clusters"] });
  mark.setOffset([0, hidden.length ? -26 : 0]);
}

class RixinMap extends HTMLElement {
  map?: MapView;
  private status!: HTMLElement;

  connectedCallback(): void {
    if (this.map) return;
    this.status = this.querySelector(".map-status") ?? this.appendChild(document.createElement("p"));
    this.status.classList.add("map-status");
    this.status.setAttribute("role", "status");
    const canvas = document.createElement("div");
    canvas.className = "map-canvas";
    this.prepend(canvas);
    try {
      this.map = this.begin(canvas);
    } catch {
      this.giveUp(canvas);
      return;
    }
    void this.fill(this.map);
  }

  disconnectedCallback(): void {
    this.map?.remove();
    this.map = undefined;
  }

  private begin(canvas: HTMLElement): MapView {
    const [lat, lng] = (this.getAttribute("center") ?? "").split(",").map(Number);
    const map = new MapView({
      container: canvas,
      style,
      center: lat && lng ? [lng, lat] : DEFAULT_CENTER,
      zoom: Number(this.getAttribute("zoom") ?? (lat && lng ? 16 : 13)),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      // On a phone one finger scrolls the page, two move the map; a pin-picker is moved with one.
      cooperativeGestures: !this.picking && matchMedia("(pointer: coarse)").matches,
      locale: {
        "NavigationControl.ZoomIn": words("map_zoom_in"),
        "NavigationControl.ZoomOut": words("map_zoom_out"),
        "CooperativeGesturesHandler.MobileHelpText": words("map_two_fingers"),
        "Map.Title": this.getAttribute("label") ?? words("map"),
        "Popup.Close": words("close"),
        "Marker.Title": words("map_pin"),
      },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new ScaleControl({ unit: "metric" }), "bottom-right");
    return map;
  }

  /** No WebGL: the inputs or the list beside the map do the work. */
  private giveUp(canvas: HTMLElement): void {
    canvas.remove();
    this.setAttribute("data-without", "");
    this.say(words(this.picking ? "map_without_pick" : "map_without"), true);
  }

  private get picking(): boolean {
    return this.hasAttribute("lat") && this.hasAttribute("lng");
  }

  private async fill(map: MapView): Promise<void> {
    const given = ["areas", "places", "dots", "pins"].filter((name) => this.getAttribute(name));
    const [answers] = await Promise.all([
      Promise.allSettled(given.map((name) => collection(this.getAttribute(name)!))),
      map.loaded() ? undefined : map.once("load"),
    ]);
    const bounds = new LngLatBounds();
    const own = new LngLatBounds();
    answers.forEach((answer, nth) => {
      const name = given[nth]!;
      if (answer.status === "rejected") return this.say(words("map_incomplete"), true);
      if (name === "areas") own.extend(this.markOwn(answer.value));
      (map.getSource(name) as GeoJSONSource).setData(answer.value);
      if (name === "areas") this.showNames(map, answer.value);
      if (name === "pins") this.countPins(answer.value.features.length);
      if (name !== "places") bounds.extend(extent(answer.value));
    });
    const shown = own.isEmpty() ? bounds : own;
    if (!this.hasAttribute("center") && !shown.isEmpty()) map.fitBounds(shown, { padding: 24, maxZoom: 17, animate: false });
    this.clusterNumbers(map);
    this.openPins(map);
    if (this.picking) this.pick(map);
    this.setAttribute("data-ready", "");
    this.dispatchEvent(new CustomEvent("ready"));
  }

  /** Marks the areas whose path begins with one of `within`; what they cover together. */
  private markOwn(areas: Collection): LngLatBounds {
    const paths = (this.getAttribute("within") ?? "").split(" ").filter(Boolean);
    const mine = areas.features.filter(({ properties }) => paths.some((path) => String(properties?.path ?? "").startsWith(path)));
    for (const area of mine) area.properties = { ...area.properties, own: true };
    return extent({ ...EMPTY, features: mine });
  }

  private countPins(n: number): void {
    this.say(n ? words("map_pins", { n }) : words("map_no_pins"), false);
  }

  /** A name shows when its area is wider on the screen than the name. */
  private showNames(map: MapView, areas: Collection): void {
    const marks = nameMarks(areas);
    marks.forEach((mark) => mark.addTo(map));
    const sift = (): void => {
      const perDegree = (512 * 2 ** map.getZoom()) / 360;
      for (const mark of marks) {
        const label = mark.getElement();
        label.style.visibility = Number(label.dataset.width) * perDegree > 14 * (label.textContent?.length ?? 0) + 8 ? "" : "hidden";
      }
    };
    map.on("zoom", sift);
    map.on("idle", () => marks.forEach((mark) => besidePins(map, mark)));
    sift();
  }

  private clusterNumbers(map: MapView): void {
    const shown = new Map<number, Marker>();
    map.on("render", () => {
      if (!this.getAttribute("pins") || !map.isSourceLoaded("pins")) return;
      const seen = new Set<number>();
      for (const { properties, geometry } of map.querySourceFeatures("pins", { filter: ["has", "point_count"] })) {
        const id = properties.cluster_id as number;
        seen.add(id);
        if (shown.has(id) || geometry.type !== "Point") continue;
        const number = document.createElement("span");
        number.className = properties.late ? "map-cluster late" : "map-cluster";
        number.textContent = String(properties.point_count_abbreviated);
        shown.set(id, new Marker({ element: number }).setLngLat(geometry.coordinates as [number, number]).addTo(map));
      }
      for (const [id, mark] of shown) {
        if (seen.has(id)) continue;
        mark.remove();
        shown.delete(id);
      }
    });
  }

  private openPins(map: MapView): void {
    map.on("click", "clusters", (event) => {
      const cluster = event.features?.[0];
      if (cluster) void this.zoomInto(map, cluster);
    });
    for (const layer of ["dots", "points"]) {
      map.on("click", layer, (event) => {
        const point = event.features?.[0];
        if (point?.geometry.type !== "Point") return;
        new Popup({ maxWidth: "18rem" }).setLngLat(point.geometry.coordinates as [number, number]).setDOMContent(told(point)).addTo(map);
      });
    }
    map.on("click", "areas-fill", (event) => {
      const href = event.features?.[0]?.properties.href as string | undefined;
      if (href && !this.picking && !map.queryRenderedFeatures(event.point, { layers: ["clusters", "points", "dots"] }).length) location.assign(href);
    });
    for (const layer of ["clusters", "points", "dots"]) {
      map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
      map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
    }
  }

  private async zoomInto(map: MapView, cluster: MapGeoJSONFeature): Promise<void> {
    if (cluster.geometry.type !== "Point") return;
    const zoom = await (map.getSource("pins") as GeoJSONSource).getClusterExpansionZoom(cluster.properties.cluster_id as number);
    map.easeTo({ center: cluster.geometry.coordinates as [number, number], zoom });
  }

  /** One pin, held in two inputs: dragged, put by a click, moved by arrow keys, or typed into the inputs. */
  private pick(map: MapView): void {
    const lat = document.getElementById(this.getAttribute("lat")!) as HTMLInputElement | null;
    const lng = document.getElementById(this.getAttribute("lng")!) as HTMLInputElement | null;
    if (!lat || !lng) return;
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "map-pin";
    handle.setAttribute("aria-label", words("map_pin_help"));
    handle.innerHTML =
      '<svg viewBox="0 0 32 42" aria-hidden="true"><path fill="currentColor" stroke="#fff" stroke-width="2" d="M16 41S2 26 2 15.5a14 14 0 0 1 28 0C30 26 16 41 16 41z"/><circle cx="16" cy="15" r="5" fill="#fff"/></svg>';
    const pin = new Marker({ element: handle, draggable: true, anchor: "bottom" });
    const put = (place: LngLat): void => {
      pin.setLngLat(place).addTo(map);
      lat.value = place.lat.toFixed(6);
      lng.value = place.lng.toFixed(6);
      this.say(words("map_picked"), false);
      for (const field of [lat, lng]) field.dispatchEvent(new CustomEvent("picked", { bubbles: true }));
    };
    const read = (): void => {
      const [y, x] = [Number.parseFloat(lat.value), Number.parseFloat(lng.value)];
      if (!Number.isFinite(y) || !Number.isFinite(x) || Math.abs(y) > 90 || Math.abs(x) > 180) return;
      pin.setLngLat([x, y]).addTo(map);
      this.say(words("map_picked"), false);
      if (!map.getBounds().contains([x, y])) map.jumpTo({ center: [x, y], zoom: Math.max(map.getZoom(), 16) });
    };
    map.on("click", (event) => put(event.lngLat));
    pin.on("dragend", () => put(pin.getLngLat()));
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-4, 0], ArrowRight: [4, 0], ArrowUp: [0, -4], ArrowDown: [0, 4] }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const at = map.project(pin.getLngLat());
      put(map.unproject([at.x + step[0]!, at.y + step[1]!]));
    });
    // Enter on the map itself puts the pin in its middle, so that no mouse is needed to begin.
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      put(map.getCenter());
      handle.focus();
    });
    for (const field of [lat, lng]) field.addEventListener("change", read);
    this.say(words("map_pick"), false);
    read();
  }

  private say(text: string, problem: boolean): void {
    this.status.textContent = text;
    this.status.classList.toggle("problem", problem);
  }
}

function told(feature: MapGeoJSONFeature): HTMLElement {
  const { title, href, note } = feature.properties as { title?: string; href?: string; note?: string };
  const box = document.createElement("div");
  const name = document.createElement(href ? "a" : "strong");
  name.textContent = title ?? "";
  // Only addresses of our own: properties come from the database.
  if (href?.startsWith("/")) name.setAttribute("href", href);
  box.append(name);
  if (note) box.append(Object.assign(document.createElement("p"), { textContent: note, className: "muted" }));
  return box;
}

customElements.define("rixin-map", RixinMap);
