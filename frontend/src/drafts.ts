/**
 * <form data-draft="name">: what was typed is kept in the browser until the form was accepted.
 *
 * A form counts as accepted when the page after its sending does not hold it any more. Drafts belong to the person who is
 * signed in; signing out removes them. Hidden fields, files, passwords and fields with autocomplete="off" are never kept.
 *
 * <input type="hidden" data-keep>: what the draft was written upon, such as the version seen. It comes back with the
 * draft, so that the server can tell that there is a newer one.
 */
import { person } from "./person";

const PREFIX = "draft:";
const SENT = "draft-sent";
const OLDEST = 14 * 24 * 3600 * 1000;

interface Draft {
  at: number;
  fields: Record<string, string[]>;
  upon: Record<string, string>;
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((field): field is Field => {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)) return false;
    return field.name !== "" && !["hidden", "file", "password", "submit"].includes(field.type) && field.autocomplete !== "off";
  });
}

const ticked = (field: Field): field is HTMLInputElement => field.type === "checkbox" || field.type === "radio";

function typed(form: HTMLFormElement): Draft["fields"] {
  const fields: Draft["fields"] = {};
  for (const field of fieldsOf(form)) {
    const values = (fields[field.name] ??= []);
    if (!ticked(field) || field.checked) values.push(field.value);
  }
  return fields;
}

const keptOf = (form: HTMLFormElement): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>("input[type=hidden][data-keep]")];

function upon(form: HTMLFormElement): Draft["upon"] {
  return Object.fromEntries(keptOf(form).map((field) => [field.name, field.value]));
}

/** What stands in the fields; a blank at an end is none, for servers cut it off. */
const written = (fields: Draft["fields"]): string => JSON.stringify(Object.entries(fields).map(([name, values]) => [name, values.map((value) => value.trim())]));

function keyOf(form: HTMLFormElement): string {
  return `${PREFIX}${person()}:${form.dataset.draft ?? ""}`;
}

function putBack(form: HTMLFormElement, draft: Draft): void {
  for (const field of fieldsOf(form)) {
    const values = draft.fields[field.name];
    if (!values) continue;
    if (ticked(field)) field.checked = values.includes(field.value);
    else if (values[0] !== undefined) field.value = values.shift()!;
  }
  for (const field of keptOf(form)) field.value = draft.upon?.[field.name] ?? field.value;
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function stored(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

/** Forgets the drafts of everyone on this device: somebody signs out, or another one signs in. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}

/** Forgets the draft of a form that is known to have been accepted, without waiting for the page that follows. */
export function forgetDraft(form: HTMLFormElement): void {
  if (form.dataset.draft === undefined) return;
  localStorage.removeItem(keyOf(form));
  sessionStorage.removeItem(SENT);
}

export function drafts(): void {
  let forms: HTMLFormElement[] = [];
  try {
    forms = [...document.querySelectorAll<HTMLFormElement>("form[data-draft]")];
    const sent = sessionStorage.getItem(SENT);
    if (sent && !forms.some((form) => keyOf(form) === sent)) localStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
  } catch {
    return; // Storage is switched off: forms work as they do without drafts.
  }
  for (const form of forms) {
    const draft = stored(keyOf(form));
    const asRendered = written(typed(form));
    // What the server wrote into the form (a refused sending) is newer than any draft.
    const refused = form.querySelector(".errorlist, .error-summary") !== null;
    if (draft && !refused && Date.now() - draft.at < OLDEST && written(draft.fields) !== asRendered) putBack(form, draft);
    form.addEventListener("input", () => {
      try {
        localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), fields: typed(form), upon: upon(form) } satisfies Draft));
      } catch {
        // No room left: typing goes on, only the copy is missing.
      }
    });
    form.addEventListener("submit", () => sessionStorage.setItem(SENT, keyOf(form)));
    form.addEventListener("reset", () => localStorage.removeItem(keyOf(form)));
  }
}
