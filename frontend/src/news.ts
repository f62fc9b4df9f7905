/**
 * <p data-news="address" data-words="{n} …" hidden><span></span> <a>…</a></p>: asks each minute what came in since the page
 * was made, shows the paragraph when something did, and says so in the title for who looks at another window.
 *
 * Asked only while the page can be seen. The header keeps it from counting as a sign that somebody is still there.
 */
const EACH = 60_000;

interface News {
  changed: number;
  unread: number;
}

export function news(): void {
  const place = document.querySelector<HTMLElement>("[data-news]");
  if (!place) return;
  const title = document.title;
  const ask = async (): Promise<void> => {
    if (document.visibilityState !== "visible") return;
    const answer = await fetch(place.dataset.news!, { headers: { Accept: "application/json", "X-Asked-By-Page": "1" } }).catch(() => null);
    if (answer?.status === 401) return clearInterval(timer);
    if (answer?.ok) show(place, title, (await answer.json()) as News);
  };
  const timer = setInterval(() => void ask(), EACH);
  document.addEventListener("visibilitychange", () => void ask());
}

function show(place: HTMLElement, title: string, { changed, unread }: News): void {
  place.hidden = changed === 0;
  place.querySelector("span")!.textContent = (place.dataset.words ?? "").replace("{n}", changed > 98 ? "99+" : String(changed));
  document.title = changed ? `(${changed}) ${title}` : title;
  const bell = document.querySelector<HTMLElement>("[data-unread]");
  if (bell) Object.assign(bell, { hidden: unread === 0, textContent: String(unread) });
}
