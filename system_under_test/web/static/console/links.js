// Addresses in a text become links; everything else stays text. Only the web's own schemes, and never
// with signs that turn the direction of writing: what is read must be where it leads.
import { el } from "./dom.js";

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'`\u200e\u200f\u202a-\u202e\u2066-\u2069]+/giu;
const AFTER = /[.,:;!?\u2026\u3002\])}'"\u00bb\u201d\u2019*_~]+$/u;
const LONGEST = 2000;

/** The nodes of a text. */
export function linked(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const shown = withoutTrail(found[0]);
    const address = addressOf(shown);
    if (!address) continue;
    nodes.push(text.slice(from, found.index), link(shown, address));
    from = found.index + shown.length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

function link(shown, address) {
  // the title tells an address that imitates another's letters: its host is in ASCII there
  return el("a", { href: address.href, target: "_blank", rel: "noopener noreferrer nofollow", title: address.href, dir: "ltr", data: { testid: "message-link" } }, shown);
}

// The sentence's own signs at the end are not the address's; a closing bracket is when it opened there.
function withoutTrail(text) {
  const bare = text.replace(AFTER, "");
  const open = bare.split("(").length - bare.split(")").length;
  return open > 0 && text.startsWith(`${bare})`) ? `${bare})` : bare;
}

function addressOf(text) {
  if (text.length > LONGEST) return null;
  try {
    const address = new URL(/^www\./i.test(text) ? `https://${text}` : text);
    const isWeb = address.protocol === "https:" || address.protocol === "http:";
    return isWeb && address.hostname.includes(".") && !address.username ? address : null;
  } catch {
    return null; // it only looks like one
  }
}
