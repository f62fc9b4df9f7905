/**
 * [data-editor]: the text of a report, with what can be put into it beside.
 *
 *   <textarea data-marked>                the text; "{" and the first signs of a name offer figures
 *   data-insert-text, data-insert-line    put their value where the cursor stood, or on a line of its own
 *   data-replace, data-with, data-line    put another code in the place of one that there is not
 *   data-line                             leads to a line of the text
 *   data-take-all                         the proposed problems in place of the line that proposes them
 *   [data-figure-search]                  narrows the list of figures; Enter inserts the first
 *   [data-tab], [data-panel]              one panel at a time beside the text; on a phone the text is one of them
 */
const MOST_SUGGESTED = 8;
const OPEN_MARK = /\{([^{}\n]*)$/;

export function editors(): void {
  const editor = document.querySelector<HTMLElement>("[data-editor]");
  const text = editor?.querySelector<HTMLTextAreaElement>("textarea[data-marked]");
  if (!editor || !text) return;
  tabs(editor);
  alongside(editor, text);
  insertions(editor, text);
  search(editor, text);
  new Suggestions(editor, text, editor.querySelector<HTMLUListElement>(".figure-suggestions")!);
}

/** The preview shows about the place in the text that is on the screen. */
function alongside(editor: HTMLElement, text: HTMLTextAreaElement): void {
  const preview = editor.querySelector<HTMLElement>('[data-panel="preview"]');
  const share = (): number => text.scrollTop / Math.max(1, text.scrollHeight - text.clientHeight);
  text.addEventListener("scroll", () => {
    if (preview) preview.scrollTop = share() * (preview.scrollHeight - preview.clientHeight);
  });
}

function tabs(editor: HTMLElement): void {
  const buttons = [...editor.querySelectorAll<HTMLButtonElement>("[data-tab]")];
  const show = (name: string): void => {
    editor.dataset.shown = name;
    for (const button of buttons) {
      if (button.dataset.tab === name) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    for (const panel of editor.querySelectorAll<HTMLElement>("[data-panel]")) panel.classList.toggle("shown", panel.dataset.panel === name);
  };
  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.tab!));
  // A phone begins with the text, a desk with the preview beside it.
  show(window.matchMedia("(max-width: 63.99rem)").matches ? "text" : "preview");
}

/** As if it had been typed: undo, draft and preview all hear of it. */
function put(field: HTMLTextAreaElement, start: number, end: number, value: string): void {
  field.focus();
  field.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, value)) {
    field.setRangeText(value, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function putLine(field: HTMLTextAreaElement, value: string): void {
  const at = field.selectionEnd;
  const rest = field.value.slice(at);
  const end = at + (rest.indexOf("\n") < 0 ? rest.length : rest.indexOf("\n"));
  const line = field.value.slice(field.value.lastIndexOf("\n", end - 1) + 1, end);
  put(field, end, end, `${line.trim() === "" ? "" : "\n\n"}${value}`);
}

function spanOfLine(field: HTMLTextAreaElement, nth: number): [number, number] {
  const lines = field.value.split("\n");
  const start = lines.slice(0, nth - 1).reduce((sum, line) => sum + line.length + 1, 0);
  return [start, start + (lines[nth - 1]?.length ?? 0)];
}

function toLine(field: HTMLTextAreaElement, nth: number): void {
  const [start, end] = spanOfLine(field, nth);
  field.focus();
  field.setSelectionRange(start, end);
  field.scrollTop = Math.max(0, (field.scrollHeight * (nth - 3)) / Math.max(1, field.value.split("\n").length));
}

function insertions(editor: HTMLElement, text: HTMLTextAreaElement): void {
  editor.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button");
    if (!button) return;
    const { insertText, insertLine, replace, line } = button.dataset;
    if (insertText !== undefined) put(text, text.selectionStart, text.selectionEnd, insertText);
    else if (insertLine !== undefined) putLine(text, insertLine);
    else if (button.dataset.takeAll !== undefined) takeAll(editor, text);
    else if (replace !== undefined) mend(text, Number(line), replace, button.dataset.with ?? "");
    else if (line !== undefined) toLine(text, Number(line));
    else return;
    button.classList.add("taken");
  });
}

/** In a mark only the code is another one; what follows it stays. */
function mend(text: HTMLTextAreaElement, line: number, wrong: string, code: string): void {
  const [start, end] = spanOfLine(text, line);
  const at = text.value.slice(start, end).indexOf(wrong);
  if (at < 0) return toLine(text, line);
  const whole = wrong.startsWith("{");
  put(text, start + at, start + at + wrong.length, whole ? `{${code}}` : code);
}

