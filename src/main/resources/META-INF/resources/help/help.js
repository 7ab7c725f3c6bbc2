// The demo company's help page: its documents and their history, questions for the chat, and the change of a policy.

import { Api } from '../widget/api.js';
import { element, rendered } from '../widget/document.js';
import { prepareChange } from './change.js';

const KINDS = { policy: 'Policies', product: 'Products', faq: 'Questions' };

const api = new Api(new URL('/', location.href), document.body.dataset.tenant);
const home = document.getElementById('home');
const article = document.getElementById('article');
const title = document.title;

const company = await (await fetch('/demo/company')).json();
document.getElementById('questions').append(...company.questions.map((question) => {
  const button = element('button', { type: 'button', dir: 'auto' }, question);
  button.addEventListener('click', () => window.candor?.ask(question));
  return element('li', {}, button);
}));
if (company.change) prepareChange(document.getElementById('change'), company.change, api);

const documents = await allDocuments();
document.getElementById('documents').append(...Object.entries(KINDS).map(([kind, name]) => group(kind, name)));
addEventListener('hashchange', show);
await show();

async function allDocuments() {
  const found = [];
  for (let page = {}; page; ) {
    const from = page.cursor ? `&cursor=${encodeURIComponent(page.cursor)}` : '';
    const { documents, cursor } = await api.get(`api/v1/documents?limit=200${from}`);
    found.push(...documents);
    page = cursor && { cursor };
  }
  return found;
}

function group(kind, name) {
  const links = documents.filter((it) => it.kind === kind).sort((a, b) => a.title.localeCompare(b.title))
    .map((it) => element('li', {}, element('a', { href: address(it.document), dir: 'auto' }, it.title)));
  const heading = element('h2', { id: `${kind}-title` }, name);
  const section = element('section', { className: 'group', id: kind, hidden: !links.length }, heading, element('ul', {}, ...links));
  section.setAttribute('aria-labelledby', heading.id);
  return section;
}

/** `#/key` shows the version in force, `#/key/3` the third; any other fragment is a place on the front page. */
async function show() {
  const [, key, number] = /^#\/([^/]+)(?:\/(\d+))?$/.exec(location.hash) ?? [];
  home.hidden = Boolean(key);
  article.hidden = !key;
  if (!key) {
    document.title = title;
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
    return;
  }
  try {
    await showDocument(decodeURIComponent(key), number && Number(number));
  } catch (failure) {
    article.replaceChildren(element('p', { className: 'notice' }, `This page could not be shown. ${failure.message}`));
  }
  document.getElementById('content').focus({ preventScroll: true });
  scrollTo(0, 0);
}

async function showDocument(key, number) {
  const [version, versions] = await Promise.all(
    [api.document(key, number), api.get(`api/v1/documents/${encodeURIComponent(key)}/versions`)]);
  document.title = `${version.title} · ${title}`;
  const text = element('div', { className: 'text-body', dir: 'auto' },
    element('a', { className: 'back', href: '#/' }, '← All help topics'),
    element('p', { className: 'dates' }, `Version ${version.version}, ${validity(version)}`),
    rendered(version, { link: (href) => linked(key, href) }));
  const history = element('aside', { className: 'history' }, element('h2', { id: 'history' }, 'Versions'),
    element('ol', {}, ...[...versions].sort((a, b) => b.version - a.version).map((it) => entry(key, it, version))));
  history.setAttribute('aria-labelledby', 'history');
  article.replaceChildren(text, history);
}

function entry(key, version, shown) {
  const link = element('a', { href: `${address(key)}/${version.version}` }, `Version ${version.version}`,
    element('small', {}, validity(version)));
  if (version.version === shown.version) link.setAttribute('aria-current', 'page');
  return element('li', {}, link);
}

/** Links between documents lead to this page's view of them; a link elsewhere shows its words only. */
function linked(key, href) {
  const path = new URL(href, `https://help.invalid/${key}`).pathname.slice(1);
  const target = documents.find((it) => it.document === path);
  return target && address(target.document);
}

function address(key) {
  return `#/${encodeURIComponent(key)}`;
}

function validity({ valid }) {
  return valid.map(period).join(', ') || 'never in force';
}

function period({ valid_from, valid_until }) {
  const from = new Date(valid_from) > Date.now() ? 'announced for' : 'valid from';
  return `${from} ${day(valid_from)}${valid_until ? ` until ${day(valid_until)}` : ''}`;
}

function day(instant) {
  return new Date(instant).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}
