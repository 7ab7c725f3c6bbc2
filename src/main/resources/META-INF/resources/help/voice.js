// Asks one question of the model as it is and of the model with an adapter, and shows both answers side by side.

import { Api } from '../widget/api.js';
import { element } from '../widget/document.js';

const api = new Api(new URL('/', location.href), document.body.dataset.tenant);
const find = (selector) => document.querySelector(selector);
const [form, question, adapter, button, figures] =
  ['form', 'input', 'select', 'form button', '.figures'].map(find);
const [plain, tuned] = document.querySelectorAll('.compare article');

const [company, { adapters }, voice] = await Promise.all([
  fetch('/demo/company').then((response) => response.json()), api.get('api/v1/adapters'), api.get('api/v1/voice')]);
adapter.append(...adapters.map(({ name }) => element('option', { value: name }, name)));
adapter.value = voice.adapters[0]?.name ?? adapters[0]?.name ?? '';
question.value = company.questions[0] ?? '';
find('.samples').append(...company.questions.map((it) => {
  const sample = element('button', { type: 'button', dir: 'auto' }, it);
  sample.addEventListener('click', () => {
    question.value = it;
    form.requestSubmit();
  });
  return element('li', {}, sample);
}));
if (!adapters.length) {
  button.disabled = true;
  figures.textContent = 'There is no adapter yet: train one with ./candor tune, or bring one with ./candor adapters import.';
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  figures.className = 'figures';
  figures.textContent = '';
  try {
    for (const side of [plain, tuned]) clear(side);
    tuned.querySelector('h2').textContent = `Tuned: ${adapter.value}`;
    await ask(plain, 'none');
    await ask(tuned, adapter.value);
  } catch (failure) {
    figures.className = 'figures failure';
    figures.textContent = failure.message;
  } finally {
    button.removeAttribute('aria-disabled');
  }
});

/** One after the other, so that neither waits for the other's turn at the model. */
async function ask(side, name) {
  const text = side.querySelector('.text');
  side.classList.add('waiting');
  try {
    for await (const { event, data } of api.chat({ message: question.value, adapter: name })) {
      if (event === 'sentence') text.append(text.textContent ? ' ' : '', sentence(data));
      else if (event === 'final') finish(side, data);
    }
  } finally {
    side.classList.remove('waiting');
  }
}

function finish(side, answer) {
  side.querySelector('.text').replaceChildren(answer.sentences.map(sentence).join(' '));
  side.querySelector('.cited').replaceChildren(...answer.citations.map((it) =>
    element('li', { dir: 'auto' }, `[${it.n}] ${it.title}, version ${it.version}: “${it.quote}”`)));
  const { first_sentence_ms: first, total_ms: total } = answer.timings;
  const spoken = answer.model.adapter === 'none' ? 'no adapter' : answer.model.adapter;
  side.querySelector('.timing').textContent =
    `First sentence after ${seconds(first ?? total)} s, all after ${seconds(total)} s · ${answer.model.base}, ${spoken}`;
}

function sentence({ text, citations = [] }) {
  return text + citations.map((n) => ` [${n}]`).join('');
}

function clear(side) {
  for (const part of ['.text', '.cited', '.timing']) side.querySelector(part).replaceChildren();
}

function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(2);
}
