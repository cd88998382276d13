// Draws `<figure data-chart="KIND" data-source="ID">` from the JSON in `<script id="ID">`.
import { coverageGrid, yearHeat } from "./heat.js";
import { bars, lines } from "./bars.js";
import { echarts } from "./echarts.js";
import { palette } from "./palette.js";
import { relations } from "./relations.js";

const KINDS = {
  "year-heat": yearHeat,
  "coverage-grid": coverageGrid,
  relations,
  bars,
  lines,
};

const drawn = new Set();

function read(figure) {
  return JSON.parse(document.getElementById(figure.dataset.source).textContent);
}

function paint(figure, chart) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const { height, option } = KINDS[figure.dataset.chart](read(figure), palette(figure), chart.getWidth());
  if (height) chart.resize({ height });
  chart.setOption({ animation: !still, animationDuration: 300, ...option }, true);
}

function open(event) {
  const url = event.data?.url;
  if (url) location.assign(url);
}

function start(figure) {
  const canvas = figure.querySelector("[data-canvas]");
  const chart = echarts.init(canvas, null, { renderer: "svg" });
  chart.on("click", open);
  paint(figure, chart);
  drawn.add([figure, chart]);
  new ResizeObserver(() => {
    if (Math.abs(canvas.clientWidth - chart.getWidth()) < 2) return;
    chart.resize();
    paint(figure, chart);
  }).observe(canvas);
}

function repaint() {
  for (const pair of drawn) {
    const [figure, chart] = pair;
    if (figure.isConnected) paint(figure, chart);
    else {
      chart.dispose();
      drawn.delete(pair);
    }
  }
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);

export function draw(figures) {
  figures.forEach(start);
}
