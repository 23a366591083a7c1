// @ts-check
// What was copied from a spreadsheet: its rows, and the way its numbers are written. It knows no
// page.

/**
 * @param {string} text as a spreadsheet copies it: tabs between cells, a line for each row, quotes
 *   around a cell that holds either
 * @returns {string[][]}
 */
export function rowsOf(text) {
  /** @type {string[][]} */
  const rows = [[]];
  const cell = /("(?:[^"]|"")*"(?=[\t\r\n]|$)|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/gy;
  for (let part = cell.exec(text); part; part = cell.exec(text)) {
    const [, held, end] = part;
    const isQuoted = held.length > 1 && held.startsWith('"') && held.endsWith('"');
    rows[rows.length - 1].push(isQuoted ? held.slice(1, -1).replaceAll('""', '"') : held);
    if (!end) break;
    if (end !== "\t") rows.push([]);
  }
  const last = rows[rows.length - 1];
  if (rows.length > 1 && last.length === 1 && !last[0]) rows.pop();
  return rows.map((row) => row.map((held) => held.replaceAll("\u00a0", " ").trim()));
}

const VIETNAMESE = /^-?(\d+,(\d{1,2}|\d{4,})|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})$/;
const ENGLISH = /^-?(\d+\.(\d{1,2}|\d{4,})|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})$/;

/**
 * 8.5 is no number in Vietnamese, and 1.000 is one in both: the whole that was pasted tells.
 * @param {string[][]} rows
 * @returns {boolean} whether the numbers are written as in English, and none as in Vietnamese
 */
export function isEnglish(rows) {
  const texts = rows.flat();
  return texts.some((text) => ENGLISH.test(text)) && !texts.some((text) => VIETNAMESE.test(text));
}

/**
 * @param {string[][]} rows written as in English
 * @returns {string[][]} the same numbers as in Vietnamese; what is no number stays
 */
export function inVietnamese(rows) {
  return rows.map((row) =>
    row.map((text) =>
      /^-?[\d,]*\.?\d+$/.test(text) ? text.replaceAll(",", "").replace(".", ",") : text
    )
  );
}
