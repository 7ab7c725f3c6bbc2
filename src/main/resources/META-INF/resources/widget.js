// Candor's chat widget: a launcher button in a shadow root. The panel behind it loads when somebody first wants it.
//
//   <script src="https://candor.example/widget.js" data-tenant="acme" data-title="Ask Acme" async></script>
//
// data-tenant    whose policies answer (required)          data-title    the panel's heading
// data-accent    a CSS colour for buttons and links        data-greeting the first line in the panel
// data-contact   where a person can be reached (URL)       data-locale   BCP 47 tag sent with questions
// data-base      where Candor runs, if not where this script comes from
(() => {
  const script = document.currentScript;
  const { tenant, title = 'Ask us', accent = '#14595a', greeting, contact, locale, base } = script.dataset;
  if (!tenant || window.candor) return;

  const home = new URL(base || '.', script.src);
  const colour = CSS.supports('color', accent) ? accent : '#14595a';
  const host = document.createElement('candor-chat');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset: auto 0 0 auto; z-index: 2147483000; --accent: ${colour};
      color-scheme: light dark; }
    .launcher { position: fixed; inset-block-end: 20px; inset-inline-end: 20px; display: flex; gap: 10px;
      align-items: center; min-height: 52px; max-width: calc(100vw - 40px); padding: 0 22px 0 18px; border: 0;
      border-radius: 26px; background: var(--accent); color: var(--on-accent); cursor: pointer;
      font: 600 16px/1.2 Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
      box-shadow: 0 1px 2px #0003, 0 8px 24px #0003; }
    .launcher:hover { filter: brightness(1.1); }
    .launcher:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
    .launcher[hidden] { display: none; }
    .launcher svg { flex: none; width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 1.8; }`);
  root.adoptedStyleSheets = [sheet];

  const launcher = document.createElement('button');
  launcher.className = 'launcher';
  launcher.type = 'button';
  launcher.setAttribute('aria-haspopup', 'dialog');
  launcher.setAttribute('aria-expanded', 'false');
  launcher.append(bubble(), title);
  root.append(launcher);

  let loading;
  const panel = () => (loading ??= import(new URL('widget/panel.js', home).href)
    .then(({ Panel }) => Panel.create(root, launcher, { home, tenant, title, greeting, contact, locale }))
    .catch((failure) => {
      loading = undefined;
      launcher.lastChild.textContent = 'Chat could not load. Try again';
      throw failure;
    }));
  const ahead = () => void panel().catch(() => {});
  const open = (question) => panel().then((it) => it.open(question), () => {});
  launcher.addEventListener('pointerenter', ahead, { once: true });
  launcher.addEventListener('focus', ahead, { once: true });
  launcher.addEventListener('click', () => open());

  /** What a page may do with the widget: open it, ask in it, close it. */
  window.candor = { open: () => open(), ask: (question) => open(String(question)), close: () => panel().then((it) => it.close()) };

  const show = () => {
    document.body.append(host);
    host.style.setProperty('--on-accent', legibleOn(getComputedStyle(launcher).backgroundColor));
  };
  if (document.body) show();
  else addEventListener('DOMContentLoaded', show);

  function bubble() {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(svg.namespaceURI, 'path');
    path.setAttribute('d', 'M4 5.5h16v11H11l-4.5 3.7v-3.7H4zM8 9.5h8M8 12.7h5');
    path.setAttribute('stroke-linejoin', 'round');
    svg.append(path);
    return svg;
  }

  /** Black or white, whichever stands out more on this colour: relative luminance as WCAG 2.2 defines it. */
  function legibleOn(rgb) {
    const [r, g, b] = (rgb.match(/[\d.]+/g) || [0, 0, 0]).slice(0, 3)
      .map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000' : '#fff';
  }
})();
