// @ts-check
// What every page loads.
import "./page.js";
import "./trial.js";
import "./files.js";
import "./reasons.js";
import "./autosave.js";
import "./beside.js";
import "./sheet.js";
import "./cells.js";
import "./choose.js";
import "./days.js";
import "./grid.js";
import "./keypad.js";
import "./live.js";
import "./next.js";
import "./preview.js";
import "./uploads.js";
