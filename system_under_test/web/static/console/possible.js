// What can be done right now, for the command bar.
import { openConversations, selectedConversation } from "./reducer.js";
import { t } from "./texts.js";

/** `acts` as for the shortcuts, and `select(id)`, `choose(status)`, `hasSound()`, `details()`, `sound()`, `logOut()`. */
export function possible(state, acts) {
  const open = selectedConversation(state);
  const isActive = open?.state === "active" && !state.previous;
  const isHeld = isActive || (open?.state === "wrap_up" && !state.previous);
  return [
    ...openConversations(state).map((one) => ({
      words: t("commands.go_to", { name: one.name }), keys: one.slot <= 8 ? `Alt+${one.slot}` : "", act: () => acts.select(one.id),
    })),
    ...(isActive ? [
      { words: t("pane.end"), keys: "Alt+E", act: acts.end },
      { words: t("transfer.open"), keys: "Alt+T", act: acts.transfer },
      { words: t("composer.quick_replies"), keys: "/", act: acts.quickReplies },
    ] : []),
    ...(isHeld ? [{ words: t("note.mode"), keys: "Alt+N", act: acts.note }] : []),
    ...(open ? [{ words: t("pane.details"), keys: "", act: acts.details }] : []),
    ...state.statuses.filter((one) => one.id !== state.status?.id).map((one) => ({
      words: `${t("console.status")}: ${one.label}`, keys: "", act: () => acts.choose(one.id),
    })),
    { words: t(acts.hasSound() ? "notifications.sound_on" : "notifications.sound_off"), keys: "", act: acts.sound },
    { words: t("help.title"), keys: "?", act: acts.help },
    { words: t("session.log_out"), keys: "", act: acts.logOut },
  ];
}
