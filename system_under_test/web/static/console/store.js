// Holds the state, applies happenings, tells the views. Views are told once for all that happened in
// one turn, and also in a window that nobody looks at (where animation frames stand still).

export class Store {
  #reduce;
  #state;
  #views = [];
  #due = false;

  constructor(reduce, state) {
    this.#reduce = reduce;
    this.#state = state;
  }

  get state() {
    return this.#state;
  }

  dispatch(action) {
    const before = this.#state;
    this.#state = this.#reduce(before, action);
    if (this.#state !== before && !this.#due) {
      this.#due = true;
      queueMicrotask(() => this.draw());
    }
    return before;
  }

  watch(view) {
    this.#views.push(view);
  }

  draw() {
    this.#due = false;
    for (const view of this.#views) view(this.#state);
  }
}
