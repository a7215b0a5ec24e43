// Everything an agent sees on the console at one moment. `s` is the selector table.
(s) => {
  const all = (sel, root = document) => (sel ? [...root.querySelectorAll(sel)] : []);
  const one = (sel, root) => all(sel, root)[0] ?? null;
  const text = e => (e ? e.innerText : "");
  const shows = e => !!e && e.getClientRects().length > 0;
  const attr = (e, name) => (name ? e.getAttribute(name) : null);
  const loaded = m => m.tagName === "IMG" ? m.complete && m.naturalWidth > 0
    : m.tagName === "VIDEO" || m.tagName === "AUDIO" ? !m.error && m.readyState > 0 : true;
  const media = e => {
    const found = all("img, video, audio, a[href]", e).map(m => m.querySelector("source") ?? m);
    const first = found[0];
    if (!first) return [null, false];
    const shown = first.tagName === "SOURCE" ? first.parentElement : first;
    return [first.currentSrc || first.src || first.href || null, shows(shown) && loaded(shown)];
  };
  const message = e => {
    const body = one(s.message_text, e);
    const gone = one(s.message_deleted, e);
    const story = one(s.story_card, e);
    const lost = one(s.story_unavailable, e);
    const holder = story ?? one(s.message_media, e);
    const [url, visible] = holder ? media(holder.matches("img, video, audio") ? holder.parentElement : holder) : [null, false];
    return {
      mid: attr(e, s.message_mid_attribute),
      direction: e.matches(s.message_out) ? "out" : "in",
      kind: attr(e, s.message_kind_attribute) ?? (story || lost ? "story_mention" : url ? "media" : "text"),
      text: text(body),
      tags: body ? [...body.querySelectorAll("*")].map(t => t.tagName.toLowerCase()) : [],
      state: attr(e, s.message_state_attribute) ?? "",
      deleted: !!gone,
      media_url: url,
      media_visible: visible,
      placeholder: gone ? text(gone) : lost ? text(lost) : null,
    };
  };
  const conversations = all(s.conversation).map(e => ({
    id: attr(e, s.conversation_id_attribute),
    name: text(one(s.conversation_name, e)).trim(),
    preview: text(one(s.conversation_preview, e)),
    selected: e.matches(s.conversation_selected),
  }));
  const log = one(s.message_log);
  const open = conversations.find(c => c.selected)?.id ?? null;
  const shown = (log && attr(log, s.conversation_id_attribute)) || open;
  return {
    conversations,
    open: open === shown ? open : null,
    messages: all(s.message).map(message),
    slots: all(s.slot).map(e => ({
      number: Number(attr(e, s.slot_number_attribute) ?? 0),
      conversation_id: attr(e, s.conversation_id_attribute) || null,
    })),
    status: text(one(s.status_current)).trim(),
    queue: text(one(s.queue_length)),
    previous: all(s.previous).map(e => ({ id: attr(e, s.conversation_id_attribute), label: text(e).trim() })),
    taken_over: shows(one(s.taken_over)) ? text(one(s.taken_over)).trim() : null,
  };
}
