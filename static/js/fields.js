// @ts-check
// What a page loads whose fields are worked as cells or kept as they are typed, where one goes from
// what is open to what is open and files go up, in this order: a key is first for what every page
// has, then for the cell it was pressed in.
import "./page.js";
import "./trial.js";
import "./files.js";
import "./reasons.js";
import "./autosave.js";
import "./sheet.js";
import "./cells.js";
import "./grid.js";
import "./keypad.js";
import "./app.js";
import "./next.js";
import "./sections.js";
import "./uploads.js";
