// The chat panel: questions, answers sentence by sentence, and the passages that they cite.

import { Api, ApiError } from './api.js';
import { element, rendered } from './document.js';
import { History } from './history.js';
import { Turn, versionLine } from './turn.js';

export class Panel {
  /** Builds the panel in the widget's shadow root, styled before it is seen. */
  static async create(root, launcher, settings) {
    const response = await fetch(new URL('widget/panel.css', settings.home));
    if (!response.ok) throw new Error('panel.css did not load');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await response.text());
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return new Panel(root, launcher, settings);
  }

  #launcher;
  #settings;
  #api;
  #history;
  #asking; // the AbortController of the answer under way
  #section;
  #turns;
  #spoken;
  #input;
  #send;

  constructor(root, launcher, settings) {
    this.#launcher = launcher;
    this.#settings = settings;
    this.#api = new Api(settings.home, settings.tenant);
    this.#history = new History(settings.tenant);
    this.#build(root);
    this.#welcome();
    for (const { question, answer } of this.#history.turns) this.#turn(question).finish(answer);
  }

  open(question) {
    this.#section.hidden = false;
    this.#launcher.hidden = true;
    this.#launcher.setAttribute('aria-expanded', 'true');
    this.#input.focus();
    this.#scrollToEnd();
    if (question && !this.#asking) this.#ask(question);
  }

  close() {
    this.#section.hidden = true;
    this.#launcher.hidden = false;
    this.#launcher.setAttribute('aria-expanded', 'false');
    this.#launcher.focus();
  }

  #build(root) {
    const { title } = this.#settings;
    const button = (label, path, action) => {
      const it = element('button',
        { type: 'button', className: 'icon', title: label, ariaLabel: label, onclick: action });
      it.append(icon(path));
      return it;
    };
    this.#turns = element('div', { className: 'turns', tabIndex: 0, role: 'region', ariaLabel: 'Conversation' });
    this.#spoken = element('div', { className: 'spoken', ariaLive: 'polite', role: 'status' });
    this.#input = element('textarea', { rows: 1, maxLength: 2000, placeholder: 'Type your question', dir: 'auto',
      ariaLabel: 'Your question', enterKeyHint: 'send', autocomplete: 'off' });
    this.#send = button('Send', 'M12 19V5M6 11l6-6 6 6');
    this.#send.type = 'submit';
    this.#send.classList.add('send');
    const form = element('form', {}, this.#input, this.#send);
    const heading = element('h2', { id: 'title', dir: 'auto' }, title);
    this.#section = element('section', { className: 'panel', hidden: true, role: 'dialog' },
      element('div', { className: 'head' }, heading,
        button('New conversation', 'M20 11a8 8 0 1 0-2.3 6.3M20 4v7h-7', () => this.#restart()),
        button('Close', 'M6 6l12 12M18 6L6 18', () => this.close())),
      this.#turns, form, this.#spoken);
    this.#section.setAttribute('aria-labelledby', 'title');
    root.append(this.#section);

    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#asking) this.#asking.abort();
      else this.#ask(this.#input.value);
    });
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        if (!this.#asking) form.requestSubmit();
      }
    });
    this.#section.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.target.closest('dialog')) this.close();
    });
  }

  #welcome() {
    const greeting = this.#settings.greeting
      ?? 'Ask about orders, deliveries, returns or products. Every answer quotes the policy that it comes from.';
    this.#turns.append(element('p', { className: 'greeting', dir: 'auto' }, greeting));
  }

  #restart() {
    this.#asking?.abort();
    this.#history.clear();
    this.#turns.replaceChildren();
    this.#spoken.replaceChildren();
    this.#welcome();
    this.#input.focus();
  }

  async #ask(text) {
    const question = text.trim();
    if (!question) return;
    this.#input.value = '';
    this.#spoken.replaceChildren();
    const turn = this.#turn(question);
    const asking = this.#busy(new AbortController());
    try {
      const events = this.#api.chat(
        { message: question, conversation_id: this.#history.conversation, locale: this.#settings.locale },
        asking.signal);
      for await (const { event, data } of events) {
        if (event === 'accepted') this.#history.conversation = data.conversation_id;
        else if (event === 'status') turn.stage(data.stage);
        else if (event === 'sentence') this.#say(turn, data);
        else if (event === 'final') this.#finish(turn, question, data);
      }
    } catch (failure) {
      if (asking.signal.aborted) turn.stopped();
      else this.#failed(turn, question, failure);
    } finally {
      if (this.#asking === asking) this.#busy(undefined);
    }
  }

  #say(turn, sentence) {
    const atEnd = this.#isAtEnd();
    turn.add(sentence);
    this.#spoken.append(element('p', {}, sentence.text));
    if (atEnd) this.#scrollToEnd();
  }

  #finish(turn, question, answer) {
    const atEnd = this.#isAtEnd();
    turn.finish(answer);
    this.#history.add(question, answer);
    if (atEnd) this.#scrollToEnd();
  }

  #failed(turn, question, failure) {
    const known = failure instanceof ApiError;
    const again = () => {
      turn.remove();
      this.#ask(question);
    };
    const message = known ? failure.message : 'Something went wrong here. Please try again.';
    turn.failed(message, again);
    this.#spoken.append(element('p', {}, message));
    this.#scrollToEnd();
    if (known && failure.status === 0 && !navigator.onLine) {
      addEventListener('online', () => turn.isShown && again(), { once: true });
    }
  }

  #turn(question) {
    const turn = new Turn(question, this.#settings, (citation, opener) => this.#cite(citation, opener),
      (answer, rating) => this.#api.rate(answer, rating));
    this.#turns.append(turn.node);
    this.#scrollToEnd();
    return turn;
  }

  #busy(asking) {
    this.#asking = asking;
    const label = asking ? 'Stop' : 'Send';
    this.#send.title = label;
    this.#send.ariaLabel = label;
    this.#send.replaceChildren(icon(asking ? 'M7 7h10v10H7z' : 'M12 19V5M6 11l6-6 6 6'));
    return asking;
  }

  #isAtEnd() {
    return this.#turns.scrollHeight - this.#turns.scrollTop - this.#turns.clientHeight < 80;
  }

  #scrollToEnd() {
    this.#turns.scrollTop = this.#turns.scrollHeight;
  }

  /** Shows the cited passage where it stands in its version of the document. */
  async #cite(citation, opener) {
    const heading = element('h2', { id: 'source', dir: 'auto' }, citation.title);
    const close = element('button',
      { type: 'button', className: 'icon', ariaLabel: 'Close the source', title: 'Close' });
    close.append(icon('M6 6l12 12M18 6L6 18'));
    const body = element('div',
      { className: 'document', dir: 'auto', tabIndex: 0, role: 'region', ariaLabel: 'Document' });
    const dialog = element('dialog', {},
      element('div', { className: 'head' },
        element('div', {}, heading, element('p', { className: 'version' }, versionLine(citation))), close),
      body);
    if (/^https?:\/\//.test(citation.url ?? '')) {
      dialog.append(element('div', { className: 'foot' },
        element('a', { href: citation.url, target: '_blank', rel: 'noopener noreferrer' }, 'Open the page')));
    }
    dialog.setAttribute('aria-labelledby', 'source');
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      opener.focus();
    });
    this.#section.append(dialog);
    dialog.showModal();
    body.append(await this.#passage(citation));
    body.querySelector('mark')?.scrollIntoView({ block: 'center' });
  }

  /** The version with its quote marked; the quote alone when the version cannot be read. */
  async #passage(citation) {
    const quote = () => element('blockquote', {}, element('mark', {}, citation.quote));
    try {
      const version = await this.#api.document(citation.document, citation.version);
      const same = version.text.slice(citation.start, citation.end) === citation.quote;
      return same ? rendered(version, { range: citation, heading: 3 }) : quote();
    } catch {
      return quote();
    }
  }
}

function icon(path) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(svg.namespaceURI, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
