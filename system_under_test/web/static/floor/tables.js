// Draws what was seen of the floor: figures, queues, agents, the routing log.
import { el, keyed, setAttributes, setData, setText } from "../console/dom.js";
import { t } from "../console/texts.js";
import { elapsed, fullTime, timeOfDay } from "../console/times.js";

const PERCENT = new Intl.NumberFormat(document.documentElement.lang, { style: "percent", maximumFractionDigits: 0 });
const LATE_MS = 60_000;

const share = (value) => (value === null ? "–" : PERCENT.format(value));
const time = (value) => (value === null || value === undefined ? "–" : elapsed(value));

export function drawFigures(list, floor, figures) {
  const waiting = floor.services.reduce((sum, one) => sum + one.queue_length, 0);
  const held = floor.agents.reduce((sum, one) => sum + one.held.length, 0);
  const ready = floor.agents.filter((one) => one.status.routable && one.present);
  const places = ready.reduce((sum, one) => sum + one.positions, 0);
  const taken = ready.reduce((sum, one) => sum + one.held.length, 0);
  const oldest = Math.max(0, ...floor.services.map((one) => one.oldest_ms));
  const all = figures?.all;
  const rows = [
    ["waiting", String(waiting), waiting ? t("supervisor.oldest", { time: elapsed(oldest) }) : ""],
    ["in_service", String(held), t("supervisor.of_positions", { taken, places })],
    ["agents_ready", String(ready.length), t("supervisor.of_agents", { count: floor.agents.length })],
    ["service_level", share(all?.service_level ?? null), t("supervisor.within", { seconds: figures?.threshold_s ?? 20 })],
    ["first_response", time(all?.first_response_ms.p50), t("supervisor.median")],
    ["in_slot_reply", time(all?.in_slot_reply_ms.p95), t("supervisor.most")],
    ["handle_time", time(all?.handle_time_ms.mean), t("supervisor.mean")],
    ["slot_occupancy", share(all?.slot_occupancy ?? null), t("supervisor.last_hour")],
    ["abandonment", share(all?.abandonment ?? null), t("supervisor.last_hour")],
  ];
  keyed(list, rows, ([key]) => key, createFigure, (node, [key, value, about]) => {
    setData(node, { figure: key });
    setText(node.children[0], t(`figure.${key}`));
    setText(node.children[1], value);
    setText(node.children[2], about);
  });
}

const createFigure = () => el("div", { class: "figure" }, el("dt"), el("dd"), el("dd", { class: "about" }));

export function drawQueues(place, floor, actions) {
  keyed(place, floor.services, (one) => one.name, createQueue, (node, one) => {
    setData(node, { service: one.name });
    const [head, list, none] = node.children;
    setText(head.children[0], one.name);
    setText(head.children[1], one.open ? t("queue.length", { count: one.queue_length }) : t("supervisor.closed", { count: one.queue_length, time: fullTime(one.opens_ms) }));
    none.hidden = one.waiting.length > 0;
    keyed(list, one.waiting, (talk) => talk.id, () => createTalk(actions), (item, talk) => fillTalk(item.firstElementChild, talk));
  });
}

const createQueue = () =>
  el("article", { class: "queue", data: { testid: "queue" } },
    el("header", {}, el("h3", { dir: "auto" }), el("span", { class: "count" })),
    el("ol", { class: "talks" }), el("p", { class: "faint" }, t("supervisor.nobody_waits")));

const createTalk = (actions) =>
  el("li", {}, el("button", {
    class: "talk-button", type: "button", data: { testid: "floor-conversation" },
    onclick: (event) => actions.open(event.currentTarget.dataset.conversationId),
  }, el("bdi"), el("span", { class: "age" })));

function fillTalk(button, talk) {
  setData(button, { conversationId: talk.id, state: talk.state, late: (talk.unanswered_ms ?? 0) > LATE_MS });
  setText(button.children[0], talk.slot ? `${talk.slot} · ${talk.name}` : talk.name);
  const waits = talk.slot ? talk.unanswered_ms : talk.age_ms;
  setText(button.children[1], [
    waits === null ? "" : elapsed(waits), talk.priority ? t("supervisor.priority", { number: talk.priority }) : "",
    talk.only_agent ? t("supervisor.for_agent", { login: talk.only_agent }) : "",
  ].filter(Boolean).join(" · "));
}

export function drawAgents(body, floor, actions) {
  keyed(body, floor.agents, (one) => one.login, (one) => createAgent(one, floor.statuses, actions), (row, one) => {
    const [name, status, load, talks] = row.children;
    setData(row, { login: one.login, present: one.present, routable: one.status.routable });
    setText(name.firstElementChild, one.name);
    setText(name.lastElementChild, one.present ? one.login : t("supervisor.absent", { login: one.login }));
    setText(status.firstElementChild, one.status.label);
    setText(status.lastElementChild, one.status.since_ms ? elapsed(floor.now_ms - one.status.since_ms) : "–");
    setText(load.firstElementChild, `${one.held.length}/${one.positions}`);
    setAttributes(load.lastElementChild, { value: one.held.length, max: one.positions });
    keyed(talks.firstElementChild, one.held, (talk) => talk.id, () => createTalk(actions), (item, talk) => fillTalk(item.firstElementChild, talk));
  });
}

function createAgent(one, statuses, actions) {
  const { login } = one;
  const choose = (event) => {
    if (event.target.value) actions.status(login, event.target.value);
    event.target.value = "";
  };
  const choices = statuses.map((status) => el("option", { value: status.id }, status.label));
  return el("tr", { data: { testid: "floor-agent" } },
    el("th", { scope: "row" }, el("bdi"), el("span", { class: "about" })),
    el("td", {}, el("span", { class: "status-label" }), el("span", { class: "about" })),
    el("td", { class: "load" }, el("span"), el("meter", { min: 0, "aria-label": t("supervisor.load") })),
    el("td", {}, el("ul", { class: "talks" })),
    el("td", { class: "acts" },
      el("select", { "aria-label": t("supervisor.set_status", { name: one.name }), data: { testid: "force-status" }, onchange: choose },
        el("option", { value: "" }, t("supervisor.set")), choices),
      el("button", {
        class: "quiet", type: "button", data: { testid: "force-sign-out" }, "aria-label": t("supervisor.sign_out_name", { name: one.name }),
        onclick: () => window.confirm(t("supervisor.sign_out_sure", { name: one.name })) && actions.signOut(login),
      }, t("supervisor.sign_out"))));
}

// `priority_7` has its number in its name; everything else is a word of the catalogue.
const said = (word) => {
  const [, number] = word.match(/^priority_(\d+)$/) ?? [];
  return number ? t("supervisor.priority", { number }) : t(`routing.${word}`);
};

export function drawLog(body, entries, floor) {
  const names = new Map(floor.agents.map((one) => [one.id, one.login]));
  keyed(body, entries, (one) => one.id, createEntry, (row, one) => {
    const told = [
      timeOfDay(one.at_ms), one.conversation_id, said(one.trigger), said(one.reason), names.get(one.agent_id) ?? "–", one.slot ?? "–",
      one.eligible.map((id) => names.get(id) ?? id).join(", ") || "–", one.queue_length,
    ];
    told.forEach((value, place) => setText(row.children[place], String(value)));
  });
}

const createEntry = () => el("tr", { data: { testid: "log-entry" } }, ...Array.from({ length: 8 }, () => el("td")));
