// A customer's picture, or initials when there is none or it does not load.
import { el } from "./dom.js";

const COLOURS = 6;
const WORDS = /[\s._-]+/u;

export function avatar(conversation) {
  const { customer, name, id } = conversation;
  const node = el("span", { class: "avatar", "aria-hidden": "true", data: { colour: colourOf(customer?.igsid ?? id) } });
  node.append(initials(name));
  const address = customer?.avatar_url;
  if (address && /^https?:/.test(address)) {
    const picture = el("img", { alt: "", src: address, referrerpolicy: "no-referrer", decoding: "async" });
    picture.addEventListener("load", () => node.replaceChildren(picture));
  }
  return node;
}

export const avatarKey = ({ name, customer }) => `${name}\n${customer?.avatar_url ?? ""}`;

export function initials(name) {
  const words = name.split(WORDS).map(firstSign).filter((sign) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(sign));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.join("").toLocaleUpperCase() || "?";
}

// The first sign as people see it: an emoji of several code points is one.
function firstSign(word) {
  const [first] = Intl.Segmenter ? new Intl.Segmenter().segment(word) : [...word].map((segment) => ({ segment }));
  return first?.segment ?? "";
}

function colourOf(text) {
  return [...String(text)].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 9973, 7) % COLOURS;
}
