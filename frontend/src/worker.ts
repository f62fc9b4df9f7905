/// <reference lib="webworker" />
/**
 * The service worker of the phone pages: reads from the network first, and without one from what was seen last.
 *
 * Only pages under /desk/field and what they load are kept, at most PAGES of them, and only for the person who saw them: the
 * store is emptied when somebody else, or nobody, is signed in. Entries waiting to be sent are not here but in outbox.ts.
 */
declare const self: ServiceWorkerGlobalScope;
export {};

const FILES = "files-1";
const SEEN = "seen-1";
const PAGES = 40;
const PATIENCE = 8_000;
const fromStore = new Map<string, number>();

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== FILES && name !== SEEN) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (keepable(url, request)) event.respondWith(page(request));
});

function keepable(url: URL, request: Request): boolean {
  if (url.pathname.startsWith("/desk/field")) return true;
  // A photo, a list of pins or a boundary that a kept page shows.
  return request.mode !== "navigate" && new URL(request.referrer || self.location.href).pathname.startsWith("/desk/field");
}

/** Built files have a digest in their names: what is kept is right for ever. */
async function file(request: Request): Promise<Response> {
  const store = await caches.open(FILES);
  const kept = await store.match(request);
  const hashed = /-[\w-]{8}\.\w+$/.test(new URL(request.url).pathname);
  if (kept && hashed) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) await store.put(request, answer.clone());
    return answer;
  } catch (unreachable) {
    if (kept) return kept;
    throw unreachable;
  }
}

async function page(request: Request): Promise<Response> {
  const store = await caches.open(SEEN);
  try {
    const answer = await timely(request);
    if (answer.ok && !answer.redirected && answer.type === "basic") await keep(store, request, answer.clone());
    fromStore.delete(request.url);
    return answer;
  } catch (unreachable) {
    const kept = await store.match(request, { ignoreVary: true });
    if (!kept) throw unreachable;
    fromStore.set(request.url, Date.parse(kept.headers.get("X-Kept") ?? ""));
    return kept;
  }
}

async function timely(request: Request): Promise<Response> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE);
  try {
    return await fetch(request, { signal: limit.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function keep(store: Cache, request: Request, answer: Response): Promise<void> {
  const headers = new Headers(answer.headers);
  headers.set("X-Kept", new Date().toUTCString());
  await store.put(request, new Response(await answer.blob(), { status: answer.status, headers }));
  const kept = (await store.keys()).filter((one) => new URL(one.url).pathname !== "/whose");
  for (const oldest of kept.slice(0, Math.max(0, kept.length - PAGES))) await store.delete(oldest);
}

self.addEventListener("message", (event) => {
  const told = event.data as { type: string; person?: string; url?: string };
  if (told.type === "person") event.waitUntil(belongTo(told.person ?? ""));
  if (told.type === "how-old") {
    const at = fromStore.get((told.url ?? "").split("#")[0]!);
    if (at) event.source?.postMessage({ type: "from-store", at });
  }
});

/** Whose pages are kept is itself kept beside them: the browser may stop this worker at any moment. */
async function belongTo(person: string): Promise<void> {
  const store = await caches.open(SEEN);
  const before = await (await store.match("/whose"))?.text();
  if (before === person) return;
  if (before !== undefined) await caches.delete(SEEN);
  await (await caches.open(SEEN)).put("/whose", new Response(person));
}
