/**
 * <form data-proposed="address">: while the words are typed, the kinds that they sound like are offered to be taken with one
 * tap. Without a network nothing is offered; the kind is then sorted by the words when the report arrives.
 */
interface Kind {
  code: string;
  name: string;
}

const PAUSE = 600;

export function kindsProposed(): void {
  let waiting = 0;
  document.addEventListener("input", (event) => {
    const words = event.target as HTMLTextAreaElement;
    const form = words.name === "text" ? words.form : null;
    if (!form?.dataset.proposed) return;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void propose(form, words), PAUSE);
  });
}

async function propose(form: HTMLFormElement, words: HTMLTextAreaElement): Promise<void> {
  const asked = words.value;
  const body = new FormData();
  body.append("text", asked);
  body.append("csrfmiddlewaretoken", form.querySelector<HTMLInputElement>('[name="csrfmiddlewaretoken"]')?.value ?? "");
  const answer = await fetch(form.dataset.proposed ?? "", { method: "POST", body }).catch(() => null);
  if (!answer?.ok || answer.redirected || words.value !== asked) return;
  const { types } = (await answer.json()) as { types: Kind[] };
  offer(form, types);
}

function offer(form: HTMLFormElement, kinds: Kind[]): void {
  const box = form.querySelector<HTMLElement>("[data-kinds]");
  const select = form.querySelector<HTMLSelectElement>('select[name="type"]');
  if (!box || !select) return;
  box.hidden = kinds.length === 0;
  box.replaceChildren(box.dataset.label ?? "", ...kinds.map((kind) => chip(kind, select)));
}

function chip(kind: Kind, select: HTMLSelectElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip";
  button.textContent = kind.name;
  button.setAttribute("aria-pressed", String(select.value === kind.code));
  button.addEventListener("click", () => {
    const taken = select.value === kind.code;
    select.value = taken ? "" : kind.code;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    for (const other of button.parentElement?.querySelectorAll("button") ?? []) other.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", String(!taken));
  });
  return button;
}
