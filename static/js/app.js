// @ts-check
// What every page loads; fields.js adds to it.
import "./page.js";
import "./trial.js";
import "./files.js";
import "./reasons.js";
import "./beside.js";
import "./choose.js";
import "./chosen.js";
import "./days.js";
import "./even.js";
import "./goes-on.js";
import "./live.js";
import "./preview.js";
