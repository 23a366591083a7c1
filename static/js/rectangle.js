// @ts-check
// A rectangle of cells: what is copied from it, and which cell gets which text when it is pasted
// over, filled down or emptied. It knows no page.

/**
 * A cell of the sheet: its name, empty where nothing can be typed, what stands in it, and what it
 * is called.
 * @typedef {{name: string, text: string, title: string}} Cell
 */
/** @typedef {{row: number, column: number}} Place */
/** @typedef {{top: number, left: number, bottom: number, right: number}} Rectangle */
/** What is to be written: name and text. @typedef {[string, string]} Write */
/** What is not, and why. @typedef {{title: string, text: string, sentence: string}} Refusal */

/**
 * @param {Place} one
 * @param {Place} other
 * @returns {Rectangle} between two corners
 */
export const between = (one, other) => ({
  top: Math.min(one.row, other.row),
  left: Math.min(one.column, other.column),
  bottom: Math.max(one.row, other.row),
  right: Math.max(one.column, other.column),
});

/** @param {Rectangle} box */
export const height = (box) => box.bottom - box.top + 1;

/** @param {Rectangle} box */
export const width = (box) => box.right - box.left + 1;

/**
 * @param {Cell[][]} sheet
 * @param {Rectangle} box
 * @returns {Cell[][]}
 */
const inside = (sheet, box) =>
  sheet.slice(box.top, box.bottom + 1).map((row) => row.slice(box.left, box.right + 1));

/**
 * @param {Cell[][]} sheet
 * @param {Rectangle} box
 * @returns {string} as a spreadsheet takes it
 */
export const copied = (sheet, box) =>
  inside(sheet, box).map((row) => row.map(({ text }) => text).join("\t")).join("\r\n");

/**
 * What is pasted once for each time it fits into the rectangle without rest, else once.
 * @param {string[][]} rows
 * @param {Rectangle} box
 * @returns {string[][]}
 */
function repeated(rows, box) {
  const columns = Math.max(...rows.map((row) => row.length));
  const fits = height(box) % rows.length === 0 && width(box) % columns === 0;
  const down = fits ? height(box) / rows.length : 1, along = fits ? width(box) / columns : 1;
  return Array.from(
    { length: rows.length * down },
    (_, row) =>
      Array.from(
        { length: columns * along },
        (_, column) => rows[row % rows.length][column % columns] ?? "",
      ),
  );
}

/**
 * @param {Cell | undefined} cell
 * @param {string} text
 * @param {Place} place of the text in what is pasted, from 0
 * @returns {Refusal | null}
 */
function refusal(cell, text, place) {
  if (!cell) {
    const title = `Dòng ${place.row + 1}, cột ${place.column + 1} của phần dán`;
    return { title, text, sentence: "nằm ngoài bảng." };
  }
  if (cell.name || text === cell.text) return null;
  return { title: cell.title, text, sentence: "ô này không gõ được." };
}

/**
 * @param {Cell[][]} sheet
 * @param {Rectangle} box what is chosen, whose upper left corner is where it begins
 * @param {string[][]} rows
 * @returns {{writes: Write[], refused: Refusal[]}} what changes, and what does not fit
 */
export function pasted(sheet, box, rows) {
  /** @type {Write[]} */
  const writes = [];
  /** @type {Refusal[]} */
  const refused = [];
  repeated(rows, box).forEach((texts, row) =>
    texts.forEach((text, column) => {
      const cell = sheet[box.top + row]?.[box.left + column];
      const why = text ? refusal(cell, text, { row, column }) : null;
      if (why) refused.push(why);
      else if (cell?.name && cell.text !== text) writes.push([cell.name, text]);
    })
  );
  return { writes, refused };
}

/**
 * @param {Cell[][]} sheet
 * @param {Rectangle} box
 * @returns {Write[]} its first row in all its rows; of one row alone, what stands above it
 */
export function filled(sheet, box) {
  const top = box.top === box.bottom ? box.top - 1 : box.top;
  const source = sheet[top];
  if (!source) return [];
  return inside(sheet, { ...box, top: top + 1 }).flatMap((row) =>
    row.flatMap((cell, column) => {
      const above = source[box.left + column];
      const changes = cell.name && above.name && cell.text !== above.text;
      return changes ? [/** @type {Write} */ ([cell.name, above.text])] : [];
    })
  );
}

/**
 * @param {Cell[][]} sheet
 * @param {Rectangle} box
 * @returns {Write[]} nothing in each of its cells
 */
export const emptied = (sheet, box) =>
  inside(sheet, box).flat().filter(({ name, text }) => name && text)
    .map(({ name }) => /** @type {Write} */ ([name, ""]));
