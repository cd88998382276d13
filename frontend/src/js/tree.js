// The organisation chart is nested <details>; this adds fold all, unfold all, find and zoom.
const STEPS = [0.5, 0.65, 0.8, 1, 1.25];

function zoom(tree, by) {
  const body = tree.querySelector("[data-tree-body]");
  const now = STEPS.indexOf(Number(tree.dataset.zoom ?? 1));
  const next = STEPS[Math.min(Math.max(now + by, 0), STEPS.length - 1)];
  tree.dataset.zoom = next;
  body.style.zoom = next;
}

function fold(tree, open) {
  tree.querySelectorAll("details").forEach((branch) => (branch.open = open));
}

function find(tree, text) {
  const words = text.trim().toLowerCase();
  let first = null;
  for (const node of tree.querySelectorAll("[data-tree-node]")) {
    const hit = words !== "" && node.textContent.toLowerCase().includes(words);
    node.classList.toggle("is-found", hit);
    if (!hit) continue;
    first ??= node;
    for (let up = node.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
  }
  first?.scrollIntoView({ block: "center", inline: "center" });
}

const DO = {
  open: (tree) => fold(tree, true),
  close: (tree) => fold(tree, false),
  in: (tree) => zoom(tree, +1),
  out: (tree) => zoom(tree, -1),
};

export function enhance(trees) {
  for (const tree of trees) {
    tree.querySelector("[data-tree-tools]")?.removeAttribute("hidden");
    tree.addEventListener("click", (event) => DO[event.target.closest("[data-tree-do]")?.dataset.treeDo]?.(tree));
    tree.addEventListener("input", (event) => {
      if (event.target.matches("[data-tree-find]")) find(tree, event.target.value);
    });
  }
}
