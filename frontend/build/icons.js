import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const OUTLINE = fileURLToPath(new URL("../node_modules/@tabler/icons/icons/outline", import.meta.url));
// Must exist: {% icon "name" %} in a template. May exist: any other word in quotes there or in Python,
// which is how names reach a tag through a variable.
const MUST = /{%-?\s*icon\s+["']([a-z0-9-]+)["']/g;
const MAY = /["']([a-z][a-z0-9-]*)["']/g;

function* filesBelow(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      if (name !== "bundle" && name !== "__pycache__") yield* filesBelow(path);
    } else if (/\.(html|txt|py)$/.test(name)) yield path;
  }
}

const drawn = (name) => existsSync(join(OUTLINE, `${name}.svg`));

function mentioned(root) {
  const names = new Map();
  for (const path of filesBelow(join(root, "src/tanxin/web"))) {
    const text = readFileSync(path, "utf8");
    for (const [, name] of text.matchAll(MAY)) if (drawn(name)) names.set(name, path);
    for (const [, name] of text.matchAll(MUST)) names.set(name, path);
  }
  return names;
}

function listed(root) {
  const path = join(root, "frontend/icons.txt");
  const words = readFileSync(path, "utf8").replace(/#.*/g, "").split(/\s+/).filter(Boolean);
  return new Map(words.map((name) => [name, path]));
}

function symbol(name) {
  const inner = readFileSync(join(OUTLINE, `${name}.svg`), "utf8")
    .replace(/<!--[^]*?-->/g, "")
    .replace(/^[^]*?<svg[^>]*>/, "")
    .replace("</svg>", "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s*\n\s*/g, "")
    .replace(/ \/>/g, "/>");
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
}

/** One file with every icon that icons.txt lists or a template or Python module of the web names. */
export function iconSprite(root) {
  return {
    name: "icon-sprite",
    buildStart() {
      this.addWatchFile(join(root, "frontend/icons.txt"));
    },
    generateBundle() {
      const wanted = new Map([...mentioned(root), ...listed(root)]);
      for (const [name, path] of wanted) {
        if (!drawn(name)) this.error(`no Tabler icon "${name}" (asked for in ${path})`);
      }
      const symbols = [...wanted.keys()].sort().map(symbol).join("\n");
      const source = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols}\n</svg>\n`;
      this.emitFile({ type: "asset", fileName: "icons.svg", source });
    },
  };
}
