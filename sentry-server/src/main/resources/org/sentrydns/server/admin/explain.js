// What would be decided about a name.
import { act, at, call, element, undotted } from "./base.js";

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
  at("explain-result").replaceChildren(verdict, ...result.notes.map((note) => element("p", {}, element("span", { class: "tag warn" }, "note"), " " + note)),
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
