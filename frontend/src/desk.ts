/** The staff desk. */
import "./base";
import "./styles/desk.css";
import "./styles/map.css";
import "./fragments";
import { photoFields } from "./photos";
import { bulkSelection, listKeys } from "./lists";

photoFields();
bulkSelection();
listKeys();
