// Enter sends, Shift+Enter breaks the line; a message that could not be sent comes back.

export function startComposer(thread, alert) {
  startGestures(thread, alert);
  const form = document.querySelector("[data-composer]");
  if (!form) return;
  const field = form.elements.text;
  const token = form.elements.csrf_token.value;

  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".send"));
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    alert.hidden = true;
    if (event.submitter?.name === "attachment") {
      post({ attachment: event.submitter.value });
    } else if (field.value.trim()) {
      post({ text: field.value, ...takeReply(form) });
      field.value = "";
    }
    field.focus();
  });

  form.elements.file.addEventListener("change", ({ target }) => {
    if (!target.files.length) return;
    alert.hidden = true;
    const file = new FormData();
    file.set("csrf_token", token);
    file.set("file", target.files[0]);
    target.value = "";
    thread.post(form.action, file).catch((error) => {
      alert.textContent = `Not sent: ${error.message}.`;
      alert.hidden = false;
    });
  });

  // Not by `autofocus`: whoever types before this line would have Enter break the line.
  field.focus();

  function post(fields) {
    thread.post(form.action, { csrf_token: token, ...fields }).catch(() => {
      alert.textContent = "Not sent. Try again.";
      alert.hidden = false;
      if (fields.text && !field.value) field.value = fields.text;
    });
  }
}

// A reply is for one message only: the bar above the composer goes with it.
function takeReply(form) {
  const answered = form.elements.reply_to;
  if (!answered) return {};
  answered.remove();
  document.querySelector("[data-replying]")?.remove();
  history.replaceState(null, "", location.pathname);
  return { reply_to: answered.value };
}

// Reactions, quick replies, buttons; two clicks or taps on a message react with a heart.
function startGestures(thread, alert) {
  const submit = (form, fields) => {
    const token = form.elements.csrf_token.value;
    const all = { csrf_token: token, mid: form.elements.mid.value, ...fields };
    thread.post(form.action, all).catch(() => {
      alert.textContent = "That did not work. Try again.";
      alert.hidden = false;
    });
  };
  thread.list.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!event.target.matches("[data-gesture]") || !button) return;
    event.preventDefault();
    event.target.closest("details")?.removeAttribute("open");
    submit(event.target, { [button.name]: button.value });
  });
  thread.list.addEventListener("dblclick", (event) => {
    const message = event.target.closest("[data-mid]");
    const form = message?.querySelector("[data-react]");
    if (!form || event.target.closest("details, form, a")) return;
    submit(form, { reaction: "love" });
  });
}

// The dialog that unsends: `open(mid)` asks, its form does it.
export function startUnsend(thread, alert) {
  const dialog = document.querySelector("[data-dialog]");
  const form = dialog.querySelector("[data-unsend-form]");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    const fields = { csrf_token: form.elements.csrf_token.value, mid: form.elements.mid.value };
    thread.post(form.action, fields).catch(() => {
      alert.textContent = "The message could not be unsent. Try again.";
      alert.hidden = false;
    });
  });
  dialog.querySelector("[data-close]").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  // Only a press that begins outside closes it, not the end of the long press that opened it.
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog) dialog.close();
  });

  return {
    dialog,
    open(mid) {
      form.elements.mid.value = mid;
      dialog.showModal();
    },
  };
}
