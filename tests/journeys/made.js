// What a page is made of, with the width of the screen: the kinds of its elements and where they
// stand; and what is true of all of it: its address without numbers, which headings follow each
// other, its landmarks, whether an id stands twice.
globalThis.made = (() => {
  const TOLD = ["role", "type", "aria-current", "aria-invalid"];
  const NAMING = ["alt", "aria-label", "title", "placeholder", "href"];
  const REFERRING = ["aria-labelledby", "aria-describedby", "for", "headers"];
  const HEADINGS = "h1, h2, h3, h4, h5, h6";
  const LANDMARKS = "header, nav, main, aside, footer, [role=region], [role=search]";
  const WORDED = `${HEADINGS}, a, button, caption, label, legend, option, summary, th`;

  const isThere = (id) => document.getElementById(id) !== null;
  const attribute = ({ name, value }) => {
    if (TOLD.includes(name)) return name + value;
    if (NAMING.includes(name)) return name + /\S/.test(value);
    return REFERRING.includes(name) ? name + value.split(/\s+/).every(isThere) : name;
  };
  const named = (element) => `${element.tagName}.${element.className}`;
  const called = (element) =>
    (element.matches(WORDED) && /\S/.test(element.textContent)) + `${element.labels?.length > 0}`;
  const kind = (element) =>
    `${innerWidth}${named(element.parentElement)}>${named(element)} ` +
    `${[...element.attributes].map(attribute)} ${called(element)}`;

  const page = () =>
    location.pathname.replace(/\d+/g, "N")
      .replace(/(papers|paper-templates|parts)\/[a-z_]+/, "$1/W");
  const whole = () => {
    const headings = [...document.querySelectorAll(HEADINGS)].map((each) => each.tagName);
    const landmarks = [...document.querySelectorAll(LANDMARKS)].map((each) => each.tagName);
    const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
    return [
      `page ${page()}`,
      `landmarks ${[...new Set(landmarks)]}`,
      `ids ${new Set(ids).size === ids.length}`,
      ...headings.map((each, place) => `headings ${headings[place - 1]}>${each}`),
    ].map((part) => `whole ${innerWidth} ${part}`);
  };
  const elements = () => [...document.querySelectorAll("body, body *")];
  return { kind, elements, parts: () => [...new Set([...whole(), ...elements().map(kind)])] };
})();