function takeAll(editor: HTMLElement, text: HTMLTextAreaElement): void {
  const lines = [...editor.querySelectorAll<HTMLButtonElement>(".proposals [data-insert-line]")].map((button) => button.dataset.insertLine!);
  const found = /^\[problems[^\]\n]*\][^\S\n]*$/m.exec(text.value);
  if (found) put(text, found.index, found.index + found[0].length, lines.join("\n"));
  else putLine(text, lines.join("\n"));
}

interface Offer {
  button: HTMLButtonElement;
  name: string;
  words: string;
}

/** The figures that the server listed, once they are there. */
function offers(editor: HTMLElement): Offer[] {
  return [...editor.querySelectorAll<HTMLElement>("[data-figure-list] li[data-words]")].map((item) => {
    const button = item.querySelector<HTMLButtonElement>(".offer")!;
    return { button, name: button.querySelector(".name")!.textContent!, words: item.dataset.words! };
  });
}

const fits = (offer: Offer, asked: string): boolean => asked.toLowerCase().split(/\s+/).every((word) => offer.words.includes(word));

function search(editor: HTMLElement, text: HTMLTextAreaElement): void {
  const narrow = (box: HTMLInputElement): void => {
    let any = false;
    for (const offer of offers(editor)) {
      const shown = fits(offer, box.value.trim());
      offer.button.closest("li")!.hidden = !shown;
      any ||= shown;
    }
    for (const group of editor.querySelectorAll<HTMLElement>("[data-group]")) group.hidden = !group.querySelector("li:not([hidden])");
    editor.querySelector<HTMLElement>("[data-none]")!.hidden = any;
  };
  const visible = (): HTMLButtonElement[] => offers(editor).map((offer) => offer.button).filter((button) => !button.closest("li")!.hidden);
  editor.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.matches("[data-figure-search]")) narrow(event.target);
  });
  editor.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.isComposing) return;
    if (target.matches("[data-figure-search]")) {
      if (event.key === "Enter") visible()[0]?.click();
      else if (event.key === "ArrowDown") visible()[0]?.focus();
      else if (event.key === "Escape") text.focus();
      else return;
      event.preventDefault();
    } else if (target.matches(".offer") && ["ArrowDown", "ArrowUp", "Escape"].includes(event.key)) {
      const all = visible();
      const next = all[all.indexOf(target as HTMLButtonElement) + (event.key === "ArrowDown" ? 1 : -1)];
      if (event.key === "Escape") text.focus();
      else (next ?? editor.querySelector<HTMLElement>("[data-figure-search]"))?.focus();
      event.preventDefault();
    }
  });
}

/** Under the text, while a mark is being typed: the figures whose names have what was typed. */
class Suggestions {
  private at = 0;
  private found: Offer[] = [];

  constructor(
    private readonly editor: HTMLElement,
    private readonly text: HTMLTextAreaElement,
    private readonly list: HTMLUListElement,
  ) {
    text.addEventListener("input", () => this.open());
    text.addEventListener("keydown", (event) => this.key(event));
    text.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const row = (event.target as Element).closest("li");
      if (row) this.take([...list.children].indexOf(row));
    });
  }

  /** What was typed since the brace; null outside a mark. */
  private asked(): string | null {
    if (this.text.selectionStart !== this.text.selectionEnd) return null;
    return OPEN_MARK.exec(this.text.value.slice(0, this.text.selectionStart))?.[1] ?? null;
  }

  private open(): void {
    const asked = this.asked();
    this.found = asked === null ? [] : offers(this.editor).filter((offer) => fits(offer, asked.trim())).slice(0, MOST_SUGGESTED);
    this.at = 0;
    this.list.replaceChildren(...this.found.map((offer, nth) => this.row(offer, nth)));
    this.list.hidden = this.found.length === 0;
    if (!this.list.hidden) this.list.scrollIntoView({ block: "nearest" });
  }

  private row(offer: Offer, nth: number): HTMLLIElement {
    const row = document.createElement("li");
    row.setAttribute("role", "option");
    row.classList.toggle("at", nth === this.at);
    const shown = document.createElement("small");
    shown.textContent = offer.button.querySelector(".number")!.textContent;
    row.append(`${offer.name} `, shown);
    return row;
  }

  private key(event: KeyboardEvent): void {
    if (this.list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.list.children[this.at]?.classList.remove("at");
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : -1) + this.found.length) % this.found.length;
      this.list.children[this.at]?.classList.add("at");
      this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" || event.key === "Tab") this.take(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  private take(nth: number): void {
    const asked = this.asked();
    const offer = this.found[nth];
    if (asked === null || !offer) return;
    const end = this.text.selectionStart;
    put(this.text, end - asked.length - 1, end, offer.button.dataset.insertText!);
    this.close();
  }

  private close(): void {
    this.list.hidden = true;
  }
}
