// What axe finds on a page: the rules that it breaks, each with the first element that does. Of
// texts that stand in the same path of elements and classes and are drawn in the same colours, it
// reckons the contrast of one.
globalThis.barriers = async (tags) => {
  const SAME = "data-same-colours";
  const paths = new Map();
  const path = (element) => {
    if (!element) return "";
    if (!paths.has(element)) {
      const style = getComputedStyle(element);
      const own = [
        element.tagName,
        element.className,
        style.backgroundColor,
        style.backgroundImage,
        style.opacity,
        style.position,
        style.zIndex,
      ];
      paths.set(element, `${path(element.parentElement)}>${own.join()}`);
    }
    return paths.get(element);
  };
  const words = (element) =>
    [...element.childNodes].filter((each) => each.nodeType === Node.TEXT_NODE)
      .map((each) => each.data).join("");
  const isAlone = (element) =>
    element.id ||
    element.closest("label, fieldset, select, button, svg, [disabled], [aria-disabled]");
  const known = new Set();
  for (const element of document.querySelectorAll("body *")) {
    if (!/[\p{L}\p{N}]{2}/u.test(words(element)) || isAlone(element)) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const drawn = [color, fontSize, fontWeight, textShadow, path(element)].join();
    if (known.has(drawn)) element.setAttribute(SAME, "");
    known.add(drawn);
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: `*:not([${SAME}])` }] });
  const options = { runOnly: tags, resultTypes: ["violations"] };
  const { violations } = await axe.run(document, options);
  document.querySelectorAll(`[${SAME}]`).forEach((element) => element.removeAttribute(SAME));
  return violations.map((rule) => [rule.id, rule.nodes[0].html.slice(0, 200)]);
};
