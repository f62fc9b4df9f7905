/**
 * <select data-choose>: a box to type in instead of a long list. Options may carry further words in data-words.
 *
 * The select stays in the form and keeps the value; the box only chooses in it. With `multiple`, what is chosen stands
 * as chips before the box. Keys: arrows, Enter, Escape; Backspace in the empty box takes the last chip away.
 */
const MOST_SHOWN = 60;
let nth = 0;

export function choosers(root: ParentNode = document): void {
  for (const select of root.querySelectorAll<HTMLSelectElement>("select[data-choose]:not([data-chooser])")) dress(select);
}

function dress(select: HTMLSelectElement): void {
  select.dataset.chooser = "";
  const list = document.createElement("ul");
  list.id = `choose-${++nth}`;
  list.className = "choose-list";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  const box = document.createElement("input");
  box.type = "text";
  box.autocomplete = "off";
  box.dataset.noDraft = "";
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-autocomplete", "list");
  const label = select.id ? document.querySelector<HTMLLabelElement>(`label[for="${CSS.escape(select.id)}"]`) : null;
  if (label) {
    label.htmlFor = box.id = `${select.id}-box`;
    box.setAttribute("aria-label", label.textContent?.trim() ?? "");
  }
  const chips = document.createElement("span");
  chips.className = "choose-chips";
  const frame = document.createElement("div");
  frame.className = "choose";
  frame.append(chips, box, list);
  select.after(frame);
  select.hidden = true;
  new Chooser(select, box, list, chips);
}

class Chooser {
  private at = -1;

  constructor(
    private readonly select: HTMLSelectElement,
    private readonly box: HTMLInputElement,
    private readonly list: HTMLUListElement,
    private readonly chips: HTMLElement,
  ) {
    box.addEventListener("input", () => this.open());
    box.addEventListener("focus", () => {
      box.select();
      this.open(true);
    });
    box.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    box.addEventListener("keydown", (event) => this.key(event));
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.take((event.target as Element).closest<HTMLElement>("[data-value]"));
    });
    chips.addEventListener("click", (event) => this.drop((event.target as Element).closest<HTMLElement>("[data-value]")));
    select.addEventListener("change", () => this.show());
    // A draft that is put back tells the form only.
    select.form?.addEventListener("change", (event) => event.target === select.form && this.show());
    this.show();
  }

  /** What is chosen, as it stands in the select. */
  private show(): void {
    const chosen = [...this.select.selectedOptions].filter((option) => option.value !== "");
    if (!this.select.multiple) {
      this.box.value = chosen[0]?.text.trim() ?? "";
      return;
    }
    this.chips.replaceChildren(...chosen.map((option) => chip(option)));
  }

  private open(all = false): void {
    const asked = all && !this.select.multiple ? "" : this.box.value.trim().toLowerCase();
    const options = [...this.select.options].filter((option) => option.value !== "" && fits(option, asked));
    this.at = options.length > 0 && asked !== "" ? 0 : -1;
    this.list.replaceChildren(...options.slice(0, MOST_SHOWN).map((option, index) => this.row(option, index)));
    this.list.hidden = options.length === 0;
    this.box.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  private row(option: HTMLOptionElement, index: number): HTMLLIElement {
    const row = document.createElement("li");
    row.dataset.value = option.value;
    row.id = `${this.list.id}-${index}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(option.selected));
    row.classList.toggle("at", index === this.at);
    row.textContent = option.text.trim();
    const group = option.parentElement;
    if (group instanceof HTMLOptGroupElement) {
      const small = document.createElement("small");
      small.textContent = group.label;
      row.append(" ", small);
    }
    return row;
  }

  private key(event: KeyboardEvent): void {
    const rows = this.list.hidden ? [] : [...this.list.children];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (rows.length === 0) this.open(true);
      else this.mark(rows, Math.max(0, Math.min(rows.length - 1, this.at + (event.key === "ArrowDown" ? 1 : -1))));
    } else if (event.key === "Enter" && rows.length > 0 && this.at >= 0) this.take(rows[this.at] as HTMLElement);
    else if (event.key === "Escape" && rows.length > 0) this.close();
    else if (event.key === "Backspace" && this.box.value === "" && this.select.multiple) this.drop(this.chips.lastElementChild as HTMLElement);
    else return;
    event.preventDefault();
  }

  private mark(rows: Element[], at: number): void {
    rows[this.at]?.classList.remove("at");
    this.at = at;
    rows[at]?.classList.add("at");
    rows[at]?.scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", rows[at]?.id ?? "");
  }

  private take(row: HTMLElement | null): void {
    if (!row) return;
    this.choose(row.dataset.value ?? "", true);
    if (this.select.multiple) this.box.value = "";
    this.list.hidden = true;
  }

  private drop(chosen: HTMLElement | null): void {
    if (chosen?.dataset.value) this.choose(chosen.dataset.value, false);
  }

  private choose(value: string, on: boolean): void {
    for (const option of this.select.options) {
      if (option.value === value) option.selected = on;
    }
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Words that were typed but not chosen go; an emptied box empties the choice. */
  private close(): void {
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    if (this.select.multiple) this.box.value = "";
    else if (this.box.value.trim() === "" && this.select.value !== "") {
      this.select.value = "";
      this.select.dispatchEvent(new Event("change", { bubbles: true }));
    } else this.show();
  }
}

function chip(option: HTMLOptionElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip";
  button.dataset.value = option.value;
  button.textContent = `${option.text.trim()} ×`;
  return button;
}

/** Every word asked for stands in the option's text or in its further words. */
function fits(option: HTMLOptionElement, asked: string): boolean {
  const text = `${option.text} ${option.dataset.words ?? ""}`.toLowerCase();
  return asked.split(/\s+/).every((word) => text.includes(word));
}
