// The page.
import { TOKEN, act, at, call, element, millis, notice, number, percent, short, span, state, undotted } from "./base.js";
import { latencyChart, rateChart } from "./charts.js";
import "./explain.js";
import { live } from "./live.js";
import { rules, showRules } from "./rules.js";

const EVERY_MILLIS = 1000;
const RULES_EVERY = 2;

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

function statistics(figures) {
  const blocked = figures.queries_blocked;
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

at("login").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN, at("token").value);
  at("login").hidden = true;
  refresh();
  live.open();
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
