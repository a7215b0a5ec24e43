// Puts the console together: one store, its views, the desk, the stream of events.
import { Api } from "./api.js";
import { Unreachable } from "./calls.js";
import { Arrivals } from "./arrivals.js";
import { Attaching } from "./attaching.js";
import { Attending } from "./attending.js";
import { CommandBar } from "./commands.js";
import { Composer } from "./composer.js";
import { ConversationList } from "./conversations.js";
import { Desk } from "./desk.js";
import { Details } from "./details.js";
import { part } from "./dom.js";
import { EndQuestion } from "./ending.js";
import { recall, remember, unanswered } from "./memory.js";
import { MyDay } from "./my_day.js";
import { ChannelBanner, ConnectionBanner, SessionNotice, Toasts } from "./notices.js";
import { Notifications } from "./notifications.js";
import { Pane } from "./pane.js";
import { possible } from "./possible.js";
import { QuickReplies } from "./quick_replies.js";
import { NOTHING, openConversations, reduce, selectedConversation, unseenCount } from "./reducer.js";
import { wireShortcuts } from "./shortcuts.js";
import { SlotBar } from "./slots.js";
import { StatusMenu } from "./status.js";
import { Store } from "./store.js";
import { Stream } from "./stream.js";
import { t } from "./texts.js";
import { Timers } from "./timers.js";
import { TransferDialog } from "./transfer.js";

const NARROW = window.matchMedia("(max-width: 719px)");
const RETRY_MS = 2000;

let tellReady;
// for whoever drives this page: resolves once the first state is drawn and the stream is open
window.__interact = Object.freeze({ ready: new Promise((resolve) => { tellReady = resolve; }) });

const { selectedId, drafts, pending } = recall();
const store = new Store(reduce, { ...NOTHING, drafts: drafts ?? {}, pending: unanswered(pending, t("message.unreachable")) });
const api = new Api(document.querySelector("meta[name=csrf-token]").content, endSession);
const toasts = new Toasts();
const desk = new Desk(api, store, toasts.show);
const composer = new Composer(desk);
const notifications = new Notifications(choose);
const status = new StatusMenu(desk, () => notifications.ask());
const pane = new Pane({ desk, composer, details: new Details(desk), endConversation });
const arrivals = new Arrivals(announce);
const transfer = new TransferDialog(desk, store);
const quickReplies = new QuickReplies();
const myDay = new MyDay(api);
const endQuestion = new EndQuestion();
const stream = new Stream(api, () => store.state.cursor, {
  event: takeEvent,
  reset: () => desk.load(),
  lost: () => store.dispatch({ type: "connection", connection: "lost" }),
  live: () => {
    store.dispatch({ type: "connection", connection: "open" });
    document.documentElement.dataset.ready = "true";
    tellReady();
    desk.sendUnanswered();
  },
});
const views = [
  status, new SlotBar(choose), new ConversationList(store, choose), pane, new ConnectionBanner(), new ChannelBanner(), new SessionNotice(),
  arrivals, new Attending(desk, store), transfer, quickReplies, new Attaching(desk, composer),
  new Timers(store),
];

function endSession({ error, message }) {
  const kind = error === "taken_over" ? "taken_over" : "signed_out";
  store.dispatch({ type: "sessionEnded", kind, message: message ?? (kind === "taken_over" ? t("session.taken_over") : "") });
}

/** The agent goes to a conversation: it opens, and writing may begin. */
function choose(id) {
  endQuestion.wentOn(null, 0, 0); // who chooses has looked
  desk.select(id);
  arrivals.forget(id);
  toasts.dismiss(id);
  store.draw();
  if (!NARROW.matches) composer.focus();
}

function takeEvent(event) {
  const before = store.dispatch({ type: "event", event });
  myDay.notice(event);
  if (event.type === "message_updated" && before !== store.state) tellFailure(event.data, before);
  if (event.type !== "conversation_opened" || before === store.state) return;
  const opened = store.state.conversations[event.data.id];
  if (opened && opened.state !== "ended" && !before.conversations[opened.id]) welcome(opened);
}

// In front of the eyes the bubble says it; elsewhere nobody would see that a customer has no answer.
function tellFailure({ conversation_id: id, message }, before) {
  const conversation = store.state.conversations[id];
  const isNew = before.conversations[id]?.messages?.find((one) => one.id === message.id)?.state !== "failed";
  if (message.state !== "failed" || !conversation || id === store.state.selectedId || !isNew) return;
  toasts.show(t("toast.not_sent", { name: conversation.name }), { act: () => choose(id), about: id });
}

// An agent with nothing else in front of the eyes sees the new conversation at once; work is never
// interrupted, and nothing takes the keyboard.
function welcome(conversation) {
  const isIdle = !store.state.selectedId && !NARROW.matches;
  if (isIdle) desk.select(conversation.id);
  arrivals.add(conversation);
}

function announce(id) {
  const conversation = store.state.conversations[id];
  if (!conversation || conversation.state === "ended" || store.state.session) return;
  toasts.show(t("toast.new_conversation", { name: conversation.name }), { act: () => choose(id), about: id });
  notifications.announce(conversation);
}

// The button that was pressed is gone with its conversation: go on with the next one.
async function endConversation() {
  const { selectedId: ended, drafts, conversations: before } = store.state;
  const asked = { unseen: unseenCount(store.state, Date.now()), draft: Boolean(drafts[ended]?.trim()) };
  if (!(await endQuestion.agrees(selectedConversation(store.state), asked, Date.now()))) return;
  const pressed_ms = Date.now();
  await desk.end(ended);
  if (store.state.selectedId === ended) return;
  endQuestion.wentOn(store.state.selectedId, before[store.state.selectedId]?.unread ?? 0, pressed_ms);
  store.draw();
  if (!store.state.selectedId) part("status-menu").focus();
  else if (!NARROW.matches) composer.focus();
}

function drawAll(state) {
  for (const view of views) view.draw(state);
  notifications.drawTitle(state);
  if (state.session) stream.stop();
  if (state.loaded) remember(state);
  desk.markRead();
}

async function start() {
  try {
    await desk.load();
  } catch (trouble) {
    if (store.state.session) return;
    if (!(trouble instanceof Unreachable)) throw trouble;
    store.dispatch({ type: "connection", connection: "lost" });
    setTimeout(start, RETRY_MS);
    return;
  }
  if (openConversations(store.state).some((one) => one.id === selectedId)) desk.select(selectedId);
  store.draw();
  myDay.changed(0);
  stream.open();
  notifications.ask();
}

store.watch(drawAll);
part("log-out").addEventListener("click", () => desk.logOut());
window.addEventListener("focus", () => desk.markRead({ isBack: true }));
document.addEventListener("visibilitychange", () => desk.markRead({ isBack: true }));

const help = part("help-dialog");
const acts = {
  end: () => pane.end(), transfer: () => transfer.show(), note: () => composer.toggleNote(), status: () => status.open(),
  quickReplies: () => quickReplies.begin(), commands: () => commandBar.open(), help: () => help.showModal(), select: choose,
  choose: (id) => desk.selectStatus(id), details: () => document.querySelector("[data-action=details]").click(),
  sound: notifications.toggleSound, hasSound: () => notifications.hasSound, logOut: () => desk.logOut(),
};
const commandBar = new CommandBar(() => possible(store.state, acts));
wireShortcuts(store, choose, acts);
part("help").addEventListener("click", acts.help);
part("commands").addEventListener("click", acts.commands);
start();
