// @ts-check
// What was changed in cells, to be taken back: the last change first. It knows no page.

/** @typedef {{name: string, before: string, after: string}} Change */

const MOST = 200;

/**
 * @param {string} text
 * @returns {string} the same for 8,50 and 8,5, for 1.000 and 1000
 */
const plain = (text) =>
  text.trim().replace(/[. ](?=\d{3})/g, "").replace(/(,\d*?)0+$/, "$1").replace(/,$/, "");

export class Undo {
  constructor() {
    /** @type {Change[][]} */
    this.steps = [];
  }

  /** @param {Change[]} changes what changed at once, and is taken back at once */
  push(changes) {
    const real = changes.filter(({ before, after }) => plain(before) !== plain(after));
    if (!real.length) return;
    this.steps.push(real);
    if (this.steps.length > MOST) this.steps.shift();
  }

  /**
   * @param {(name: string) => string} now what stands in a cell
   * @returns {[string, string][]} what the cells of the last step held before; one that was changed
   *   since by somebody else stays as it is
   */
  pop(now) {
    const last = this.steps.pop() ?? [];
    return last.filter(({ name, after }) => plain(now(name)) === plain(after))
      .map(({ name, before }) => [name, before]);
  }
}
