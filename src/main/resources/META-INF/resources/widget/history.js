// What was said in this browser tab, so that a reload or another page of the site goes on where it was.

const KEPT_TURNS = 20;

export class History {
  #name;
  #state;

  constructor(tenant) {
    this.#name = `candor.${tenant}`;
    try {
      this.#state = JSON.parse(sessionStorage.getItem(this.#name));
    } catch {
      // Storage may be switched off; the conversation then lasts as long as the page.
    }
    this.#state ??= { turns: [] };
  }

  get turns() {
    return this.#state.turns;
  }

  get conversation() {
    return this.#state.conversation;
  }

  set conversation(id) {
    this.#state.conversation = id;
    this.#keep();
  }

  add(question, answer) {
    this.#state.turns = [...this.#state.turns, { question, answer }].slice(-KEPT_TURNS);
    this.#keep();
  }

  clear() {
    this.#state = { turns: [] };
    this.#keep();
  }

  #keep() {
    try {
      sessionStorage.setItem(this.#name, JSON.stringify(this.#state));
    } catch {
      // As above.
    }
  }
}
