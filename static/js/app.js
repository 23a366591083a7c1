// What every page loads.
import "./page.js";
import "./autosave.js";
import "./grid.js";
import "./live.js";
import "./preview.js";
