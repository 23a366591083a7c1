// @ts-check
// A long page leaf by leaf: which headings belong to the one that is read. It knows no page.

/**
 * @param {number[]} levels what stands on the page in its order: 2 for an h2 and so on, 0 for a leaf
 * @param {number} at the place of the leaf that is read
 * @returns {number[]} the places of the headings above it, the highest first
 */
export function headingsOf(levels, at) {
  /** @type {number[]} */
  let above = [];
  levels.slice(0, Math.max(at, 0)).forEach((level, place) => {
    if (level === 0) return;
    above = above.filter((other) => levels[other] < level);
    above.push(place);
  });
  return above;
}

/**
 * @param {number} at
 * @param {number} count
 * @returns {string} where one is
 */
export const whereWords = (at, count) => `Mục ${at + 1}/${count}`;
