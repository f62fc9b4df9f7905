/** Dialogs: opened by data-dialog="#id", closed by data-close; and one question before a step that cannot be undone. */
export function dialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-dialog]");
    if (opener) document.querySelector<HTMLDialogElement>(opener.dataset.dialog ?? "")?.showModal();
    if (target.closest("[data-close]")) target.closest("dialog")?.close();
    if (target instanceof HTMLDialogElement && target.open && isOutside(target, event)) target.close();
  });
}

function isOutside(dialog: HTMLDialogElement, event: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  // A key press on a button inside is reported at 0,0.
  if (event.clientX === 0 && event.clientY === 0) return false;
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

/** Asks `question` in the page's own dialog (base.html, #confirm-dialog); false if the person turns back. */
export function confirmed(question: string): Promise<boolean> {
  const dialog = document.querySelector<HTMLDialogElement>("#confirm-dialog");
  if (!dialog) return Promise.resolve(window.confirm(question));
  dialog.querySelector("[data-question]")!.textContent = question;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}

/** <form data-confirm="question"> or <button data-confirm="question">: asked before the form goes. */
export function askFirst(): void {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      const pressed = (event as SubmitEvent).submitter;
      const question = pressed?.dataset.confirm ?? form.dataset.confirm;
      if (!question || form.dataset.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void confirmed(question).then((yes) => {
        if (!yes) return;
        form.dataset.confirmed = "yes";
        form.requestSubmit(pressed);
        delete form.dataset.confirmed;
      });
    },
    { capture: true },
  );
}
