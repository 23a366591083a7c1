// What axe finds on a page: the rules that it breaks, each with the first element that does. What an
// element is by itself (its name, its ARIA, its label, its size) is judged of elements of the
// `parts`; all else of the whole page, or, where nothing that is true of the whole is among the
// `parts`, of these elements too. Of texts that are drawn in the same colours over the same that is
// painted below them, it reckons the contrast of one, wherever on the page, and of none that are
// `known` from other pages; the new ones are given too.
globalThis.barriers = async (tags, parts, known) => {
  const SAME = "data-same-colours";
  // By axe's own categories.
  const OWN = ["cat.aria", "cat.color", "cat.forms", "cat.name-role-value"];
  const isOwn = ({ tags: all }) => all.some((tag) => OWN.includes(tag));
  const paths = new Map();
  const hash = (text) => {
    let [high, low] = [0xdeadbeef, 0x41c6ce57];
    for (let place = 0; place < text.length; place++) {
      const code = text.charCodeAt(place);
      high = Math.imul(high ^ code, 2654435761);
      low = Math.imul(low ^ code, 1597334677);
    }
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    return 4294967296 * (2097151 & low) + (high >>> 0);
  };
  // What neither paints nor lies over others changes no colours: its texts stand as its parent's do.
  const paints = ({ backgroundColor, backgroundImage, opacity, position }) =>
    backgroundColor !== "rgba(0, 0, 0, 0)" || backgroundImage !== "none" || opacity !== "1" ||
    position !== "static";
  const path = (element) => {
    if (!element) return 0;
    if (!paths.has(element)) {
      const style = getComputedStyle(element);
      const around = path(element.parentElement);
      const own = [
        around,
        element.tagName,
        element.className,
        style.backgroundColor,
        style.backgroundImage,
        style.opacity,
        style.position,
        style.zIndex,
      ];
      paths.set(element, paints(style) ? hash(own.join()) : around);
    }
    return paths.get(element);
  };
  const words = (element) =>
    [...element.childNodes].filter((each) => each.nodeType === Node.TEXT_NODE)
      .map((each) => each.data).join("");
  // What names a disabled field may be pale: it stands for no other text, nor another for it.
  const DISABLED = ":disabled, [disabled], [aria-disabled]";
  const naming = (element) => element.getAttribute("aria-labelledby")?.match(/\S+/g) ?? [];
  const pale = new Set([...document.querySelectorAll(DISABLED)].flatMap(naming));
  const isPale = (element) =>
    element.matches(DISABLED) || pale.has(element.id) || element.control?.matches(DISABLED);
  const isAlone = (element) => {
    for (let each = element; each; each = each.parentElement) if (isPale(each)) return true;
    return element.closest("svg") !== null;
  };
  const isNew = new Set(parts);
  const isWhole = parts.some((part) => part.startsWith("whole"));
  const judged = made.elements().filter((element) => isNew.has(made.kind(element)));
  const reckoned = new Set(known); // from here on marks are set, which would change the kinds
  const fresh = [];
  const texts = [];
  for (const element of document.querySelectorAll("body *")) {
    const text = words(element).trim();
    const isField = element.matches("input, select, textarea");
    // By one letter axe judges no colours; of a field it does, whatever is written there.
    if (text.length < 2 && !isField) {
      element.setAttribute(SAME, "");
      continue;
    }
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (isAlone(element)) {
      texts.push(element);
      continue;
    }
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    // What is hardly a text stands for the same one alone.
    const told = isField ? element.type : /[\p{L}\p{N}]{2}/u.test(text) ? "" : text;
    const drawn = hash([color, fontSize, fontWeight, textShadow, told, path(element)].join());
    if (reckoned.has(drawn)) element.setAttribute(SAME, "");
    else {
      texts.push(element);
      fresh.push(drawn);
    }
    reckoned.add(drawn);
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: `*:not([${SAME}])` }] });
  const options = {
    runOnly: tags,
    resultTypes: ["violations"],
    selectors: false,
    preload: false,
  };
  const rules = axe.getRules(tags);
  const broken = async (where, isAsked) => {
    const passed = rules.filter((rule) => !isAsked(rule)).map((rule) => rule.ruleId);
    const enabled = Object.fromEntries(passed.map((id) => [id, { enabled: false }]));
    return (await axe.run(where, { ...options, rules: enabled })).violations;
  };
  const near = [...judged, ...texts];
  const violations = [
    ...(isWhole || judged.length
      ? await broken(isWhole ? document : { include: judged }, (rule) => !isOwn(rule))
      : []),
    ...(near.length ? await broken({ include: near }, isOwn) : []),
  ];
  document.querySelectorAll(`[${SAME}]`).forEach((element) => element.removeAttribute(SAME));
  return [violations.map((rule) => [rule.id, rule.nodes[0].html.slice(0, 200)]), fresh];
};
