/** Staff on a phone: works with a network that comes and goes. */
import "./base";
import "./styles/desk.css";
import "./styles/field.css";
import "./styles/map.css";
import { choosers } from "./desk/choose";
import { insertions } from "./desk/helpers";
import { placeFields } from "./desk/place";
import { kindsProposed } from "./field/kinds";
import { daysOfToday } from "./field/today";
import { photoFields } from "./photos";
import { startOutbox } from "./outbox";
import { startWorker } from "./register";

function dress(): void {
  photoFields();
  choosers();
  placeFields();
}

daysOfToday();
dress();
insertions();
kindsProposed();
startOutbox(dress);
startWorker();
