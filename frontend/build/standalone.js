/**
 * Fails the build when a chunk imports an entry. Whoever serves the files may give the entries
 * other names (a content hash), and the browser would then run the entry twice.
 */
export function standaloneChunks() {
  return {
    name: "standalone-chunks",
    generateBundle(_, bundle) {
      const entries = new Set(Object.values(bundle).filter((file) => file.isEntry).map((file) => file.fileName));
      for (const chunk of Object.values(bundle)) {
        const entry = !chunk.isEntry && chunk.imports?.find((name) => entries.has(name));
        if (entry) this.error(`${chunk.fileName} imports ${entry}; move what they share to a module of its own`);
      }
    },
  };
}
