// What all parts of the page lean on. Whatever comes from the server becomes text, never markup: names are chosen by
// whoever asks.
export const TOKEN = "sentry-token";

export const at = (id) => document.getElementById(id);
export const number = new Intl.NumberFormat("en");
export const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export function element(tag, attributes = {}, ...children) {
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

export function headers() {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { "Sentry-Request": "page", Authorization: "Bearer " + token } : { "Sentry-Request": "page" };
}

export async function call(path, method = "GET") {
  const response = await fetch(path, { method, headers: headers(), cache: "no-store" });
  if (response.status === 401) {
    askForToken();
    throw new Error("a token is needed");
  }
  const body = await response.json();
  if (!response.ok) throw new Error(body.problem || (body.problems || []).join("\n") || response.statusText);
  return body;
}

export function askForToken() {
  at("login").hidden = false;
}

// --- what the page says

export function notice(text) {
  at("notice").textContent = text;
  at("notice").hidden = !text;
}

export function state(kind, text) {
  at("state").className = "state " + kind;
  if (at("state-text").textContent !== text) at("state-text").textContent = text;
}

export const act = (work) => async (event) => {
  event?.preventDefault?.();
  try {
    notice("");
    await work(event);
  } catch (failure) {
    notice(failure.message);
  }
};

// --- numbers for people

export function millis(ms) {
  if (!(ms > 0)) return "–";
  if (ms < 1) return Math.round(ms * 1000) + " µs";
  if (ms >= 10000) return number.format(Math.round(ms / 1000)) + " s";
  return (ms < 10 ? ms.toFixed(1) : Math.round(ms)) + " ms";
}

export function span(seconds) {
  if (seconds < 90) return Math.ceil(seconds) + " s";
  if (seconds < 5400) return Math.round(seconds / 60) + " min";
  if (seconds < 172800) return Math.round(seconds / 3600) + " h";
  return Math.round(seconds / 86400) + " days";
}

export const percent = (part, whole) => (whole > 0 ? Math.round((100 * part) / whole) + " %" : "–");
export const undotted = (name) => (name.length > 1 && name.endsWith(".") ? name.slice(0, -1) : name);
