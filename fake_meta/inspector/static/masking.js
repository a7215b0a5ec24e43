// Secrets stay out of sight, and so out of screenshots, until somebody asks for them. The journal
// comes without them; the world's own are hidden here.

const HIDDEN = "••••••";
const box = () => document.getElementById("reveal");

export const isRevealed = () => box().checked;
export const onReveal = (hear) => box().addEventListener("change", hear);

/** A value that is a secret as a whole. */
export const secret = (value) => (isRevealed() ? value : HIDDEN);
