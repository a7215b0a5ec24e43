// Secrets stay out of sight, and so out of screenshots, until somebody asks for them.

const HIDDEN = "••••••";
const box = () => document.getElementById("reveal");
const PATTERNS = [
  [/((?:access_token|input_token|client_secret|appsecret_proof|fb_exchange_token|hub\.verify_token|verify_token|code|signature|signed_request|password)=)[^&\s"']+/g, `$1${HIDDEN}`],
  [/("(?:access_token|input_token|client_secret|appsecret_proof|verify_token|secret|password|signed_request)"\s*:\s*")[^"]*(")/g, `$1${HIDDEN}$2`],
  [/\b(Bearer|OAuth|Basic)\s+[\w.|+/=~-]{8,}/g, `$1 ${HIDDEN}`],
  [/\b(EAA|IGAA|IGQ)[A-Za-z0-9]{8,}/g, `$1${HIDDEN}`],
  [/\b\d{12,18}\|[A-Za-z0-9_-]{8,}/g, HIDDEN],
];

export const isRevealed = () => box().checked;
export const onReveal = (hear) => box().addEventListener("change", hear);

/** The text as it may be shown now. */
export function shown(text) {
  if (isRevealed() || !text) return text ?? "";
  return PATTERNS.reduce((masked, [pattern, instead]) => masked.replace(pattern, instead), text);
}

/** A value that is a secret as a whole. */
export const secret = (value) => (isRevealed() ? value : HIDDEN);
