const NAMES = [
  "ink", "ink-soft", "hair", "surface", "brand", "good", "warn", "late", "info", "rest",
  "fill-good", "fill-warn", "fill-late", "fill-info", "fill-rest", "fill-brand",
  "heat-0", "heat-1", "heat-2", "heat-3", "heat-4",
];

/** The colours of the page as the browser resolves them, so that charts follow light and dark. */
export function palette(place) {
  const probe = document.createElement("i");
  place.append(probe);
  const colours = {};
  for (const name of NAMES) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  const style = getComputedStyle(document.body);
  const root = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return { ...colours, font: style.fontFamily, size: Math.round(root * 0.8125) };
}

export const text = (c) => ({ fontFamily: c.font, fontSize: c.size, color: c.ink });

/** Drawn, not HTML: an HTML tooltip carries style attributes, which the CSP forbids. */
export const tooltip = (c, formatter) => ({
  renderMode: "richText",
  confine: true,
  backgroundColor: c.surface,
  borderColor: c.hair,
  textStyle: text(c),
  formatter,
});
