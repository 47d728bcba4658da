// The charts of a figure, drawn from the numbers that its tables show as well.
"use strict";

(() => {
  const told = document.getElementById("chart-data");
  if (!told || !window.echarts) return;
  const data = JSON.parse(told.textContent);
  const drawn = [];

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const of = name => style.getPropertyValue(name).trim();
    return { text: of("--bs-body-color"), line: of("--bs-border-color"), main: of("--bs-primary"), other: of("--bs-secondary-color") };
  }

  function axis(colour, more) {
    return { axisLabel: { color: colour.text }, axisLine: { lineStyle: { color: colour.line } }, splitLine: { lineStyle: { color: colour.line } }, ...more };
  }

  // What the tooltip says is drawn, not written as markup: the policy of the pages allows no styles in markup.
  const tooltip = { renderMode: "richText", trigger: "axis" };

  function trend(colour) {
    return {
      animation: false,
      tooltip,
      legend: { textStyle: { color: colour.text }, top: 0 },
      grid: { left: 8, right: 16, top: 48, bottom: 8, containLabel: true },
      xAxis: axis(colour, { type: "category", data: data.labels }),
      yAxis: axis(colour, { type: "value", minInterval: data.whole ? 1 : 0, name: data.unit, nameTextStyle: { color: colour.text } }),
      series: data.series.map((each, place) => ({
        name: each.name, type: "line", symbol: place ? "emptyRect" : "circle", symbolSize: 7,
        data: each.values, color: place ? colour.other : colour.main, lineStyle: { type: place ? "dashed" : "solid" },
      })),
    };
  }

  function parts(colour) {
    const shown = [...data.parts].reverse();
    return {
      animation: false,
      tooltip,
      grid: { left: 8, right: 56, top: 8, bottom: 8, containLabel: true },
      xAxis: axis(colour, { type: "value", minInterval: data.whole ? 1 : 0 }),
      yAxis: axis(colour, { type: "category", data: shown.map(each => each[0]) }),
      series: [{ type: "bar", data: shown.map(each => each[1]), color: colour.main, label: { show: true, position: "right", color: colour.text } }],
    };
  }

  function draw(id, made) {
    const place = document.getElementById(id);
    if (!place) return;
    if (id === "parts") place.style.height = `${Math.max(6, 1.75 * data.parts.length + 2)}rem`;
    const chart = window.echarts.init(place, null, { renderer: "canvas" });
    chart.setOption(made(colours()));
    drawn.push([chart, made]);
  }

  draw("trend", trend);
  draw("parts", parts);
  addEventListener("resize", () => drawn.forEach(([chart]) => chart.resize()));
  new MutationObserver(() => drawn.forEach(([chart, made]) => chart.setOption(made(colours())))).observe(
    document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
})();
