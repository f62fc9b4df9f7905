/** The staff desk. */
import "./base";
import "./styles/desk.css";
import "./styles/map.css";
import "./fragments";
import { choosers } from "./desk/choose";
import { bulkActions, insertions } from "./desk/helpers";
import { placeFields } from "./desk/place";
import { news } from "./news";
import { photoFields } from "./photos";
import { bulkSelection, listKeys } from "./lists";

function dress(): void {
  choosers();
  placeFields();
}

photoFields();
bulkSelection();
bulkActions();
listKeys();
insertions();
news();
dress();
document.addEventListener("htmx:after:swap", dress);
