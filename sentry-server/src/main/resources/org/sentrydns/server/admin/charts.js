// The charts.
import { at, short } from "./base.js";

const charts = [];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function chart(id, unit) {
  const host = at(id);
  const axis = () => ({ stroke: colour("--dim"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" });
  const make = (data) =>
    new uPlot({
      width: host.clientWidth, height: 190, padding: [8, 28, 0, 0], legend: { show: false }, cursor: { y: false, drag: { setScale: false } },
      scales: { x: { time: true }, y: { range: (u, min, max) => [0, Math.max(max * 1.1, unit)] } },
      axes: [{ ...axis(), size: 30, values: "{HH}:{mm}:{ss}", space: 80 }, { ...axis(), size: 52, values: (u, all) => all.map((v) => short.format(v)) }],
      series: [{},
        { stroke: colour("--one"), width: 2, fill: colour("--one") + "22", points: { show: false } },
        { stroke: colour("--two"), width: 1.5, points: { show: false } }],
    }, data, host);
  const it = {
    data: [[], [], []], plot: null,
    show(data) {
      this.data = data;
      if (this.plot) this.plot.setData(data);
      else this.plot = make(data);
    },
    again() {
      this.plot?.destroy();
      this.plot = make(this.data);
    },
    resize() {
      this.plot?.setSize({ width: host.clientWidth, height: 190 });
    },
  };
  charts.push(it);
  return it;
}

export const rateChart = chart("chart-rate", 5);
export const latencyChart = chart("chart-latency", 1);
new ResizeObserver(() => charts.forEach((c) => c.resize())).observe(at("main"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach((c) => c.again()));
