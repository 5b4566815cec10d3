// The rules. A row stays the same element, so that a button keeps the focus.
import { act, at, call, element, millis, number, short, span } from "./base.js";

const ruleRows = new Map();

function ruleRow(rule) {
  const cells = {
    hits: element("td", { class: "n" }), last: element("td", {}), time: element("td", { class: "n" }),
    tags: element("span", {}), place: element("div", { class: "place" }),
  };
  const button = element("button", { type: "button", "data-rule": rule.number, onclick: act(async () => {
    const paused = button.dataset.paused === "true";
    // By now another rule may have its number.
    const query = new URLSearchParams({ text: rule.text });
    if (!paused) query.set("minutes", at("pause-minutes").value);
    showRule(await call("api/rules/" + rule.number + (paused ? "/resume?" : "/pause?") + query, "POST"));
  }) });
  const row = element("tr", {},
    element("td", { class: "n" }, rule.number),
    element("td", {}, element("code", {}, rule.text), " ", cells.tags, cells.place),
    cells.hits, cells.last, cells.time, element("td", {}, button));
  return { row, cells, button, text: rule.text, unused: false };
}

function showRule(rule) {
  let known = ruleRows.get(rule.number);
  if (!known || known.text !== rule.text) {
    known = ruleRow(rule);
    ruleRows.set(rule.number, known);
  }
  const paused = rule.paused_seconds > 0;
  known.unused = rule.hits === 0;
  known.row.className = paused ? "paused" : known.unused ? "unused" : "";
  known.cells.place.textContent = rule.place;
  known.cells.hits.textContent = number.format(rule.hits);
  known.cells.last.textContent = rule.last_hit ? span((Date.now() - Date.parse(rule.last_hit)) / 1000) + " ago" : "";
  known.cells.time.textContent = rule.nanoseconds > 0 ? millis(rule.nanoseconds / 1e6) : "";
  const tags = [];
  if (known.unused && !paused) tags.push(element("span", { class: "tag" }, "never used"));
  if (rule.errors > 0) tags.push(element("span", { class: "tag bad" }, short.format(rule.errors) + " errors"));
  if (paused) tags.push(element("span", { class: "tag warn" }, "paused for " + span(rule.paused_seconds)));
  if (rule.passed_over > 0) tags.push(element("span", { class: "tag" }, "passed over " + short.format(rule.passed_over) + "×"));
  known.cells.tags.replaceChildren(...tags);
  known.button.dataset.paused = paused;
  known.button.textContent = paused ? "Resume" : "Pause";
  known.button.setAttribute("aria-label", (paused ? "Resume rule " : "Pause rule ") + rule.number);
  return known;
}

export function rules(found) {
  const wanted = at("rules-filter").value.toLowerCase();
  const rows = found.rules.map(showRule)
    .filter((r) => (!at("only-unused").checked || r.unused) && r.text.toLowerCase().includes(wanted))
    .map((r) => r.row);
  for (const gone of [...ruleRows.keys()].filter((n) => n > found.total)) ruleRows.delete(gone);
  const table = at("rules");
  if (rows.length !== table.children.length || rows.some((row, i) => table.children[i] !== row)) table.replaceChildren(...rows);
  at("rules-more").hidden = found.total <= found.rules.length;
  at("rules-more").textContent = "The first " + found.rules.length + " of " + number.format(found.total) + " rules.";
}

export const showRules = act(async () => rules(await call("api/rules")));
at("only-unused").addEventListener("change", showRules);
at("rules-filter").addEventListener("input", showRules);
