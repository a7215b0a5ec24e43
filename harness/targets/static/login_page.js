// What stands on the login page, for eyes that know only labels and buttons.
(s) => {
  const seen = e => e.getClientRects().length > 0;
  const words = list => [...new Set(list.map(t => (t || "").trim()).filter(t => t))];
  const labels = [...document.querySelectorAll("label")].filter(seen).map(e => e.innerText);
  const hints = [...document.querySelectorAll("input")].filter(seen).flatMap(e => [e.placeholder, e.ariaLabel]);
  const buttons = [...document.querySelectorAll("button, input[type=submit], [role=button]")].filter(seen);
  const links = [...document.querySelectorAll("a")].filter(seen);
  const parts = [s.login, s.password, s.enter].map(sel => document.querySelector(sel));
  const inside = e => { const r = e.getBoundingClientRect(); return r.width > 0 && r.left >= 0 && r.right <= innerWidth + 1; };
  return {
    title: document.title,
    form: parts.every(e => e && seen(e)),
    labels: words([...labels, ...hints]),
    buttons: words(buttons.map(e => e.innerText || e.value)),
    links: words(links.map(e => e.innerText)),
    fits: parts.every(e => e && inside(e)) && document.documentElement.scrollWidth <= innerWidth + 1,
  };
}
