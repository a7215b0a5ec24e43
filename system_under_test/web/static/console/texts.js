// The texts of the page's language, as the server put them into the page.

const texts = JSON.parse(document.getElementById("catalogue").textContent);

export const language = document.documentElement.lang;

/** The text of a key with its {values}; an absent text or value is an error, never a blank. */
export function t(key, values = {}) {
  const text = texts[key];
  if (text === undefined) throw new Error(`the catalogue has no text "${key}" in ${language}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    if (!(name in values)) throw new Error(`the text "${key}" wants the value "${name}"`);
    return values[name];
  });
}
