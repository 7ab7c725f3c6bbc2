// Publishes the ready-made change of a policy through Kafka, and asks the same question before and after.

import { element } from '../widget/document.js';

export function prepareChange(section, change, api) {
  const find = (selector) => section.querySelector(selector);
  const [form, input, button, figures] = ['form', 'input', 'form button', '.figures'].map(find);
  const [before, after] = section.querySelectorAll('.compare article');
  let { value, suggestion } = change;

  const now = element('strong', {}, value);
  find('.where').append(`${change.title}, in force now: “${change.prefix}`, now, `${change.suffix}”`);
  find('.before-value').textContent = change.prefix;
  find('.after-value').textContent = change.suffix;
  find('.question q').textContent = change.question;
  input.value = suggestion;
  input.setAttribute('aria-label', 'New value');
  section.hidden = false;

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.getAttribute('aria-disabled') === 'true') return;
    suggestion = input.value.trim();
    button.setAttribute('aria-disabled', 'true');
    figures.className = 'figures';
    try {
      await run();
      [value, suggestion] = [suggestion, value];
      input.value = suggestion;
      now.textContent = value;
    } catch (failure) {
      figures.className = 'figures failure';
      figures.textContent = failure.message;
    } finally {
      button.removeAttribute('aria-disabled');
    }
  });

  async function run() {
    for (const side of [before, after]) show(side, '');
    figures.textContent = 'Asking before the change…';
    const first = await ask(before);
    figures.textContent = 'Publishing to Kafka…';
    const published = await publish(suggestion);
    figures.textContent = 'In force. Asking again…';
    const started = performance.now();
    const second = await ask(after, published.token);
    const answered = performance.now() - started;
    compare(first, second);
    figures.replaceChildren('In force ', element('strong', {}, `${seconds(published.in_force_ms)} s`),
      ' after publishing; answered ', element('strong', {}, `${seconds(answered)} s`), ' later.');
  }

  async function ask(side, token) {
    const sentences = [];
    side.classList.add('waiting');
    try {
      for await (const { event, data } of api.chat({ message: change.question, after: token })) {
        if (event === 'sentence') {
          sentences.push(data.text);
          show(side, wordsOf(sentences));
        } else if (event === 'final') {
          const { title, version } = data.citations?.[0] ?? {};
          show(side, wordsOf(data.sentences.map((it) => it.text)), title && `${title}, version ${version}`);
          return wordsOf(data.sentences.map((it) => it.text));
        }
      }
    } finally {
      side.classList.remove('waiting');
    }
  }

  function show(side, text, cited = '') {
    side.querySelector('.text').replaceChildren(text);
    side.querySelector('.cited').textContent = cited;
  }

  function compare(first, second) {
    const parts = changes(first.split(/(\s+)/), second.split(/(\s+)/));
    const side = (skip, tag) => parts.filter(([kind]) => kind !== skip)
      .map(([kind, text]) => (kind === 'same' ? text : element(tag, {}, text)));
    before.querySelector('.text').replaceChildren(...side('added', 'del'));
    after.querySelector('.text').replaceChildren(...side('removed', 'ins'));
  }
}

async function publish(value) {
  const response = await fetch('/demo/change', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ value }),
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.detail ?? 'The change could not be published. Please try again.');
  return body;
}

function wordsOf(sentences) {
  return sentences.join(' ').replace(/\s*\[\d+\]/g, '');
}

function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(2);
}

/** The words that differ, by their longest common subsequence: [same|removed|added, text] in order. */
function changes(from, to) {
  const common = Array.from({ length: from.length + 1 }, () => new Array(to.length + 1).fill(0));
  for (let i = from.length - 1; i >= 0; i--) {
    for (let j = to.length - 1; j >= 0; j--) {
      common[i][j] = from[i] === to[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const parts = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      parts.push(['same', from[i]]);
      [i, j] = [i + 1, j + 1];
    } else if (j >= to.length || (i < from.length && common[i + 1][j] >= common[i][j + 1])) {
      parts.push(['removed', from[i++]]);
    } else {
      parts.push(['added', to[j++]]);
    }
  }
  return parts;
}
