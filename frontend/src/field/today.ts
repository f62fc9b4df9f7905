/**
 * <input type="date" data-today>: the day on which the form is filled in, unless the person says another.
 *
 * A page without a network is one that was kept before, with the day of then.
 */
export function daysOfToday(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>("input[data-today]")) {
    const untouched = field.value === field.defaultValue;
    // A form that is emptied after its sending goes back to this.
    field.defaultValue = today();
    if (untouched) field.value = field.defaultValue;
  }
}

function today(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
