/**
 * Small helps in the forms of the desk.
 *
 *   <select data-insert="#field">            puts the chosen text where the cursor stood in the field
 *   <button data-fill="#field" data-value>   puts a value into a field, or chooses it in a select
 *   <form data-enter-down>                   Enter leads to the same column of the next line, at the end to the button
 *   <input type=checkbox data-actions="a b"> in a list: a bulk button shows while every chosen row allows its action
 */
export function insertions(): void {
  document.addEventListener("change", (event) => {
    const select = (event.target as Element).closest<HTMLSelectElement>("select[data-insert]");
    const field = select && document.querySelector<HTMLTextAreaElement>(select.dataset.insert ?? "");
    if (!select || !field || !select.value) return;
    const at = field.selectionStart ?? field.value.length;
    field.setRangeText(select.value, at, field.selectionEnd ?? at, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    select.value = "";
    field.focus();
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-fill]");
    const field = button && document.querySelector<HTMLInputElement | HTMLSelectElement>(button.dataset.fill ?? "");
    if (!button || !field) return;
    field.value = button.dataset.value ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

export function enterDown(): void {
  document.addEventListener("keydown", (event) => {
    const input = event.target as Element;
    if (event.key !== "Enter" || event.isComposing || !input.matches("form[data-enter-down] td input:not([type])")) return;
    event.preventDefault();
    const cell = input.closest("td");
    const form = input.closest("form");
    if (!cell || !form) return;
    const rows = [...form.querySelectorAll("tr")].filter((row) => row.querySelector("td input:not([type])"));
    const next = rows[rows.indexOf(cell.closest("tr") as HTMLTableRowElement) + 1];
    const cells = next ? [...next.querySelectorAll("td")] : [];
    const column = [...(cell.parentElement?.querySelectorAll("td") ?? [])].indexOf(cell);
    const below = cells[column]?.querySelector("input:not([type])") ?? next?.querySelector("td input:not([type])");
    ((below ?? form.querySelector("button.primary")) as HTMLElement | null)?.focus();
  });
}

export function bulkActions(): void {
  const offer = (): void => {
    for (const form of document.querySelectorAll("form")) {
      const chosen = [...form.querySelectorAll<HTMLInputElement>("input[data-actions]:checked")];
      if (chosen.length === 0) continue;
      const allowed = chosen.map((box) => (box.dataset.actions ?? "").split(" "));
      let any = false;
      for (const button of form.querySelectorAll<HTMLButtonElement>("[data-bulk-action]")) {
        button.hidden = !allowed.every((codes) => codes.includes(button.value));
        any ||= !button.hidden;
      }
      const none = form.querySelector<HTMLElement>("[data-bulk-none]");
      if (none) none.hidden = any;
    }
  };
  document.addEventListener("change", offer);
  window.addEventListener("pageshow", offer);
}
