/**
 * <form data-once>: a second tap sends nothing.
 *
 * The form carries a hidden idempotency key rendered by the server, so that even a tap that slips through (no
 * JavaScript, a repeated request of the network) is known there as the same sending.
 */
function buttonsOf(form: HTMLFormElement): HTMLButtonElement[] {
  return [...form.elements].filter((field): field is HTMLButtonElement => field instanceof HTMLButtonElement && field.type === "submit");
}

export function release(form: HTMLFormElement): void {
  delete form.dataset.sending;
  for (const button of buttonsOf(form)) {
    button.disabled = false;
    delete button.dataset.busy;
  }
}

export function onceOnly(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("form[data-once]")) return;
    if (form.dataset.sending) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    // Another listener (confirmation, outbox, a check) may have kept the form here.
    setTimeout(() => {
      if (event.defaultPrevented && !form.dataset.sending) return;
      form.dataset.sending = "yes";
      const pressed = (event as SubmitEvent).submitter;
      for (const button of buttonsOf(form)) button.disabled = true;
      if (pressed instanceof HTMLElement) pressed.dataset.busy = "";
    });
  });
  window.addEventListener("pageshow", () => document.querySelectorAll<HTMLFormElement>("form[data-sending]").forEach(release));
  // An answer swapped in by htmx may bring the same form back for mending.
  document.addEventListener("htmx:finally:request", (event) => {
    // Where the answer replaced the form itself, the event comes to the document and there is nothing to release.
    const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-once]") : null;
    if (form) release(form);
  });
}
