// The page. Whatever comes from the server becomes text, never markup: names are chosen by whoever asks.
const EVERY_MILLIS = 1000;
const RULES_EVERY = 2;
const LIVE_ROWS = 200;
const TOKEN = "sentry-token";

const at = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.map((child) => (child instanceof Node ? child : String(child))));
  return made;
}

// --- calls

function headers() {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { "Sentry-Request": "page", Authorization: "Bearer " + token } : { "Sentry-Request": "page" };
}

async function call(path, method = "GET") {
  const response = await fetch(path, { method, headers: headers(), cache: "no-store" });
  if (response.status === 401) {
    askForToken();
    throw new Error("a token is needed");
  }
  const body = await response.json();
  if (!response.ok) throw new Error(body.problem || (body.problems || []).join("\n") || response.statusText);
  return body;
}

function askForToken() {
  at("login").hidden = false;
}

at("login").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN, at("token").value);
  at("login").hidden = true;
  refresh();
  live.open();
});

function notice(text) {
  at("notice").textContent = text;
  at("notice").hidden = !text;
}

function state(kind, text) {
  at("state").className = "state " + kind;
  if (at("state-text").textContent !== text) at("state-text").textContent = text;
}

const act = (work) => async (event) => {
  event?.preventDefault?.();
  try {
    notice("");
    await work(event);
  } catch (failure) {
    notice(failure.message);
  }
};

// --- numbers for people

function millis(ms) {
  if (!(ms > 0)) return "–";
  if (ms < 1) return Math.round(ms * 1000) + " µs";
  return (ms < 10 ? ms.toFixed(1) : Math.round(ms)) + " ms";
}

function span(seconds) {
  if (seconds < 90) return Math.ceil(seconds) + " s";
  if (seconds < 5400) return Math.round(seconds / 60) + " min";
  if (seconds < 172800) return Math.round(seconds / 3600) + " h";
  return Math.round(seconds / 86400) + " days";
}

const percent = (part, whole) => (whole > 0 ? Math.round((100 * part) / whole) + " %" : "–");

// --- charts

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

