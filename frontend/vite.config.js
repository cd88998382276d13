import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

import { dropFamilies } from "./build/families.js";
import { iconSprite } from "./build/icons.js";
import { standaloneChunks } from "./build/standalone.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Browsers found in offices: domestic Chromium builds of 2023 and later. Lightning CSS lowers
// light-dark() and friends to what these understand.
const browsers = ["chrome111", "edge111", "firefox113", "safari16.4"];

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [iconSprite(here("../")), standaloneChunks()],
  css: { postcss: { plugins: [dropFamilies()] } },
  build: {
    outDir: here("../src/tanxin/web/static/bundle"),
    emptyOutDir: true,
    target: browsers,
    cssTarget: browsers,
    cssMinify: "lightningcss",
    // A data: font or picture in the style sheet would need its own CSP source.
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 800,
    rollupOptions: {
      input: { main: here("src/main.js") },
      output: {
        // Entries keep their names, so templates need no manifest; chunks carry a hash, because
        // scripts ask for them by name and caches may keep them for ever.
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        assetFileNames: ({ names }) =>
          names.includes("main.css") ? "main.css" : "chunks/[name]-[hash][extname]",
      },
    },
  },
});
