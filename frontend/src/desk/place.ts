/**
 * [data-place]: an address with suggestions of our own gazetteer, bound to the pin and the area.
 *
 * Choosing a suggestion sets the pin; moving the pin says in which areas it lies. All fields stay usable by hand.
 */
interface Found {
  name: string;
  label: string;
  path: string | null;
  lat: number | null;
  lng: number | null;
}

const PAUSE = 300;

export function placeFields(root: ParentNode = document): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-place]:not([data-bound])")) bind(place);
}

function bind(place: HTMLElement): void {
  place.dataset.bound = "";
  const address = place.querySelector<HTMLInputElement>("[data-place-address]")!;
  const list = place.querySelector<HTMLUListElement>("[data-place-found]")!;
  const label = place.querySelector<HTMLElement>("[data-place-label]")!;
  const area = place.querySelector<HTMLSelectElement>("[data-place-area]")!;
  const lat = place.querySelector<HTMLInputElement>('[name$="-lat"]')!;
  const lng = place.querySelector<HTMLInputElement>('[name$="-lng"]')!;
  let waiting = 0;

  const set = (field: HTMLInputElement | HTMLSelectElement, value: string): void => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const take = (found: Found): void => {
    address.value = found.name;
    set(lat, found.lat === null ? "" : String(found.lat));
    set(lng, found.lng === null ? "" : String(found.lng));
    if (found.path && [...area.options].some((option) => option.value === found.path)) area.value = found.path;
    label.textContent = found.label;
    list.hidden = true;
    address.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const suggest = async (): Promise<void> => {
    const asked = address.value.trim();
    if (asked.length < 2) return void (list.hidden = true);
    const answer = await fetch(`${place.dataset.find}?q=${encodeURIComponent(asked)}`).catch(() => null);
    if (!answer?.ok || address.value.trim() !== asked) return;
    const { results } = (await answer.json()) as { results: Found[] };
    list.replaceChildren(...results.map((found) => row(found, take)));
    list.hidden = results.length === 0;
  };

  const whereIsPin = async (): Promise<void> => {
    if (!lat.value || !lng.value) return;
    const answer = await fetch(`${place.dataset.at}?lat=${lat.value}&lng=${lng.value}`).catch(() => null);
    const said = (await answer?.json().catch(() => null)) as { label?: string; message?: string } | null;
    label.textContent = said?.label ?? said?.message ?? "";
  };

  address.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void suggest(), PAUSE);
  });
  address.addEventListener("blur", () => setTimeout(() => (list.hidden = true), 150));
  address.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !list.hidden) {
      event.preventDefault();
      list.querySelector<HTMLElement>("button")?.focus();
    }
  });
  for (const field of [lat, lng]) field.addEventListener("change", () => void whereIsPin());
}

function row(found: Found, take: (found: Found) => void): HTMLLIElement {
  const button = document.createElement("button");
  button.type = "button";
  const name = document.createElement("strong");
  const label = document.createElement("small");
  name.textContent = found.name;
  label.textContent = found.label;
  button.append(name, " ", label);
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => take(found));
  const item = document.createElement("li");
  item.append(button);
  return item;
}
