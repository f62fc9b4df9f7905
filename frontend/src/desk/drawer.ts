/**
 * <a data-drawer href>: opens the part of that page in a drawer at the side (<dialog id="drawer">), where the page has one.
 *
 * With a modifier key, with the middle button and without script, it stays a link to the page itself.
 */
export function drawers(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-drawer]");
    const drawer = document.querySelector<HTMLDialogElement>("#drawer");
    if (!link || !drawer || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.getAttribute("href")?.startsWith("#")) return;
    event.preventDefault();
    void open(drawer, link.href);
  });
}

async function open(drawer: HTMLDialogElement, address: string): Promise<void> {
  const content = drawer.querySelector<HTMLElement>("[data-drawer-content]")!;
  content.replaceChildren();
  content.ariaBusy = "true";
  if (!drawer.open) drawer.showModal();
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  content.ariaBusy = "false";
  if (answer?.ok && !answer.redirected) {
    // The server's own part of a page, with all texts escaped there.
    content.innerHTML = await answer.text();
    drawer.scrollTop = 0;
    return;
  }
  const link = document.createElement("a");
  link.href = link.textContent = address;
  content.append(`${drawer.dataset.failed ?? ""} `, link);
}
