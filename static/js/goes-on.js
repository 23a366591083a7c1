// @ts-check
// A form that a page shows only to be sent at once; without script its button is pressed.
import { first } from "./dom.js";

first(HTMLFormElement, "form[data-goes-on]")?.requestSubmit();