const rateChart = chart("chart-rate", 5);
const latencyChart = chart("chart-latency", 1);
new ResizeObserver(() => charts.forEach((c) => c.resize())).observe(at("main"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach((c) => c.again()));

// --- the parts of the page

function bars(id, entries) {
  const most = Math.max(1, ...entries.map(([, count]) => count));
  const rows = entries.map(([label, count]) => {
    const row = element("li", {},
      element("span", { class: "label" }, label),
      element("span", { class: "count" }, number.format(count)));
    row.style.setProperty("--share", count / most);
    return row;
  });
  at(id).replaceChildren(...(rows.length ? rows : [element("li", { class: "none" }, "nothing yet")]));
}

const descending = (counts, most = 8) => Object.entries(counts).sort((a, b) => b[1] - a[1]).slice(0, most);
const undotted = (name) => (name.length > 1 && name.endsWith(".") ? name.slice(0, -1) : name);

function statistics(figures) {
  const blocked = figures.verbs.block || 0;
  const hits = figures.cache.hits || 0;
  const looked = hits + (figures.cache.misses || 0);
  at("now-rate").textContent = number.format(figures.queries_per_second);
  at("now-total").textContent = short.format(figures.queries) + " in " + span(figures.uptime_seconds);
  at("now-blocked").textContent = percent(blocked, figures.queries);
  at("now-blocked-total").textContent = short.format(blocked) + " queries";
  at("now-p50").textContent = millis(figures.latency_ms.p50);
  at("now-p99").textContent = "99 of 100 within " + millis(figures.latency_ms.p99);
  at("now-cache").textContent = percent(hits, looked);
  at("now-cache-entries").textContent = short.format(figures.cache.entries || 0) + " replies kept";
  at("version").textContent = "Sentry " + figures.version;
  bars("verbs", descending(figures.verbs));
  bars("types", descending(figures.types));
  bars("rcodes", descending(figures.rcodes));
  blocking(figures.blocking_paused_seconds);
}

function blocking(left) {
  const button = at("pause-blocking");
  button.dataset.paused = left > 0;
  button.textContent = left > 0 ? "Resume blocking" : "Pause blocking";
  at("pause-minutes").disabled = left > 0;
  if (left > 0) state("warn", "blocking is paused for " + span(left));
  else state("good", "running");
}

function top(found) {
  bars("names", found.names.map((n) => [undotted(n.name), n.queries]));
  bars("blocked", found.blocked.map((n) => [n.name, n.queries]));
  bars("clients", found.clients.map((c) => [c.client, c.queries]));
}

function upstreams(found) {
  const rows = found.upstreams.map((u) => {
    const name = element("td", {}, element("code", {}, u.name), " ");
    if (u.down) name.append(element("span", { class: "tag bad" }, "down"));
    const won = element("td", { class: "n share" }, percent(u.won, u.asked));
    won.style.setProperty("--share", u.won / Math.max(1, u.asked));
    return element("tr", {}, name,
      element("td", { class: "n" }, number.format(u.asked)), element("td", { class: "n" }, number.format(u.won)),
      won, element("td", { class: "n" }, millis(u.p50_ms)),
      element("td", { class: "n" }, millis(u.p99_ms)), element("td", { class: "n" }, number.format(u.failed)));
  });
  const none = element("tr", {}, element("td", { colspan: 7, class: "none" }, "none was asked yet"));
  at("upstreams").replaceChildren(...(rows.length ? rows : [none]));
}

function lists(found) {
  at("lists-card").hidden = found.lists.length === 0;
  at("lists").replaceChildren(...found.lists.map((l) => {
    const name = element("td", {}, element("code", {}, "@" + l.name), " ");
    if (!l.loaded) name.append(element("span", { class: "tag warn" }, "not in yet"));
    return element("tr", {}, name, element("td", { class: "mono" }, l.source),
      ...[l.names, l.patterns, l.exceptions, l.unreadable].map((n) => element("td", { class: "n" }, number.format(n))));
  }));
}

// --- rules: a row stays the same element, so that a button keeps the focus

const ruleRows = new Map();

function ruleRow(rule) {
  const cells = {
    hits: element("td", { class: "n" }), last: element("td", {}), each: element("td", { class: "n" }),
    tags: element("span", {}),
  };
  const button = element("button", { type: "button", "data-rule": rule.number, onclick: act(async () => {
    const paused = button.dataset.paused === "true";
    const minutes = paused ? "" : "?minutes=" + at("pause-minutes").value;
    showRule(await call("api/rules/" + rule.number + (paused ? "/resume" : "/pause" + minutes), "POST"));
  }) });
  const row = element("tr", {},
    element("td", { class: "n" }, rule.number),
    element("td", {}, element("code", {}, rule.text), " ", cells.tags, element("div", { class: "place" }, rule.place)),
    cells.hits, cells.last, cells.each, element("td", {}, button));
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
  known.cells.hits.textContent = number.format(rule.hits);
  known.cells.last.textContent = rule.last_hit ? span((Date.now() - Date.parse(rule.last_hit)) / 1000) + " ago" : "";
  known.cells.each.textContent = rule.hits > 0 ? millis(rule.nanoseconds / rule.hits / 1e6) : "";
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

function rules(found) {
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

const showRules = act(async () => rules(await call("api/rules")));
at("only-unused").addEventListener("change", showRules);
at("rules-filter").addEventListener("input", showRules);

// --- buttons

at("pause-blocking").addEventListener("click", act(async () => {
  const paused = at("pause-blocking").dataset.paused === "true";
  const path = paused ? "api/blocking/resume" : "api/blocking/pause?minutes=" + at("pause-minutes").value;
  blocking((await call(path, "POST")).paused_seconds);
  await showRules();
}));

at("reload").addEventListener("click", act(async () => {
  await call("api/reload", "POST");
  state("good", "reloaded");
}));

// --- explain

const words = {
  "applied": (step) => step.does,
  "in-shadow": (step) => "in shadow, would have: " + step.does,
  "other-condition": (step) => "not so: " + step.condition,
  "paused": () => "is paused",
  "verb-passed-over": () => "an earlier rule has the verb passed over",
  "failing": (step) => "fails: " + step.cause,
};

function explained(result) {
  const decision = result.decision;
  const decider = decision.rule && result.rules[decision.rule - 1];
  const verdict = element("p", {}, element("span", { class: "tag" }, decision.verb), " ",
    element("code", {}, undotted(result.name)), " " + result.type);
  if (decision.name !== result.name) verdict.append(" asked as ", element("code", {}, undotted(decision.name)));
  if (decider) verdict.append(" by rule " + decider.number + " ", element("code", {}, decider.rule), element("span", { class: "place" }, " " + decider.place));
  verdict.append(": " + decision.does);
  // Of very many rules, those that have to do with the name.
  const steps = result.rules.filter((step) => words[step.part]);
  const rest = result.rules.length - steps.length;
  at("explain-result").replaceChildren(verdict,
    element("ol", { class: "steps" }, ...steps.map((step) =>
      element("li", { class: step === decider ? "hit decides" : step.part === "applied" ? "hit" : "" },
        element("code", {}, step.number + " " + step.rule),
        element("div", { class: "dim" }, words[step.part](step) + (step.list ? ", by line " + step.line + " of the list " + step.list : ""))))),
    element("p", { class: "dim" }, rest === 1 ? "1 other rule does not match or stands behind." : rest + " other rules do not match or stand behind."));
}

at("explain").addEventListener("submit", act(async () => {
  const query = new URLSearchParams({ name: at("explain-name").value.trim(), type: at("explain-type").value.trim(), from: at("explain-from").value.trim() });
  try {
    explained(await call("api/explain?" + query));
  } catch (failure) {
    at("explain-result").replaceChildren(element("p", { class: "tag bad" }, failure.message));
  }
}));

// --- live: read with fetch, since EventSource can send no token

const live = {
  controller: null, held: false, waiting: [], lost: 0,

  async open() {
    this.controller?.abort();
    const controller = (this.controller = new AbortController());
    const query = new URLSearchParams({ per_second: 50 });
    for (const key of ["name", "client", "type", "verb"]) {
      const value = at("live-" + key).value.trim();
      if (value) query.set(key, value);
    }
    while (!controller.signal.aborted) {
      try {
        const response = await fetch("api/live?" + query, { headers: headers(), signal: controller.signal, cache: "no-store" });
        if (response.status === 401) return askForToken();
        if (!response.ok) {
          this.say((await response.json()).problem);
          if (response.status === 400) return;
        } else {
          this.say("");
          await this.read(response.body.getReader());
        }
      } catch (failure) {
        if (controller.signal.aborted) return;
      }
      this.say("not connected, trying again");
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  },

  async read(reader) {
    const decoder = new TextDecoder();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const events = (text + decoder.decode(part.value, { stream: true })).split("\n\n");
      text = events.pop();
      events.forEach((event) => this.take(event));
    }
  },

  take(event) {
    const data = /^data: (.*)$/m.exec(event);
    if (!data) return;
    const seen = JSON.parse(data[1]);
    if (/^event: lost$/m.test(event)) this.lost += seen.lost;
    else this.waiting.push(seen);
    if (this.waiting.length > LIVE_ROWS) this.waiting.shift();
  },

  draw() {
    if (this.held || document.hidden) return;
    if (this.waiting.length) {
      const table = at("live");
      table.prepend(...this.waiting.reverse().map((q) => element("tr", { class: q.verb === "block" ? "block" : "" },
        element("td", { class: "mono" }, new Date(q.time).toLocaleTimeString("en-GB")),
        element("td", { class: "mono" }, q.client),
        element("td", { class: "name mono", title: q.rule ?? "" }, undotted(q.name)),
        element("td", {}, q.type), element("td", {}, q.verb), element("td", {}, q.rcode),
        element("td", { class: "n" }, q.ms < 0.1 ? q.ms.toFixed(2) : q.ms.toFixed(1)))));
      this.waiting = [];
      while (table.children.length > LIVE_ROWS) table.lastChild.remove();
    }
    if (this.lost > 0) {
      this.say(short.format(this.lost) + " more went by in the last second");
      this.lost = 0;
    }
  },

  say(text) {
    at("live-state").textContent = text;
  },
};

at("live-filter").addEventListener("submit", (event) => {
  event.preventDefault();
  at("live").replaceChildren();
  live.waiting = [];
  live.open();
});

at("live-toggle").addEventListener("click", () => {
  live.held = !live.held;
  at("live-toggle").setAttribute("aria-pressed", live.held);
  at("live-toggle").textContent = live.held ? "Go on" : "Hold";
});

at("metrics-link").addEventListener("click", (event) => {
  if (!sessionStorage.getItem(TOKEN)) return;
  event.preventDefault();
  notice("/metrics wants the token as 'Authorization: Bearer', which a link cannot send.");
});

// --- the clock

let round = 0;

async function refresh() {
  const [figures, past, most, upstream] = await Promise.all(["api/statistics", "api/history", "api/top?limit=10", "api/upstreams"].map((path) => call(path)));
  statistics(figures);
  rateChart.show([past.time, past.queries, past.blocked]);
  latencyChart.show([past.time, past.p50_ms, past.p99_ms]);
  top(most);
  upstreams(upstream);
  if (round++ % RULES_EVERY === 0) {
    rules(await call("api/rules"));
    lists(await call("api/lists"));
  }
}

async function clock() {
  if (!document.hidden && at("login").hidden) {
    try {
      await refresh();
    } catch (failure) {
      state("bad", at("login").hidden ? "no connection to the server" : "waiting for the token");
    }
  }
  setTimeout(clock, EVERY_MILLIS);
}

setInterval(() => live.draw(), 250);
clock();
live.open();
