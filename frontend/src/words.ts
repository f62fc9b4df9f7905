/** Words of the page for what scripts say (rixin/config/words.py), in the reader's language. */
let known: Record<string, string> | undefined;

/** The text called `name`, with {placeholders} filled in. */
export function words(name: string, given: Record<string, string | number> = {}): string {
  known ??= JSON.parse(document.querySelector("#words")?.textContent ?? "{}") as Record<string, string>;
  const text = known[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(given[key] ?? whole));
}

/** 14:05, or 11-23 14:05 if it was not today, in the reader's own zone. */
export function clockTime(at: number): string {
  const moment = new Date(at);
  const two = (value: number): string => String(value).padStart(2, "0");
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  const today = new Date().toDateString() === moment.toDateString();
  return today ? time : `${two(moment.getMonth() + 1)}-${two(moment.getDate())} ${time}`;
}
