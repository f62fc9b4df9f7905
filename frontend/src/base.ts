/** What every page needs: the styles, and small behaviours that forms and menus ask for by attribute. */
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/forms.css";
import { onceOnly } from "./once";
import { askFirst, dialogs } from "./dialogs";
import { drafts, forgetDrafts } from "./drafts";
import { locateButtons } from "./locate";
import { tellWorkerWhoIsHere } from "./person";

/** A menu made of <details class="menu"> closes when the person clicks elsewhere or presses Escape. */
function closingMenus(): void {
  const close = (except?: Element | null): void => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => close((event.target as Element).closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelector<HTMLElement>("details.menu[open] > summary")?.focus();
    close();
  });
}

/** <button data-dismiss> removes the message that it stands in. */
function dismissibleMessages(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-dismiss]");
    button?.closest(".message, .notice")?.remove();
  });
}

/** <form data-autosubmit> sends itself when a filter changes, and leaves empty fields out of the address. */
function filterForms(): void {
  document.addEventListener("change", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-autosubmit]");
    if (form && !(event.target as Element).matches("[data-no-autosubmit]")) form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "get" || !form.matches("[data-autosubmit], .filters")) return;
    const empty = [...form.elements].filter((field) => "value" in field && "name" in field && field.value === "");
    for (const field of empty as HTMLInputElement[]) field.disabled = true;
    // The back button may bring this very page back: its fields must work again.
    setTimeout(() => empty.forEach((field) => ((field as HTMLInputElement).disabled = false)));
  });
}

/** <button data-copy="text" data-copied="words shown afterwards"> */
function copyButtons(): void {
  document.addEventListener("click", async (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    if (button.dataset.copied) button.textContent = button.dataset.copied;
  });
}

/** <button data-print> prints the page. */
function printButtons(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print]")) window.print();
  });
}

/** <form data-sign-out>: nothing typed by this person stays on the device. */
function signingOut(): void {
  document.addEventListener("submit", (event) => {
    if ((event.target as Element).matches("form[data-sign-out]") && !event.defaultPrevented) forgetDrafts();
  });
}

closingMenus();
dismissibleMessages();
filterForms();
copyButtons();
printButtons();
dialogs();
askFirst();
onceOnly();
drafts();
locateButtons();
signingOut();
tellWorkerWhoIsHere();
