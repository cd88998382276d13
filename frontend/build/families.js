/**
 * Tabler's component families that no page of ours uses; their rules are left out of the bundle.
 * A family is dropped as a whole and by name, so that writing a template never needs a rebuild
 * for a class that was "not used yet".
 */
const FAMILIES = [
  "navbar", "sidebar", "nav-section", "switch-icon", "carousel", "ribbon", "form-imagecheck", "form-colorinput",
  "form-colorcheck", "bg-gradient", "bg-pattern", "card-gradient", "g-col", "g-start", "avatar-cover",
  "grid-cols", "img-responsive", "stars", "signature", "sparkline", "signal", "chat", "coloris", "dropzone",
  "litepicker", "jsvectormap", "fslightbox", "plyr", "apexcharts", "noUi", "wysiwyg", "tox", "jvm",
  "bg-(facebook|twitter|linkedin|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler|x)",
  "(btn|text|bg|btn-outline|btn-ghost)-(facebook|twitter|linkedin|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler|x)",
  "(btn|btn-outline|btn-ghost|card|alert|badge-outline|status|ribbon|text-bg|bg|steps|progress|list-group-item|link|border|chip|table|dot)-(azure|indigo|purple|pink|lime|teal|cyan|orange|yellow|blue|red|green)",
  "(prose|markdown)",
  "placeholder", "page-wrapper-full", "datagrid-flat", "vc", "calendar", "tracking", "pricing", "hero", "browser",
];

const UNUSED = new RegExp(`\\.(${FAMILIES.join("|")})(?![a-z])|data-bs-navbar-theme|data-theme=|\\.theme-dark`);

export function dropFamilies() {
  return {
    postcssPlugin: "drop-families",
    Rule(rule) {
      if (!rule.source?.input.file?.includes("@tabler")) return;
      const kept = rule.selectors.filter((selector) => !UNUSED.test(selector));
      if (kept.length === 0) rule.remove();
      else if (kept.length < rule.selectors.length) rule.selectors = kept;
    },
  };
}
