// Keeps the messages on the screen equal to those of the server: one element a message, touched
// only when it changed, so that an open menu or a finger on a message survives news.

const POLL_MS = 300;
const RETRY_MS = 2000;

export class Thread {
  constructor(list) {
    this.list = list;
    this.scroller = list.closest("[data-scroller]");
    this.revision = list.dataset.revision;
    this.drawn = new Map([...list.children].map((item) => [item.dataset.key, item.outerHTML]));
    this.posts = Promise.resolve();
    list.addEventListener("error", (event) => markGone(event.target), true);
    list.querySelectorAll("img").forEach((img) => {
      if (img.complete && img.naturalWidth === 0) markGone(img);
    });
    this.scrollToEnd();
    this.poll();
  }

  // One after the other: two quick messages keep their order.
  post(address, fields) {
    const answer = this.posts.then(() => this.request(address, {
      method: "POST",
      body: fields instanceof FormData ? fields : new URLSearchParams(fields),
    }));
    this.posts = answer.catch(() => {});
    return answer.then((news) => {
      if (Number(news.revision) > Number(this.revision)) this.show(news);
      this.scrollToEnd();
    });
  }

  async poll() {
    const asked = this.revision;
    let pause = POLL_MS;
    try {
      const address = `${this.list.dataset.news}?after=${encodeURIComponent(asked)}`;
      const news = await this.request(address, {});
      // What was posted in the meantime has already brought something newer.
      if (news && asked === this.revision) this.show(news);
    } catch {
      pause = RETRY_MS;
    }
    setTimeout(() => this.poll(), pause);
  }

  async request(address, options) {
    const response = await fetch(address, { ...options, headers: { Accept: "application/json" } });
    if (response.status === 204) return null;
    if (response.status === 401) location.reload();
    const body = await response.json();
    if (!response.ok) throw new Error(body.error?.message ?? body.error);
    return body;
  }

  // The HTML comes from the same template as the page, escaped by the server.
  show({ revision, html }) {
    const follow = this.isAtEnd();
    const parsed = document.createElement("template");
    parsed.innerHTML = html;
    const wanted = [...parsed.content.children];
    const keys = new Set(wanted.map((item) => item.dataset.key));
    for (const item of [...this.list.children]) {
      if (!keys.has(item.dataset.key)) item.remove();
    }
    wanted.forEach((item, place) => this.draw(item, this.list.children[place]));
    this.revision = String(revision);
    this.list.dataset.revision = this.revision;
    if (follow) this.scrollToEnd();
  }

  draw(item, present) {
    const key = item.dataset.key;
    const html = item.outerHTML;
    if (!present || present.dataset.key !== key) this.list.insertBefore(item, present ?? null);
    else if (this.drawn.get(key) !== html) present.replaceWith(item);
    this.drawn.set(key, html);
  }

  isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < 120;
  }

  scrollToEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}

function markGone(img) {
  const picture = img.closest?.(".picture");
  if (picture) picture.dataset.gone = "true";
}
