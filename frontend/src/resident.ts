/** Residents' pages. Kept small: it is read over a mobile network, often on an old phone. */
import "./base";
import "./styles/resident.css";
import "./styles/events.css";
import { photoFields } from "./photos";
import { reportForms } from "./report";

photoFields();
reportForms();
