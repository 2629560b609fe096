"use strict";
// What an interactive page adds: hovering, a choice of groups, and a scenario control. It reads what
// stands on the page, asks for nothing, and the page says the same without it.
(() => {
  const make = (name, words = "", parent = null) => {
    const node = document.createElement(name);
    node.textContent = words;
    if (parent) parent.append(node);
    return node;
  };
  const cells = (row) => [...row.cells].map((cell) => cell.textContent);
  const described = (table, row) => {
    const heads = cells(table.tHead.rows[0]);
    const [first, ...others] = cells(row);
    return `${first}: ${others.map((text, i) => `${heads[i + 1]} ${text}`).join("; ")}`;
  };

  const tip = make("p", "", document.body);
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  const show = (event, words) => {
    tip.hidden = !words;
    if (!words) return;
    tip.textContent = words;
    const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
    const below = event.clientY + 18;
    const fits = below + tip.offsetHeight < innerHeight;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${fits ? below : event.clientY - tip.offsetHeight - 12}px`;
  };
  const inside = (svg, event) => {
    const box = svg.getBoundingClientRect();
    return ((event.clientY - box.top) / box.height) * svg.viewBox.baseVal.height;
  };
  const nearest = (svg, event, [first, last, log], at) => {
    const line = svg.querySelector("path[fill='none'], .mark-line path, path");
    const box = line.getBoundingClientRect();
    const share = (event.clientX - box.left) / (box.width || 1);
    const value = log ? first * (last / first) ** share : first + (last - first) * share;
    const far = at.map((one) => Math.abs(log ? Math.log(one / value) : one - value));
    return far.indexOf(Math.min(...far));
  };
  for (const drawing of document.querySelectorAll(".drawing")) {
    const svg = drawing.querySelector("svg");
    const boxes = JSON.parse(drawing.dataset.boxes || "[]");
    const line = JSON.parse(drawing.dataset.line || "null");
    const figure = drawing.closest(".figure");
    const table = figure.querySelector("table");
    const at = JSON.parse(figure.dataset.at || "[]");
    drawing.addEventListener("pointerleave", (event) => show(event, ""));
    drawing.addEventListener("pointermove", (event) => {
      const y = inside(svg, event);
      const box = boxes.find(([top, bottom]) => y >= top && y < bottom);
      if (line && at.length) show(event, described(table, table.tBodies[0].rows[nearest(svg, event, line, at)]));
      else show(event, box ? box[2] : "");
    });
  }

  const groups = document.getElementById("groups");
  const figures = groups ? [...groups.querySelectorAll(".figure")] : [];
  if (figures.length) {
    const label = make("label", "Show one group: ");
    label.className = "control";
    const select = make("select", "", label);
    make("option", "all of them", select).value = "";
    const says = make("p", "");
    says.setAttribute("role", "status");
    figures.forEach((figure, i) => {
      const table = figure.querySelector("table");
      const family = make("optgroup", "", select);
      family.label = cells(table.tHead.rows[0])[0];
      [...table.tBodies[0].rows].forEach((row, j) => {
        make("option", cells(row)[0], family).value = `${i} ${j}`;
      });
    });
    select.addEventListener("change", () => {
      const [i, j] = select.value.split(" ").map(Number);
      says.textContent = "";
      groups.querySelectorAll(".chosen").forEach((node) => node.remove());
      groups.querySelectorAll("tr").forEach((row) => row.classList.remove("marked"));
      figures.forEach((figure, n) => {
        figure.hidden = select.value !== "" && n !== i;
        figure.previousElementSibling.hidden = figure.hidden;
      });
      if (select.value === "") return;
      const table = figures[i].querySelector("table");
      const row = table.tBodies[0].rows[j];
      row.classList.add("marked");
      says.textContent = described(table, row);
      for (const drawing of figures[i].querySelectorAll(".drawing")) {
        const name = cells(row)[0].slice(0, 39);
        const box = JSON.parse(drawing.dataset.boxes).find((one) => one[2].startsWith(name));
        if (!box) continue;
        const svg = drawing.querySelector("svg");
        const band = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        const size = { width: svg.viewBox.baseVal.width, y: box[0], height: box[1] - box[0] };
        for (const [key, value] of Object.entries(size)) band.setAttribute(key, value);
        band.setAttribute("class", "chosen");
        svg.prepend(band);
      }
    });
    groups.querySelector("h2").after(label, says);
  }

  for (const place of document.querySelectorAll("[data-scenarios]")) {
    const found = JSON.parse(place.dataset.scenarios);
    // What is at most so much is rounded up where it is very small.
    const short = (value) => Number(Math.max(value, 0.1).toPrecision(2)).toLocaleString("en");
    make("legend", "What if? Choose assumptions that no log can show", place);
    const fields = [
      ["noticed", "Markers noticed", 100, "%"],
      ["removed", "Search removed by a hit", 100, "%"],
      ["wrong_cost_seconds", "Cost of a miss", 30, "s"],
    ].map(([key, words, most, unit]) => {
      const label = make("label", `${words} `, place);
      const input = make("input", "", label);
      Object.assign(input, { type: "range", min: 0, max: most, step: unit === "s" ? 0.5 : 1 });
      const output = make("output", "", label);
      return { key, input, output, unit, size: unit === "%" ? 100 : 1 };
    });
    const result = make("p", "");
    result.className = "result";
    result.setAttribute("role", "status");
    const compute = () => {
      const value = {};
      for (const { key, input, output, unit, size } of fields) {
        value[key] = Number(input.value) / size;
        output.textContent = ` ${input.value} ${unit}`;
        input.setAttribute("aria-valuetext", `${input.value} ${unit}`);
      }
      const spared = value.removed * found.search_upper_seconds;
      const each = value.noticed * (spared - value.wrong_cost_seconds * found.miss);
      const week = (each * found.per_week) / 60;
      result.textContent = each > 0
        ? `At most ${short(each)} s per interruption, ${short(week)} minutes per person and week.`
        : `A marker would cost time: ${short(-each)} s per interruption.`;
    };
    const choose = (one) => {
      for (const { key, input, size } of fields) input.value = one[key] * size;
      compute();
    };
    const buttons = make("p", "", place);
    for (const one of found.cases) {
      const button = make("button", one.name, buttons);
      button.type = "button";
      button.addEventListener("click", () => choose(one));
    }
    place.append(result);
    fields.forEach(({ input }) => input.addEventListener("input", compute));
    choose(found.cases[0]);
    place.hidden = false;
  }
})();
