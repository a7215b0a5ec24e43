// Keeps the newest message in sight until the agent scrolls up, and offers the way back down.

const NEAR_PX = 80;

export class Following {
  #log;
  #back;
  #isAtEnd = true;
  #height = 0; // of the content and the top, when they were last seen
  #top = 0;

  /** `log` scrolls; `back` is the button that goes to the newest message. */
  constructor(log, back) {
    this.#log = log;
    this.#back = back;
    log.addEventListener("scroll", () => this.#notice(), { passive: true });
    // pictures arrive after the bubble that holds them, or never; these events do not bubble
    for (const type of ["load", "loadedmetadata", "error"]) log.addEventListener(type, () => this.follow(), true);
    new ResizeObserver(() => this.follow()).observe(log);
    back.addEventListener("click", () => {
      this.begin();
      this.follow();
      log.focus({ preventScroll: true });
    });
  }

  /** The newest is to be seen, wherever the agent was. */
  begin() {
    this.#isAtEnd = true;
  }

  follow() {
    if (this.#isAtEnd) this.#log.scrollTop = this.#log.scrollHeight;
    this.#remember();
  }

  // The event of our own scrolling comes late: a picture may have made the content higher by then. Only
  // a top that went up while the content stayed as it was is the agent's doing.
  #notice() {
    const { scrollHeight, scrollTop } = this.#log;
    const hasGrown = scrollHeight !== this.#height;
    if (this.#isAtEnd && hasGrown) return this.follow();
    if (this.#isNear()) this.#isAtEnd = true;
    else if (scrollTop < this.#top) this.#isAtEnd = false;
    return this.#remember();
  }

  #isNear() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  #remember() {
    this.#height = this.#log.scrollHeight;
    this.#top = this.#log.scrollTop;
    this.#back.hidden = this.#isAtEnd;
  }
}
