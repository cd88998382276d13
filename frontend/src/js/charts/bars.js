import { text, tooltip } from "./palette.js";

const TONES = ["info", "good", "warn", "late", "rest", "brand"];
const DASHES = ["solid", "dashed", "dotted"];

const base = (data, c, series) => ({
  textStyle: text(c),
  tooltip: { ...tooltip(c), trigger: "axis", axisPointer: { type: "none" } },
  legend: { show: data.series.length > 1, bottom: 0, textStyle: text(c), itemWidth: c.size },
  grid: { top: c.size, left: 0, right: c.size, bottom: data.series.length > 1 ? 3 * c.size : 0, containLabel: true },
  series,
});

const words = (data, c) => ({
  type: "category",
  data: data.labels,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: c.hair } },
  axisLabel: { ...text(c), hideOverlap: true },
});

const numbers = (c) => ({
  type: "value",
  minInterval: 1,
  axisLabel: { ...text(c), color: c["ink-soft"] },
  splitLine: { lineStyle: { color: c.hair } },
});

const data = (row) => row.values.map((value, at) => ({ value, url: row.urls?.[at] }));

/** {labels: [words], stacked?, lying?, series: [{name, tone?, values: [n], urls?: [url]}]} */
export function bars(chart, c) {
  const series = chart.series.map((row, at) => ({
    type: "bar",
    name: row.name,
    stack: chart.stacked ? "all" : undefined,
    barMaxWidth: 1.6 * c.size,
    itemStyle: { color: c[`fill-${row.tone ?? TONES[at % TONES.length]}`] },
    data: data(row),
  }));
  const height = chart.lying ? chart.labels.length * 2.4 * c.size + 5 * c.size : 20 * c.size;
  const axes = chart.lying
    ? { xAxis: numbers(c), yAxis: { ...words(chart, c), inverse: true } }
    : { xAxis: words(chart, c), yAxis: numbers(c) };
  return { height, option: { ...base(chart, c, series), ...axes } };
}

/** As bars; lines differ by dash as well as by colour. */
export function lines(chart, c) {
  const series = chart.series.map((row, at) => ({
    type: "line",
    name: row.name,
    symbolSize: 0.5 * c.size,
    lineStyle: { type: DASHES[at % DASHES.length] },
    itemStyle: { color: c[`fill-${row.tone ?? TONES[at % TONES.length]}`] },
    data: data(row),
  }));
  return { height: 20 * c.size, option: { ...base(chart, c, series), xAxis: words(chart, c), yAxis: numbers(c) } };
}
