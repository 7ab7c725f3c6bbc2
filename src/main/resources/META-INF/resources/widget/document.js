// Shows a stored document as DOM. Text becomes text nodes only, so nothing in a document can act or load anything.
// Every node knows where in the source it came from, so that a citation's range [start, end) can be marked.

const INLINE = new RegExp([
  /\*\*(?<strong>[^*]+)\*\*/, /`(?<code>[^`]+)`/, /\[(?<text>[^\]]+)\]\((?<href>[^()\s]*)\)/, /\*(?<em>[^*\s][^*]*)\*/,
].map((it) => it.source).join('|'), 'g');
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&nbsp;': ' ' };

/**
 * The document's text, with the range marked.
 *
 * @param {{text: string, format?: string}} document as the API gives it
 * @param {{start: number, end: number}} range UTF-16 offsets into the text
 * @param {(href: string) => ?string} link where a link in the text leads, or nothing to show its words only
 * @param {number} heading the level of the document's first heading on the page
 */
export function rendered(document, { range = { start: 0, end: 0 }, link = () => null, heading = 1 } = {}) {
  const writer = new Writer(range, link, heading);
  if (document.format === 'html') writer.html(document.text);
  else if (document.format === 'text') writer.plain(document.text);
  else writer.markdown(document.text);
  return writer.fragment;
}

export function element(name, properties = {}, ...children) {
  const it = Object.assign(document.createElement(name), properties);
  it.append(...children);
  return it;
}

class Writer {
  fragment = document.createDocumentFragment();
  #range;
  #link;
  #heading;
  #above; // the level of the heading before: the next is at most one deeper, whatever the author skipped
  #open; // the list, table or paragraph that the next line may continue

  constructor(range, link, heading) {
    this.#range = range;
    this.#link = link;
    this.#heading = heading;
    this.#above = heading - 1;
  }

  markdown(source) {
    for (const { line, at } of linesOf(source)) {
      const [, indent, marker, rest] = /^(\s*)(#{1,6}\s+|[-*+]\s+|\d+[.)]\s+|>\s?|\|)?(.*)$/s.exec(line);
      const start = at + indent.length + (marker?.length ?? 0);
      if (!rest.trim()) this.#open = undefined;
      else if (!marker) this.#paragraph(rest, start);
      else if (marker[0] === '#') this.#title(marker.trim().length, rest, start);
      else if (marker === '|') this.#row(rest, start);
      else if (marker[0] === '>') this.#block('blockquote', rest, start);
      else this.#item(/\d/.test(marker) ? 'ol' : 'ul', rest, start);
    }
  }

  plain(source) {
    for (const { line, at } of linesOf(source)) {
      if (line.trim()) this.#text(this.#continued('P'), line + '\n', at);
      else this.#open = undefined;
    }
  }

  html(source) {
    for (const match of source.matchAll(/<(?:script|style)\b.*?<\/(?:script|style)>|<[^>]*>|[^<]+/gis)) {
      const [piece] = match;
      const tag = /^<\/?(h[1-6]|p|div|li|ul|ol|tr|table|br|section)\b/i.exec(piece);
      if (tag) this.#open = undefined;
      else if (piece[0] !== '<' && piece.trim()) this.#text(this.#continued('P'), piece, match.index);
    }
  }

  #title(depth, text, at) {
    this.#above = Math.min(depth + this.#heading - 1, this.#above + 1, 6);
    this.#block(`h${this.#above}`, text, at);
  }

  #block(name, text, at) {
    this.#open = undefined;
    const block = element(name);
    this.fragment.append(block);
    this.#inline(block, text, at);
  }

  #paragraph(text, at) {
    if (this.#open?.localName === 'ul' || this.#open?.localName === 'ol') {
      this.#open.lastChild.append(' ');
      this.#inline(this.#open.lastChild, text, at);
    } else {
      const paragraph = this.#continued('P');
      if (paragraph.firstChild) paragraph.append(' ');
      this.#inline(paragraph, text, at);
    }
  }

  #item(list, text, at) {
    const item = element('li');
    this.#continued(list.toUpperCase()).append(item);
    this.#inline(item, text, at);
  }

  #row(text, at) {
    const cells = [...text.matchAll(/([^|]+)(?:\||$)/g)];
    if (cells.every(([, cell]) => /^\s*:?-*:?\s*$/.test(cell))) return;
    const table = this.#continued('TABLE');
    const row = element('tr');
    for (const cell of cells) {
      const it = element(table.rows.length ? 'td' : 'th');
      this.#inline(it, cell[1], at + cell.index);
      row.append(it);
    }
    table.append(row);
  }

  #continued(tag) {
    if (this.#open?.tagName !== tag) {
      this.#open = element(tag);
      this.fragment.append(this.#open);
    }
    return this.#open;
  }

  #inline(parent, text, at) {
    let from = 0;
    for (const match of text.matchAll(INLINE)) {
      this.#text(parent, text.slice(from, match.index), at + from);
      const [name, inner] = Object.entries(match.groups).find(([, value]) => value !== undefined);
      const child = name === 'text' ? this.#anchor(match.groups.href) : element(name);
      const inside = match.index + match[0].indexOf(inner, name === 'strong' ? 2 : 1);
      if (name === 'strong') this.#inline(child, inner, at + inside);
      else this.#text(child, inner, at + inside);
      parent.append(child);
      from = match.index + match[0].length;
    }
    this.#text(parent, text.slice(from), at + from);
  }

  #anchor(href) {
    const target = this.#link(href);
    return target ? element('a', { href: target }) : element('span');
  }

  /** A text node, cut where the marked range begins and ends. */
  #text(parent, text, at) {
    const cut = (offset) => Math.min(Math.max(offset - at, 0), text.length);
    const [start, end] = [cut(this.#range.start), cut(this.#range.end)];
    const shown = (from, to) => text.slice(from, to).replace(/&[#\w]+;/g, (it) => ENTITIES[it] ?? it);
    parent.append(shown(0, start));
    if (start < end) parent.append(element('mark', {}, shown(start, end)));
    parent.append(shown(Math.max(start, end), text.length));
  }
}

function* linesOf(source) {
  let at = 0;
  for (const line of source.split('\n')) {
    yield { line: line.replace(/\r$/, ''), at };
    at += line.length + 1;
  }
}
