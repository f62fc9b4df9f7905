/** Starts the service worker (worker.ts) for the phone pages, and says how old a page from its store is. */
import { clockTime } from "./words";

export function startWorker(): void {
  const address = document.body.dataset.worker;
  if (!address || !("serviceWorker" in navigator)) return;
  void navigator.serviceWorker.register(address, { scope: "/" }).catch(() => undefined);
  navigator.serviceWorker.addEventListener("message", (event) => {
    const told = event.data as { type?: string; at?: number };
    if (told.type === "from-store") showAge(told.at ?? 0);
  });
  // The worker cannot know when this script listens; so the page asks whether it came from the store.
  navigator.serviceWorker.controller?.postMessage({ type: "how-old", url: location.href });
  void navigator.serviceWorker.ready.then(keepAhead);
  window.addEventListener("online", () => {
    const mark = document.querySelector<HTMLElement>("#offline-mark");
    if (mark) mark.hidden = true;
  });
}

const MOST_KEPT_AHEAD = 25;

/** Links with data-keep are fetched now, one by one, so that the worker has them when the network is away. */
async function keepAhead(): Promise<void> {
  if (!navigator.onLine || !navigator.serviceWorker.controller) return;
  const links = [...document.querySelectorAll<HTMLAnchorElement>("a[data-keep]")].slice(0, MOST_KEPT_AHEAD);
  for (const { href } of links) {
    // An address carries the version of what it shows: what is kept already is right.
    if (href.includes("v=") && (await caches.match(href, { ignoreVary: true }))) continue;
    const answer = await fetch(href).catch(() => null);
    if (!answer) return;
  }
}

function showAge(at: number): void {
  const mark = document.querySelector<HTMLElement>("#offline-mark");
  if (!mark) return;
  mark.textContent = (mark.dataset.text ?? "").replace("{time}", clockTime(at));
  mark.hidden = false;
}
