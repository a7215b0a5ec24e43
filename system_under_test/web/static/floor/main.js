// The supervisor's page: looks at the floor every two seconds, and acts on it.
import { Api } from "./api.js";
import { ConversationDialog } from "./dialog.js";
import { drawAgents, drawFigures, drawLog, drawQueues } from "./tables.js";

const LOOK_MS = 2000;
const FIGURES_MS = 10_000;

const part = (name) => document.querySelector(`[data-part="${name}"]`);
const api = new Api(document.querySelector("meta[name=csrf-token]").content);
const dialog = new ConversationDialog(api, look);
const stale = document.querySelector("[data-testid=floor-stale]");
let figuresAt = 0;
let figures = null;
let timer = 0;

const actions = {
  open: (id) => dialog.show(id),
  status: (login, status) => act(() => api.forceStatus(login, status)),
  signOut: (login) => act(() => api.signOut(login)),
};

async function act(call) {
  try {
    await call();
  } catch (trouble) {
    window.alert(trouble.message); // rare, and nothing may be lost behind a table that redraws itself
  }
  await look();
}

async function look() {
  clearTimeout(timer);
  try {
    const [floor, log] = await Promise.all([api.floor(), api.log()]);
    if (Date.now() - figuresAt > FIGURES_MS) {
      figures = await api.metrics(60);
      figuresAt = Date.now();
    }
    drawFigures(part("figures"), floor, figures);
    drawQueues(part("queues"), floor, actions);
    drawAgents(part("agents"), floor, actions);
    drawLog(part("log"), log.entries, floor);
    dialog.see(floor);
    stale.hidden = true;
    document.documentElement.dataset.ready = "true";
  } catch (trouble) {
    if (trouble.status === 401 || trouble.status === 403) return window.location.assign("/interact_multiagent");
    stale.hidden = false;
    console.warn("the floor could not be read:", trouble.message);
  }
  timer = setTimeout(look, LOOK_MS);
  return undefined;
}

look();
