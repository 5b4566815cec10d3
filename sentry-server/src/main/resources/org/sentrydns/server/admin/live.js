// The live stream: read with fetch, since EventSource can send no token.
import { askForToken, at, element, headers, short, undotted } from "./base.js";

const LIVE_ROWS = 200;

export const live = {
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
      let problem = "not connected";
      try {
        const response = await fetch("api/live?" + query, { headers: headers(), signal: controller.signal, cache: "no-store" });
        if (response.status === 401) return askForToken();
        if (!response.ok) {
          problem = (await response.json()).problem;
          if (response.status === 400) return this.say(problem);
        } else {
          this.say("");
          await this.read(response.body.getReader());
        }
      } catch (failure) {
        if (controller.signal.aborted) return;
      }
      this.say(problem + ", trying again");
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
      table.prepend(...this.waiting.reverse().map((q) => element("tr", { class: q.blocked ? "block" : "" },
        element("td", { class: "mono" }, new Date(q.time).toLocaleTimeString("en-GB")),
        element("td", { class: "mono" }, q.client),
        element("td", { class: "name mono", title: [q.rule, q.from && "from " + q.from].filter(Boolean).join("\n") }, undotted(q.name)),
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
