/** The residents' forms: what the page can do without this, it does; this saves taps. Maps and sums load when asked for. */
const PAUSE = 700;

export function reportForms(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-report]").forEach((form) => {
    show(form.querySelector("[data-kind-search]"));
    show(form.querySelector("[data-where]"));
    kindSearch(form);
    questions(form);
    nearby(form);
    void challenge(form);
  });
  document.querySelectorAll<HTMLFormElement>("form[data-challenged]").forEach((form) => void challenge(form));
  document.querySelectorAll<HTMLElement>("[data-map-here]").forEach(show);
  document.querySelectorAll<HTMLFormElement>("form[data-locate-form]").forEach((form) => {
    show(form);
    form.addEventListener("change", () => form.requestSubmit());
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-open-map]");
    const template = button?.closest("[data-where], [data-map-here]")?.querySelector<HTMLTemplateElement>("template[data-map]");
    if (!button || !template) return;
    button.hidden = true;
    void import("./map").then(() => template.after(template.content.cloneNode(true)));
  });
}

function show(element: HTMLElement | null): void {
  element?.removeAttribute("hidden");
}

function later(act: () => void): () => void {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(act, PAUSE);
  };
}

/** The answer's HTML; null where the network or the server fails: the form works on without. */
async function part(address: string, body?: FormData): Promise<string | null> {
  try {
    const answer = await fetch(address, body ? { method: "POST", body } : {});
    return answer.status === 200 ? await answer.text() : null;
  } catch {
    return null;
  }
}

function kindSearch(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>("#kind-search");
  const found = form.querySelector<HTMLElement>("[data-kinds-found]");
  if (!field || !found) return;
  const search = later(async () => {
    const html = await part(`${form.dataset.kinds}?q=${encodeURIComponent(field.value)}`);
    if (html === null) return;
    const chosen = found.querySelector<HTMLInputElement>("input:checked")?.closest("label");
    found.innerHTML = html;
    // What was chosen stays chosen, also when the search goes on.
    if (chosen && !found.querySelector(`input[value="${chosen.querySelector("input")!.value}"]`)) found.prepend(chosen);
  });
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}

function questions(form: HTMLFormElement): void {
  const here = form.querySelector<HTMLElement>("[data-questions-here]");
  form.addEventListener("change", async (event) => {
    const radio = event.target as HTMLInputElement;
    if (radio.name !== "kind" || !here) return;
    const html = radio.dataset.asks === undefined ? "" : await part(`${form.dataset.questions}?kind=${encodeURIComponent(radio.value)}`);
    if (html !== null && radio.checked) here.innerHTML = html;
  });
}

function nearby(form: HTMLFormElement): void {
  const here = form.querySelector<HTMLElement>("[data-near-here]");
  if (!here) return;
  const field = (name: string): string => (form.elements.namedItem(name) as HTMLInputElement | null)?.value ?? "";
  const look = later(async () => {
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "text"]) body.set(name, field(name));
    body.set("kind", form.querySelector<HTMLInputElement>('[name="kind"]:checked')?.value ?? "");
    body.set("lat", field("lat") || (form.dataset.spotLat ?? ""));
    body.set("lng", field("lng") || (form.dataset.spotLng ?? ""));
    const html = await part(form.dataset.near!, body);
    if (html !== null && !here.contains(document.activeElement)) here.innerHTML = html;
  });
  for (const name of ["text", "lat", "lng"]) {
    (form.elements.namedItem(name) as HTMLElement | null)?.addEventListener(name === "text" ? "input" : "change", look);
  }
}

async function challenge(form: HTMLFormElement): Promise<void> {
  const given = form.querySelector("#challenge")?.textContent;
  const answer = form.querySelector<HTMLInputElement>('input[name="challenge"]');
  const status = form.querySelector<HTMLElement>("[data-challenge-status]");
  if (!given || !answer || !crypto.subtle) return;
  if (status) status.textContent = status.dataset.working ?? "";
  const { solution } = await import("./challenge");
  answer.value = await solution(JSON.parse(given));
  if (status) status.textContent = status.dataset.done ?? "";
}
