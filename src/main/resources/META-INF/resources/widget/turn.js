// One question and its answer, as they stand in the conversation.

import { element } from './document.js';

export class Turn {
  node;
  #settings;
  #cite;
  #rate;
  #answer = element('p', { className: 'answer', dir: 'auto' });
  #status = element('p', { className: 'status' }, 'Reading the policies');
  #citations = new Map();
  #waiting = []; // citation buttons pressed before the citations came

  constructor(question, settings, cite, rate) {
    this.#settings = settings;
    this.#cite = cite;
    this.#rate = rate;
    this.node = element('article', { className: 'turn' },
      element('p', { className: 'question', dir: 'auto' }, question), this.#answer, this.#status);
  }

  get isShown() {
    return this.node.isConnected;
  }

  stage(stage) {
    const stages = { voice: 'Writing', verify: 'Checking each sentence' };
    this.#status.textContent = stages[stage] ?? 'Reading the policies';
  }

  add({ text, citations = [] }) {
    const words = text.replace(/\s*\[\d+\]/g, '').trimEnd();
    const last = words.lastIndexOf(' ') + 1;
    const buttons = citations.map((n) => this.#citationButton(n));
    const tail = element('span', { className: 'tail' }, words.slice(last), ...buttons);
    this.#answer.append(this.#answer.firstChild ? ' ' : '', words.slice(0, last), tail);
  }

  finish(answer) {
    this.#status.remove();
    if (!this.#answer.firstChild) for (const sentence of answer.sentences) this.add(sentence);
    for (const citation of answer.citations ?? []) this.#citations.set(citation.n, citation);
    this.#name(answer.citations ?? []);
    for (const press of this.#waiting.splice(0)) press();
    this.node.dataset.outcome = answer.outcome;
    if (['abstained', 'handed_off'].includes(answer.outcome)) this.node.append(this.#person(answer.outcome));
    if (answer.knowledge) this.node.append(element('p', { className: 'freshness' }, freshness(answer.knowledge)));
    if (answer.answer_id) this.node.append(this.#thumbs(answer.answer_id));
  }

  stopped() {
    this.#status.textContent = 'Stopped.';
  }

  failed(message, again) {
    this.#status.className = 'failure';
    this.#status.replaceChildren(`${message} `, element('button', { type: 'button', onclick: again }, 'Try again'));
  }

  remove() {
    this.node.remove();
  }

  #citationButton(n) {
    const button = element('button', { type: 'button', className: 'cite', ariaLabel: `Source ${n}` }, `${n}`);
    button.dataset.n = n;
    button.addEventListener('click', () => {
      const press = () => this.#citations.has(n) && this.#cite(this.#citations.get(n), button);
      if (this.#citations.has(n)) press();
      else this.#waiting.push(press);
    });
    return button;
  }

  #name(citations) {
    for (const button of this.#answer.querySelectorAll('.cite')) {
      const citation = this.#citations.get(Number(button.dataset.n));
      if (citation) button.ariaLabel = `Source ${citation.n}: ${citation.title}, version ${citation.version}`;
    }
    if (!citations.length) return;
    const list = element('ul', { className: 'sources', ariaLabel: 'Sources' });
    for (const citation of citations) {
      const button = element('button', { type: 'button', className: 'source' },
        element('span', { className: 'n' }, `${citation.n}`),
        element('span', { className: 'name', dir: 'auto' }, citation.title),
        element('span', { className: 'version' }, versionLine(citation)));
      button.addEventListener('click', () => this.#cite(citation, button));
      list.append(element('li', {}, button));
    }
    this.node.append(list);
  }

  /** Two buttons that say what one thinks of the answer; the last one pressed counts. */
  #thumbs(answer) {
    const said = element('span', { role: 'status' });
    const buttons = [['up', 'Helpful', '👍'], ['down', 'Not helpful', '👎']].map(([rating, label, sign]) => {
      const button = element('button', { type: 'button', className: 'thumb', title: label, ariaLabel: label }, sign);
      button.setAttribute('aria-pressed', 'false');
      button.addEventListener('click', async () => {
        try {
          await this.#rate(answer, rating);
          for (const it of buttons) it.setAttribute('aria-pressed', String(it === button));
          said.textContent = 'Thank you.';
        } catch (failure) {
          said.textContent = failure.message;
        }
      });
      return button;
    });
    const group = element('div', { className: 'thumbs', role: 'group', ariaLabel: 'Was this helpful?' });
    group.append(...buttons, said);
    return group;
  }

  #person(outcome) {
    const { contact } = this.#settings;
    const handedOff = outcome === 'handed_off';
    if (!handedOff && !contact) return '';
    const words = handedOff ? 'A colleague takes over from here. ' : 'A person can help. ';
    const note = element('p', { className: 'person' }, words);
    if (contact) note.append(element('a', { href: contact }, 'Contact us'));
    return note;
  }
}

export function versionLine({ version, valid_from, valid_until }) {
  const until = valid_until ? ` until ${day(valid_until)}` : '';
  return `Version ${version} · valid from ${day(valid_from)}${until}`;
}

function day(instant) {
  const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };
  return new Date(instant).toLocaleDateString(undefined, format);
}

function freshness({ lag_ms }) {
  const seconds = (lag_ms / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 });
  return `Checked against the policies in force, ${seconds} s ago`;
}
