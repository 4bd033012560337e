"use strict";
// Draws a chosen node, what refers to it (left) and what it refers to (right). Text is only ever set as text.
(() => {
  const { nodes, edges, whole } = JSON.parse(document.getElementById("graph").textContent);
  const KINDS = ["group", "operation", "struct", "enum", "union", "alias"];
  const [WIDTH, HEIGHT, GAP, WAY, MOST] = [230, 24, 8, 90, 40];
  const picture = document.getElementById("picture");
  const choice = document.getElementById("choice");
  const said = document.getElementById("said");
  const before = picture.firstElementChild;
  const to = nodes.map(() => []), from = nodes.map(() => []);
  for (const [a, b] of edges) { to[a].push(b); from[b].push(a); }
  const label = (at) => nodes[at][1];

  const element = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const short = (text) => [...text].length > 29 ? [...text].slice(0, 28).join("") + "…" : text;

  const draw = (chosen) => {
    const users = from[chosen].filter((at) => at !== chosen), used = to[chosen].filter((at) => at !== chosen);
    const near = new Set([chosen, ...users, ...used]);
    const further = [...new Set(used.flatMap((at) => to[at]))].filter((at) => !near.has(at));
    const columns = [users, [chosen], used, further].map((all) => [all.slice(0, MOST), all.length]);
    const rows = Math.max(...columns.map(([shown]) => shown.length));
    const [width, height] = [4 * WIDTH + 3 * WAY + 4, rows * (HEIGHT + GAP) + GAP + 20];
    const svg = element("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img" });
    const places = new Map();
    columns.forEach(([shown, count], column) => {
      const top = (height - 20 - shown.length * (HEIGHT + GAP)) / 2;
      shown.forEach((at, row) => places.set(at, [2 + column * (WIDTH + WAY), top + row * (HEIGHT + GAP) + GAP / 2]));
      if (count > shown.length) {
        const more = element("text", { x: 2 + column * (WIDTH + WAY), y: height - 4 });
        more.textContent = `and ${count - shown.length} more`;
        svg.append(more);
      }
    });
    for (const [at, [x, y]] of places) for (const other of to[at]) {
      const end = places.get(other);
      if (!end || other === at || (end[0] <= x && at !== chosen && other !== chosen)) continue;
      const [x1, y1, x2, y2] = [x + WIDTH, y + HEIGHT / 2, end[0], end[1] + HEIGHT / 2];
      svg.append(element("path", { d: `M${x1} ${y1}C${x1 + WAY / 2} ${y1} ${x2 - WAY / 2} ${y2} ${x2} ${y2}` }));
    }
    for (const [at, [x, y]] of places) svg.append(box(at, x, y, at === chosen));
    picture.replaceChildren(svg);
    choice.value = label(chosen);
    said.textContent = `${KINDS[nodes[chosen][0]]} ${label(chosen)}: ${nodes[chosen][2]} · referred to by ${users.length}, refers to ${used.length}`
      + (to[chosen].includes(chosen) ? ", and to itself" : "");
  };
  const box = (at, x, y, is_chosen) => {
    const node = element("g", { class: is_chosen ? "node chosen" : "node", tabindex: "0", "data-node": at });
    node.append(element("rect", { x, y, width: WIDTH, height: HEIGHT, class: KINDS[nodes[at][0]] }));
    const text = element("text", { x: x + 8, y: y + 16 });
    text.textContent = short(label(at));
    const title = element("title", {});
    title.textContent = `${label(at)}: ${nodes[at][2]}`;
    node.append(text, title);
    return node;
  };

  const follow = (at) => { if (at in nodes) location.hash = `n${at}`; };
  const show = () => {
    const at = /^#n(\d+)$/.exec(location.hash);
    if (at && at[1] in nodes) draw(Number(at[1]));
    else if (whole) { picture.replaceChildren(before); said.textContent = ""; }
    else draw(from.reduce((most, users, at) => users.length > from[most].length ? at : most, 0));
  };
  picture.addEventListener("click", (event) => {
    const node = event.target.closest("[data-node]");
    if (node) follow(Number(node.dataset.node));
  });
  picture.addEventListener("keydown", (event) => {
    const node = event.key === "Enter" && event.target.closest("[data-node]");
    if (node) follow(Number(node.dataset.node));
  });
  choice.addEventListener("change", () => follow(nodes.findIndex((node) => node[1] === choice.value)));
  addEventListener("hashchange", () => { show(); if (/^#n/.test(location.hash)) picture.scrollIntoView({ block: "nearest" }); });
  if (nodes.length) show();
})();
