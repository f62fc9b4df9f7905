/** Staff on a phone: works with a network that comes and goes. */
import "./base";
import "./styles/desk.css";
import "./styles/field.css";
import { photoFields } from "./photos";
import { startOutbox } from "./outbox";
import { startWorker } from "./register";

photoFields();
startOutbox();
startWorker();
