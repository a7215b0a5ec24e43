// Pictures, films, sound, files and stories inside a message. All of it comes from Meta's addresses;
// what Meta no longer has becomes a sentence.
import { el, icon } from "./dom.js";
import { t } from "./texts.js";
import { fullTime } from "./times.js";

const DAY_MS = 86_400_000;
const STORY = { story_mention: ["story.mention", "story.alt"], story_reply: ["story.reply", "story.reply_alt"] };

/** The elements for what a message carries besides its text. */
export function mediaOf(message, name) {
  const parts = message.attachments?.length ? message.attachments : [{ kind: message.kind, url: message.url }];
  if (!(message.kind in STORY)) return parts.map(({ kind, url }) => attachment(kind, addressOf(message, url), name));
  const others = parts.filter((one) => one.kind !== message.kind && one.url !== message.url);
  return [storyCard(message, name), ...others.map(({ kind, url }) => attachment(kind, addressOf(message, url), name))];
}

// Only the web's own schemes, and our own files: an address is written by somebody else.
function addressOf(message, url) {
  return message.available && url && /^(https?:\/\/|\/interact_multiagent\/media\/)/i.test(url) ? url : null;
}

function attachment(kind, url, name) {
  if (kind === "unsupported" || !(kind in SHOWN)) return url ? shared(url) : sentence("unsupported", t("message.unsupported"));
  if (!url) return gone();
  const figure = el("figure", { class: "media", data: { testid: "message-media", media: kind } });
  figure.append(SHOWN[kind](url, name, () => figure.replaceWith(gone())));
  return figure;
}

// A post or a reel, say: Meta tells where it is, not what it is.
const shared = (url) =>
  el("a", { class: "file", href: url, target: "_blank", rel: "noopener noreferrer", data: { testid: "message-shared" } }, icon("file"), t("message.shared"));

const SHOWN = {
  image: (url, name, lost) => picture(url, t("message.image_alt", { name }), lost),
  video: (url, name, lost) => player("video", url, t("message.video", { name }), lost),
  audio: (url, name, lost) => player("audio", url, t("message.audio", { name }), lost),
  file: (url) => el("a", { class: "file", href: url, target: "_blank", rel: "noopener noreferrer" }, icon("file"), t("message.file")),
};

function storyCard(message, name) {
  const [caption, alt] = STORY[message.kind];
  const url = addressOf(message, message.url);
  const card = el("div", { class: "story-card", data: { testid: "story-card" } },
    el("p", { class: "story-caption" }, icon("story"), el("span", { dir: "auto" }, t(caption, { name }))));
  const lost = () => {
    for (const one of card.querySelectorAll(".story-frame, .until")) one.remove();
    card.append(sentence("gone", t("story.unavailable"), "story-unavailable"));
  };
  if (url) card.append(storyFrame(url, t(alt, { name }), lost));
  else lost();
  // A mention is as old as its story, which Meta keeps for a day; how old an answered story is nobody says.
  if (url && message.kind === "story_mention") {
    card.append(sentence("until", t("story.until", { time: fullTime(message.at_ms + DAY_MS) }), "story-until"));
  }
  return card;
}

// Meta's address does not say whether the story is a picture or a film: tried in this order.
function storyFrame(url, alt, lost) {
  const frame = el("div", { class: "story-frame" });
  const tryFilm = () => frame.firstElementChild.replaceWith(player("video", url, alt, lost));
  const open = el("a", { class: "story-open", href: url, target: "_blank", rel: "noopener noreferrer" }, t("story.open"));
  frame.append(picture(url, alt, tryFilm), open);
  return frame;
}

function picture(url, alt, lost) {
  return el("img", { class: "picture", alt, src: url, referrerpolicy: "no-referrer", onerror: lost });
}

function player(kind, url, label, lost) {
  return el(kind, { class: kind, src: url, controls: true, preload: "metadata", "aria-label": label, onerror: lost });
}

const gone = () => sentence("gone", t("message.media_unavailable"), "media-unavailable");

const sentence = (name, text, testid) => el("p", { class: name, data: testid ? { testid } : {} }, text);
