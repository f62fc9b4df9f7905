/**
 * <form data-outbox="title"> on a phone: what was entered is first written down on the phone, then sent, and sent again until
 * the server has answered. Each entry carries one key for all its sendings (`once`, Idempotency-Key), so it arrives once.
 *
 * Entries belong to the person who made them: another person signed in on the same phone neither sees nor sends them.
 * The server answers X-Outbox requests with {"location": …} instead of a redirect (rixin/config/outbox.py).
 */
import { confirmed } from "./dialogs";
import { forgetDraft } from "./drafts";
import { release } from "./once";
import { person } from "./person";
import { fillPhotos, photoFields, photosReady } from "./photos";
import { clockTime } from "./words";

const TIME_LIMIT = 60_000;

interface Entry {
  id: string;
  person: string;
  title: string;
  url: string;
  page: string;
  fields: [string, string | File][];
  at: number;
  problem?: "refused" | "signed_out";
  /** What the server said against it, in its words. */
  reason?: string;
}

type Outcome = { sent: string } | { refused: string } | { signedOut: true } | { noAnswer: true };

// --- what is kept -----------------------------------------------------------------------------------------------------------

function opened(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const request = indexedDB.open("rixin-outbox", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("entries", { keyPath: "id" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function store<T>(mode: IDBTransactionMode, work: (entries: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((done, failed) => {
      const transaction = database.transaction("entries", mode);
      const request = work(transaction.objectStore("entries"));
      // Not before the transaction is through: only then is the entry really on the phone.
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    database.close();
  }
}

const put = (entry: Entry): Promise<unknown> => store("readwrite", (entries) => entries.put(entry));
const remove = (id: string): Promise<unknown> => store("readwrite", (entries) => entries.delete(id));

async function mine(): Promise<Entry[]> {
  const all = await store<Entry[]>("readonly", (entries) => entries.getAll());
  return all.filter((entry) => entry.person === person()).sort((a, b) => a.at - b.at);
}

/** How many entries of this person wait on this phone. */
export async function waiting(): Promise<number> {
  return (await mine()).length;
}

// --- sending ----------------------------------------------------------------------------------------------------------------

function cookie(name: string): string {
  return document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

async function send(entry: Entry): Promise<Outcome> {
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), TIME_LIMIT);
  try {
    const answer = await fetch(entry.url, {
      method: "POST",
      body,
      signal: limit.signal,
      headers: { "X-Outbox": "1", "Idempotency-Key": entry.id, "X-CSRFToken": cookie("csrftoken"), Accept: "text/html" },
    });
    if (answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json")) {
      const { location, signed_out } = (await answer.json()) as { location: string; signed_out: boolean };
      return signed_out ? { signedOut: true } : { sent: location };
    }
    if (answer.ok) return { sent: entry.page };
    if (answer.status === 401 || answer.status === 403) return { signedOut: true };
    if (answer.status === 429 || answer.status >= 500) return { noAnswer: true };
    return { refused: await answer.text() };
  } catch {
    return { noAnswer: true };
  } finally {
    clearTimeout(timer);
  }
}

/** Two open pages must not send the same entry side by side. */
async function alone<T>(work: () => Promise<T>): Promise<T | undefined> {
  if (!navigator.locks) return work();
  return navigator.locks.request("rixin-outbox", { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}

async function sendAll(): Promise<void> {
  await alone(async () => {
    for (const entry of await mine()) {
      if (entry.problem === "refused") continue;
      const outcome = await send(entry);
      if ("noAnswer" in outcome) return;
      await settle(entry, outcome);
      if ("signedOut" in outcome) return;
    }
  });
  await show();
}

async function settle(entry: Entry, outcome: Outcome): Promise<void> {
  if ("sent" in outcome) {
    await remove(entry.id);
    remember();
  } else if ("refused" in outcome) await put({ ...entry, problem: "refused", reason: reasonIn(outcome.refused) });
  else if ("signedOut" in outcome) await put({ ...entry, problem: "signed_out" });
}

/** The messages beside the fields of a refusing page, or else its first words. */
function reasonIn(html: string): string {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const said = [...answer.querySelectorAll(".error-summary li, .error-summary > p, form .notice p, form .notice > span")];
  const told = (said.length ? said : [...answer.querySelectorAll("#content p")].slice(0, 1)).map((one) => one.textContent?.trim() ?? "");
  return [...new Set(told)].filter(Boolean).slice(0, 3).join(" ");
}

function remember(): void {
  localStorage.setItem(`synchronised:${person()}`, String(Date.now()));
}

// --- the list ---------------------------------------------------------------------------------------------------------------

const box = (): HTMLElement | null => document.querySelector("rixin-outbox");
const said = (name: string, given: Record<string, string | number> = {}): string =>
  (box()?.dataset[name] ?? "").replace(/\{(\w+)\}/g, (_whole, key: string) => String(given[key] ?? ""));

function element<K extends keyof HTMLElementTagNameMap>(tag: K, text = "", className = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

async function show(): Promise<void> {
  const list = box();
  if (!list) return;
  const entries = await mine();
  list.hidden = entries.length === 0;
  const head = element("div", "", "card-head");
  head.append(element("h2", said("waiting", { n: entries.length })));
  const synchronised = Number(localStorage.getItem(`synchronised:${person()}`) ?? 0);
  if (synchronised) head.append(element("span", said("synchronised", { time: clockTime(synchronised) }), "muted small"));
  const now = element("button", said("send"), "button small push");
  now.type = "button";
  now.addEventListener("click", () => void sendAll());
  head.append(now);
  list.setAttribute("role", "status");
  list.replaceChildren(head, ...entries.map(row));
}

function row(entry: Entry): HTMLElement {
  const item = element("div", "", "outbox-item");
  const words = element("div");
  words.append(element("strong", entry.title), element("div", clockTime(entry.at), "muted small"));
  const buttons = element("div", "", "buttons");
  const open = element("a", said("open"), "button small");
  // A refused entry is mended at the form's own address, where the server shows the form whatever became of the matter.
  open.href = `${entry.problem === "refused" ? entry.url : entry.page}#outbox-${entry.id}`;
  const drop = element("button", said("delete"), "button small danger");
  drop.type = "button";
  drop.addEventListener("click", () => {
    void confirmed(said("deleteQuestion")).then(async (yes) => {
      if (yes) await remove(entry.id);
      await show();
    });
  });
  buttons.append(open, drop);
  item.append(words, buttons);
  if (entry.problem) item.append(element("p", said(entry.problem === "refused" ? "refused" : "signedOut"), "problem"));
  if (entry.problem === "refused" && entry.reason) item.append(element("p", entry.reason, "problem"));
  return item;
}

// --- forms ------------------------------------------------------------------------------------------------------------------

function freshKey(form: HTMLFormElement): void {
  // The page may come from the worker's cache, and with it a key that was used before.
  const key = form.querySelector<HTMLInputElement>('input[name="once"]');
  if (key) key.value = crypto.randomUUID();
}

function asEntry(form: HTMLFormElement, pressed: HTMLElement | null): Entry {
  const data = new FormData(form, pressed as HTMLButtonElement | null);
  data.delete("csrfmiddlewaretoken");
  const title = form.querySelector<HTMLInputElement | HTMLTextAreaElement>("[data-outbox-title]")?.value.trim().slice(0, 60);
  return {
    id: String(data.get("once") ?? crypto.randomUUID()),
    person: person(),
    title: title || form.dataset.outbox || document.title,
    url: addressOf(form),
    page: location.pathname + location.search,
    fields: [...data.entries()].filter(([, value]) => typeof value === "string" || value.size > 0),
    at: Date.now(),
  };
}

function addressOf(form: HTMLFormElement): string {
  return new URL(form.getAttribute("action") || location.href, location.href).href.split("#")[0]!;
}

async function submit(form: HTMLFormElement, pressed: HTMLElement | null): Promise<void> {
  await photosReady(form);
  const entry = asEntry(form, pressed);
  try {
    await put(entry);
  } catch {
    return tell(form, said("full"), "late");
  }
  const outcome = (await alone(() => send(entry))) ?? { noAnswer: true };
  await settle(entry, outcome);
  if ("sent" in outcome) {
    forgetDraft(form);
    location.assign(outcome.sent);
    return;
  }
  if ("refused" in outcome) {
    showRefusal(form, outcome.refused, entry);
    await show();
    return;
  }
  form.reset();
  freshKey(form);
  await show();
  tell(form, said("signedOut" in outcome ? "signedOut" : "kept"), "warn");
}

function tell(form: HTMLFormElement, text: string, tone: string): void {
  form.previousElementSibling?.matches("[data-outbox-note]") && form.previousElementSibling.remove();
  const note = element("p", "", `notice ${tone}`);
  note.dataset.outboxNote = "";
  note.setAttribute("role", "alert");
  note.append(element("span", text));
  form.before(note);
  note.scrollIntoView({ block: "center" });
}

/** Shows the server's answer (its messages beside the fields) in place, with the photos put back. */
function showRefusal(form: HTMLFormElement, html: string, entry: Entry): void {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const fresh = answer.querySelector<HTMLFormElement>("form[data-outbox]");
  if (!fresh) {
    const text = answer.querySelector("#content p")?.textContent ?? said("refused");
    return tell(form, text, "late");
  }
  const summary = [...answer.querySelectorAll(".error-summary, .message.error, .notice.late")].filter((part) => !fresh.contains(part));
  fresh.prepend(...summary);
  form.replaceWith(fresh);
  dressed();
  putFiles(fresh, entry);
  // The mended form is the same entry: sending it takes the refused one off the list.
  const key = fresh.querySelector<HTMLInputElement>('input[name="once"]');
  if (key) key.value = entry.id;
  fresh.querySelector<HTMLElement>(".error-summary")?.focus();
}

function putFiles(form: HTMLFormElement, entry: Entry): void {
  photoFields(form);
  for (const field of form.querySelectorAll<HTMLInputElement>('input[type="file"]')) {
    const files = entry.fields.filter(([name, value]) => name === field.name && value instanceof File).map(([, value]) => value as File);
    if (files.length) fillPhotos(field, files);
  }
}

/** An entry opened from the list fills the form again, keeps its key, and leaves the list when it is sent. */
async function reopen(form: HTMLFormElement): Promise<void> {
  const id = location.hash.startsWith("#outbox-") ? location.hash.slice("#outbox-".length) : "";
  const entry = id ? (await mine()).find((one) => one.id === id) : undefined;
  if (!entry || entry.url !== addressOf(form)) return;
  form.closest("details")?.setAttribute("open", "");
  const texts = entry.fields.filter((pair): pair is [string, string] => typeof pair[1] === "string");
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
    if (field.name === "csrfmiddlewaretoken" || field.type === "file") continue;
    // A refused entry goes out again on the matter as this page shows it; any other must stay what was sent before.
    if (field.name === "seen" && entry.problem === "refused") continue;
    const values = texts.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") (field as HTMLInputElement).checked = values.includes(field.value);
    else if (values[0] !== undefined) field.value = values[0];
  }
  putFiles(form, entry);
  form.dispatchEvent(new Event("change", { bubbles: true }));
  form.scrollIntoView();
}

function prepare(form: HTMLFormElement): void {
  freshKey(form);
  void reopen(form);
}

/** <form data-sign-out data-unsent="question">: asked when entries still wait on this phone. */
function askBeforeSigningOut(event: Event): void {
  const form = event.target as HTMLFormElement;
  if (!form.matches("form[data-sign-out][data-unsent]") || form.dataset.asked) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  void waiting()
    .then((n) => n === 0 || confirmed(form.dataset.unsent ?? ""))
    .then((yes) => {
      if (!yes) return;
      form.dataset.asked = "yes";
      form.requestSubmit();
    });
}

let dressed = (): void => undefined;

/** `dress` is called when a form was put into the page, to give it what scripts add to fields. */
export function startOutbox(dress: () => void): void {
  dressed = dress;
  document.querySelectorAll<HTMLFormElement>("form[data-outbox]").forEach(prepare);
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !form.matches("form[data-outbox]") || !person()) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    const pressed = (event as SubmitEvent).submitter;
    if (pressed) pressed.dataset.busy = "";
    void submit(form, pressed).finally(() => release(form));
  });
  document.addEventListener("submit", askBeforeSigningOut, { capture: true });
  window.addEventListener("online", () => void sendAll());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void sendAll();
  });
  void show().then(sendAll);
}
