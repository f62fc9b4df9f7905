/** The staff desk. */
import "./base";
import "./styles/desk.css";
import "./styles/homes.css";
import "./styles/leads.css";
import "./styles/map.css";
import "./styles/reports.css";
import "./styles/buildings.css";
import "./styles/circle.css";
import "./styles/projects.css";
import "./styles/goals.css";
import "./styles/events.css";
import "./fragments";
import { choosers } from "./desk/choose";
import { drawers } from "./desk/drawer";
import { editors } from "./desk/editor";
import { bulkActions, enterDown, insertions } from "./desk/helpers";
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
enterDown();
drawers();
editors();
news();
dress();
document.addEventListener("htmx:after:swap", dress);
