/** Who is signed in on this page, as base.html says it; "" for nobody. */
export function person(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="person"]')?.content ?? "";
}

/** The worker drops what it kept of other people's pages as soon as somebody else, or nobody, is signed in. */
export function tellWorkerWhoIsHere(): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.controller?.postMessage({ type: "person", person: person() });
}
