/** <button type="button" data-locate="#lat,#lng">: the phone's own position, asked for only when the person presses. */
import { words } from "./words";

export function locateButtons(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-locate]");
    if (!button) return;
    const [lat, lng] = (button.dataset.locate ?? "").split(",").map((id) => document.querySelector<HTMLInputElement>(id.trim()));
    const status = (button.form ?? document).querySelector("[data-locate-status]");
    const say = (text: string): void => void (status && (status.textContent = text));
    if (!lat || !lng) return;
    if (!navigator.geolocation) return say(words("locate_unavailable"));
    button.dataset.busy = "";
    button.disabled = true;
    say(words("locate_working"));
    const done = (text: string): void => {
      delete button.dataset.busy;
      button.disabled = false;
      say(text);
    };
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        lat.value = coords.latitude.toFixed(6);
        lng.value = coords.longitude.toFixed(6);
        for (const field of [lat, lng]) field.dispatchEvent(new Event("change", { bubbles: true }));
        done(words("locate_done", { metres: Math.round(coords.accuracy) }));
      },
      (refusal) => done(words(refusal.code === refusal.PERMISSION_DENIED ? "locate_denied" : "locate_unavailable")),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    );
  });
}
