import { text, tooltip } from "./palette.js";

// A tie differs by dash as well as by colour; the words stand in the legend the server renders.
const TIES = {
  met: { tone: "good", type: "solid", width: 2 },
  open: { tone: "rest", type: "dashed", width: 1.5 },
  late: { tone: "late", type: "dotted", width: 3 },
};
const SHAPES = ["circle", "rect", "diamond", "triangle"];

/**
 * {groups: [words], nodes: [{id, name, group, note?, url?, clear?}], ties: [{from, to, state, url?}]}.
 * A node is drawn full when nothing is open with it (`clear`), as a ring otherwise.
 */
export function relations(data, c, width) {
  const tones = [c["fill-brand"], c["fill-info"], c["fill-warn"], c["fill-rest"]];
  const many = data.nodes.length > 40;
  const height = Math.min(Math.max(width * 0.6, 30 * c.size), 44 * c.size);
  const room = Math.sqrt((width * height) / Math.max(data.nodes.length, 6)); // a side of what one node may take
  const nodes = data.nodes.map((node) => {
    const tone = tones[node.group % tones.length];
    return {
      id: node.id,
      name: node.name,
      note: node.note,
      url: node.url,
      category: node.group,
      symbol: SHAPES[node.group % SHAPES.length],
      symbolSize: (many ? 1 : 1.6) * c.size,
      itemStyle: { color: node.clear ? tone : c.surface, borderColor: tone, borderWidth: 2 },
    };
  });
  const links = data.ties.map((tie) => {
    const look = TIES[tie.state] ?? TIES.open;
    return {
      source: tie.from,
      target: tie.to,
      url: tie.url,
      lineStyle: { color: c[`fill-${look.tone}`], type: look.type, width: look.width, curveness: 0.08 },
    };
  });
  const option = {
    legend: {
      top: 0,
      left: 0,
      data: data.groups.map((name, at) => ({ name, icon: SHAPES[at % SHAPES.length], itemStyle: { color: tones[at % tones.length] } })),
      textStyle: text(c),
    },
    tooltip: tooltip(c, ({ data: item, dataType }) =>
      dataType === "node" ? [item.name, item.note].filter(Boolean).join("\n") : ""),
    series: [
      {
        type: "graph",
        layout: "force",
        top: 4 * c.size,
        bottom: c.size,
        roam: true,
        scaleLimit: { min: 0.4, max: 4 },
        categories: data.groups.map((name) => ({ name })),
        data: nodes,
        links,
        label: { show: true, position: "bottom", ...text(c), textBorderColor: c.surface, textBorderWidth: 3 },
        labelLayout: { hideOverlap: true },
        force: {
          repulsion: 2.4 * room,
          edgeLength: [0.5 * room, 0.9 * room],
          gravity: 0.2,
          layoutAnimation: false,
        },
        emphasis: { focus: "adjacency" },
      },
    ],
  };
  return { height, option };
}
