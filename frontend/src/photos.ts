/**
 * <input type="file" data-files data-max="9">: files as they are, listed by name, each to be taken out again.
 * <input type="file" data-shrink data-max="9" data-edge="1600">: photos are made small before they travel.
 *
 * Drawing a photo anew also leaves behind where and with which phone it was taken; the server removes it once more, for a
 * browser without script. What cannot be read as a picture is refused here by name, and the others stay.
 */
import { words } from "./words";

const QUALITY = 0.82;
const FIELDS = 'input[type="file"]:is([data-shrink], [data-files])';
const kept = new WeakMap<HTMLInputElement, File[]>();
const parts = new WeakMap<HTMLInputElement, { list: HTMLElement; status: HTMLElement }>();
const shrinking = new WeakMap<HTMLInputElement, Promise<void>>();

export function photoFields(root: ParentNode = document): void {
  root.querySelectorAll<HTMLInputElement>(FIELDS).forEach(dress);
}

document.addEventListener("htmx:after:swap", () => photoFields());

/** Resolves when every photo chosen in `form` has been made small. */
export async function photosReady(form: HTMLFormElement): Promise<void> {
  for (const field of form.querySelectorAll<HTMLInputElement>(FIELDS)) await shrinking.get(field);
}

const isOfPhotos = (field: HTMLInputElement): boolean => field.hasAttribute("data-shrink");

/** Puts `files` (photos already small) into a field, as when a kept entry is opened again. */
export function fillPhotos(field: HTMLInputElement, files: File[]): void {
  dress(field);
  keep(field, files);
}

function dress(field: HTMLInputElement): void {
  if (kept.has(field)) return;
  kept.set(field, []);
  const list = document.createElement("ul");
  list.className = isOfPhotos(field) ? "photos" : "files";
  const status = document.createElement("p");
  status.className = "help";
  status.setAttribute("role", "status");
  // A browser's own button speaks the browser's language; ours speaks the page's.
  const button = document.createElement("label");
  button.className = "button photo-button";
  button.textContent = words(isOfPhotos(field) ? "photos_add" : "files_add");
  button.htmlFor = field.id ||= `photos-${Math.random().toString(36).slice(2)}`;
  field.classList.add("visually-hidden");
  field.after(button, list, status);
  parts.set(field, { list, status });
  field.addEventListener("change", () => {
    // Our own writing of `files` raises no event; a change is always the person's new choice, added to the earlier ones.
    const job = (shrinking.get(field) ?? Promise.resolve()).then(() => add(field, [...(field.files ?? [])]));
    shrinking.set(field, job);
  });
  field.form?.addEventListener("reset", () => keep(field, []));
}

async function add(field: HTMLInputElement, chosen: File[]): Promise<void> {
  const before = kept.get(field) ?? [];
  if (!isOfPhotos(field)) return addFiles(field, before, chosen);
  const fresh = chosen.filter((file) => !before.includes(file));
  const most = Number(field.dataset.max ?? 9);
  const edge = Number(field.dataset.edge ?? 1600);
  const problems: string[] = [];
  const photos = [...before];
  say(field, words("photos_working"), false);
  for (const file of fresh) {
    if (photos.length >= most) {
      problems.push(words("photos_too_many", { most }));
      break;
    }
    const small = await shrunk(file, edge).catch(() => null);
    if (small) photos.push(small);
    else problems.push(words("photos_unreadable", { name: file.name }));
  }
  keep(field, photos);
  if (problems.length) say(field, problems.join(" "), true);
}

function addFiles(field: HTMLInputElement, before: File[], chosen: File[]): void {
  const most = Number(field.dataset.max ?? 9);
  const same = (a: File, b: File): boolean => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
  const all = [...before, ...chosen.filter((file) => !before.some((one) => same(one, file)))];
  keep(field, all.slice(0, most));
  if (all.length > most) say(field, words("files_too_many", { most }), true);
}

/** `file` as a JPEG whose longer side has at most `edge` pixels. Rejects if it is no picture that this browser can read. */
async function shrunk(file: File, edge: number): Promise<File> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  // A transparent picture would become black in a JPEG.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob) throw new Error("no picture");
  return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
}

function keep(field: HTMLInputElement, photos: File[]): void {
  kept.set(field, photos);
  const parcel = new DataTransfer();
  for (const photo of photos) parcel.items.add(photo);
  field.files = parcel.files;
  // A required field is satisfied by what is kept, which is just what `files` now says.
  draw(field, photos);
  const most = Number(field.dataset.max ?? 9);
  say(field, photos.length ? words(isOfPhotos(field) ? "photos_count" : "files_count", { n: photos.length, most }) : "", false);
  field.dispatchEvent(new CustomEvent("photos", { bubbles: true }));
}

function draw(field: HTMLInputElement, photos: File[]): void {
  const { list } = parts.get(field)!;
  list.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
  list.replaceChildren(
    ...photos.map((photo, nth) => {
      const item = document.createElement("li");
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "remove";
      remove.textContent = "×";
      remove.setAttribute("aria-label", isOfPhotos(field) ? words("photo_remove", { n: nth + 1 }) : words("file_remove", { name: photo.name }));
      remove.addEventListener("click", () => {
        keep(field, photos.filter((one) => one !== photo));
        field.focus();
      });
      item.append(isOfPhotos(field) ? preview(photo, nth) : photo.name, remove);
      return item;
    }),
  );
}

function preview(photo: File, nth: number): HTMLElement {
  const image = document.createElement("img");
  image.src = URL.createObjectURL(photo);
  image.alt = words("photo_nth", { n: nth + 1 });
  return image;
}

function say(field: HTMLInputElement, text: string, problem: boolean): void {
  const { status } = parts.get(field)!;
  status.textContent = text;
  status.className = problem ? "error" : "help";
}
