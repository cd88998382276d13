import { text, tooltip } from "./palette.js";

const steps = (c) => [c["heat-0"], c["heat-1"], c["heat-2"], c["heat-3"], c["heat-4"]];

const scale = (c, max, words) => ({
  type: "continuous",
  min: 0,
  max: Math.max(max, 1),
  orient: "horizontal",
  left: 0,
  bottom: 0,
  itemWidth: c.size,
  itemHeight: 8 * c.size,
  text: words,
  textStyle: text(c),
  inRange: { color: steps(c) },
  calculable: false,
});

const everyOther = (words) => words.map((word, at) => (at % 2 ? word : ""));

/**
 * {year, days: [["2026-03-01", 4, url?], …], unit: "件", months: [12 words], weekdays: [7 words],
 *  few, many}: one square a day, weeks as columns; on narrow screens the year stands upright.
 */
export function yearHeat(data, c, width) {
  const upright = width < 40 * c.size;
  const max = Math.max(...data.days.map((day) => day[1]), 0);
  const cell = upright ? Math.floor((width - 5 * c.size) / 7) : Math.floor((width - 5 * c.size) / 54);
  const side = Math.min(Math.max(cell, 5), 2 * c.size);
  const label = { ...text(c), color: c["ink-soft"] };
  const height = (upright ? side * 54 : side * 7) + 6 * c.size;
  const option = {
    visualMap: scale(c, max, [data.many, data.few]),
    tooltip: tooltip(c, ({ value }) => `${value[0]}　${value[1]} ${data.unit}`),
    calendar: {
      range: data.year,
      orient: upright ? "vertical" : "horizontal",
      top: 2 * c.size,
      left: 4.25 * c.size,
      cellSize: [side, side],
      splitLine: { lineStyle: { color: c["ink-soft"], width: 1 } },
      itemStyle: { color: c.surface, borderColor: c.hair, borderWidth: 1 },
      yearLabel: { show: false },
      monthLabel: { ...label, nameMap: data.months },
      dayLabel: { ...label, firstDay: 1, nameMap: side < 1.1 * c.size ? everyOther(data.weekdays) : data.weekdays },
    },
    series: [
      {
        type: "heatmap",
        coordinateSystem: "calendar",
        data: data.days.map(([day, count, url]) => ({ value: [day, count], url })),
      },
    ],
  };
  return { height, option };
}

/**
 * {columns: [words], rows: [words], cells: [[column, row, percent | null, url?], …], unit: "%", few, many}:
 * coverage of units by period. A cell without a value stays empty: too little evidence is no zero.
 */
export function coverageGrid(data, c) {
  const line = 2.2 * c.size;
  const axis = (words, more) => ({
    type: "category",
    data: words,
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: { ...text(c), ...more },
  });
  const option = {
    visualMap: { ...scale(c, 100, [data.many, data.few]), inRange: { color: steps(c) } },
    tooltip: tooltip(c, ({ value }) => `${data.rows[value[1]]}　${data.columns[value[0]]}　${value[2]} ${data.unit}`),
    grid: { top: c.size, left: 0, right: 0, bottom: 3.5 * c.size, containLabel: true },
    xAxis: axis(data.columns, { hideOverlap: true }),
    yAxis: { ...axis(data.rows, { width: 9 * c.size, overflow: "truncate" }), inverse: true },
    series: [
      {
        type: "heatmap",
        itemStyle: { borderColor: c.surface, borderWidth: 2 },
        data: data.cells.filter((cell) => cell[2] !== null).map(([x, y, value, url]) => ({ value: [x, y, value], url })),
      },
    ],
  };
  return { height: data.rows.length * line + 6 * c.size, option };
}
