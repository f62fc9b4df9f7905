/**
 * Working lists by keyboard and in bulk.
 *
 *   <table class="list" data-keys>   j/k or arrow keys move, Enter opens the row's first link, x ticks its box
 *   <input type="checkbox" data-check-all>   ticks every [name=chosen] of the same form
 *   <div class="bulk-bar" data-bulk hidden>   appears while something is ticked; [data-bulk-count] shows how many
 *   <button data-key="y">   is pressed by that key, <button data-alt-key="1"> by Alt and it, while one types too
 *   <kbd>/</kbd> goes to the search box ([data-search]); ? opens #keys-dialog
 */
export function bulkSelection(): void {
  document.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (box.matches("[data-check-all]")) for (const one of boxesOf(box.form)) one.checked = box.checked;
    if (box.matches('[data-check-all], input[type="checkbox"][name="chosen"]')) showBulkBar(box.form);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(showBulkBar));
  document.addEventListener("htmx:after:swap", () => document.querySelectorAll("form").forEach(showBulkBar));
}

function boxesOf(form: HTMLFormElement | null): HTMLInputElement[] {
  if (!form) return [];
  return [...form.elements].filter(
    (field): field is HTMLInputElement => field instanceof HTMLInputElement && field.type === "checkbox" && field.name === "chosen",
  );
}

function showBulkBar(form: HTMLFormElement | null): void {
  const bar = form?.querySelector<HTMLElement>("[data-bulk]");
  if (!form || !bar) return;
  const boxes = boxesOf(form);
  const ticked = boxes.filter((box) => box.checked).length;
  bar.hidden = ticked === 0;
  for (const count of bar.querySelectorAll("[data-bulk-count]")) count.textContent = String(ticked);
  const all = form.querySelector<HTMLInputElement>("[data-check-all]");
  if (!all) return;
  all.checked = ticked > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}

export function listKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.altKey && press(withAltKey(event))) return event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const act = keys[event.key] ?? (() => press(withKey(event.key)));
    if (act()) event.preventDefault();
  });
}

function typing(target: EventTarget | null): boolean {
  return target instanceof Element && (target.closest("input:not([type=checkbox]), textarea, select, dialog[open]") !== null);
}

const keys: Record<string, () => boolean> = {
  j: () => move(1),
  ArrowDown: () => document.querySelector("table[data-keys] tr.current") !== null && move(1),
  k: () => move(-1),
  ArrowUp: () => document.querySelector("table[data-keys] tr.current") !== null && move(-1),
  Enter: () => document.activeElement?.matches("a, button, summary") !== true && press(currentRow()?.querySelector("a")),
  x: () => press(currentRow()?.querySelector<HTMLElement>('input[type="checkbox"]')),
  "/": () => focusOn(document.querySelector("[data-search]")),
  "?": () => press(document.querySelector<HTMLElement>('[data-dialog="#keys-dialog"]')),
};

function withKey(key: string): HTMLElement | null {
  return /^[a-z]$/.test(key) ? document.querySelector(`[data-key="${key}"]`) : null;
}

function withAltKey(event: KeyboardEvent): HTMLElement | null {
  // Not event.key: with Alt some keyboards make another sign of it.
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  return digit ? document.querySelector(`[data-alt-key="${digit}"]`) : null;
}

function currentRow(): HTMLTableRowElement | null {
  return document.querySelector("table[data-keys] tbody tr.current");
}

function move(by: number): boolean {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>("table[data-keys] tbody tr")];
  if (rows.length === 0) return false;
  const at = rows.findIndex((row) => row.classList.contains("current"));
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))]!;
  rows[at]?.classList.remove("current");
  next.classList.add("current");
  focusOn(next.querySelector("a"));
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function press(element: HTMLElement | null | undefined): boolean {
  element?.click();
  return element != null;
}

function focusOn(element: HTMLElement | null): boolean {
  element?.focus();
  return element !== null;
}
