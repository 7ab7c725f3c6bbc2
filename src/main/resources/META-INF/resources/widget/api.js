// Talks to Candor's API from a web page: keeps a session, reads documents, reads an answer as it is streamed.

/** An answer could not be had, with a sentence for the person who asked. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const SILENCE_MS = 40_000; // the server sends something every 15 s
const RENEW_BEFORE_MS = 60_000;

export class Api {
  #home;
  #tenant;
  #session;

  constructor(home, tenant) {
    this.#home = home;
    this.#tenant = tenant;
  }

  /** A document's version as stored, or the version in force when no number is given. */
  document(key, version) {
    const path = `api/v1/documents/${encodeURIComponent(key)}`;
    return this.get(version ? `${path}/versions/${version}` : path);
  }

  async get(path) {
    return (await this.#send(path, { headers: { Accept: 'application/json' } })).json();
  }

  /** Says what one thinks of an answer: up or down. */
  async rate(answer, rating) {
    await this.#send(`api/v1/answers/${answer}/feedback`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ rating }),
    });
  }

  /** Asks, and yields the stream's events: {event: accepted|status|sentence|final, data}. */
  async *chat(question, signal) {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const response = await this.#send('api/v1/chat', {
        method: 'POST',
        headers: { Accept: 'text/event-stream', 'Content-Type': 'application/json' },
        body: JSON.stringify(question),
        signal: AbortSignal.any([silence.signal, ...(signal ? [signal] : [])]),
      });
      for await (const event of events(response.body, () => {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
      })) {
        if (event.event === 'error') throw problem(event.data.status ?? 500, event.data);
        yield event;
        if (event.event === 'final') return;
      }
      throw new ApiError(0, 'The connection broke before the answer was complete.');
    } catch (failure) {
      if (failure instanceof ApiError || signal?.aborted) throw failure;
      throw new ApiError(0, navigator.onLine
        ? 'The connection broke before the answer was complete.' : 'You seem to be offline.');
    } finally {
      clearTimeout(timer);
    }
  }

  async #send(path, request, again = true) {
    const headers = { ...request.headers, Authorization: `Bearer ${await this.#token()}` };
    const response = await fetch(new URL(path, this.#home), { ...request, headers });
    if (response.ok) return response;
    if (response.status === 401 && again) {
      this.#session = undefined;
      return this.#send(path, request, false);
    }
    throw await problemOf(response);
  }

  async #token() {
    if (!this.#session || this.#session.renewAt < Date.now()) {
      const response = await fetch(new URL('widget/session', this.#home), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ tenant: this.#tenant }),
      });
      if (!response.ok) throw await problemOf(response);
      const { token, expires_in } = await response.json();
      this.#session = { token, renewAt: Date.now() + expires_in * 1000 - RENEW_BEFORE_MS };
    }
    return this.#session.token;
  }
}

/** Server-sent events as the HTML standard defines them, as far as Candor uses them; comments only show life. */
async function* events(body, alive) {
  let text = '';
  for await (const chunk of chunks(body.pipeThrough(new TextDecoderStream()))) {
    alive();
    text += chunk.replaceAll('\r', '');
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const lines = block.split('\n');
      const values = (name) => lines.filter((line) => line.startsWith(`${name}:`))
        .map((line) => line.slice(name.length + 1).replace(/^ /, ''));
      const data = values('data').join('\n');
      if (data) yield { event: values('event')[0] ?? 'message', data: JSON.parse(data) };
    }
  }
}

/** Not every browser lets one iterate over a stream. */
async function* chunks(stream) {
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function problemOf(response) {
  const body = await response.json().catch(() => ({}));
  return problem(response.status, body, Number(response.headers.get('Retry-After')) || undefined);
}

function problem(status, body, retryAfter) {
  if (status === 429) {
    const seconds = retryAfter ?? 10;
    return new ApiError(status, `Many questions are coming in. Please try again in ${seconds} seconds.`);
  }
  if (status === 401 || status === 403) return new ApiError(status, 'This chat is not set up for this site.');
  if (status >= 500) return new ApiError(status, 'Something went wrong on our side. Your question was not lost.');
  return new ApiError(status, body.detail || body.title || 'This question could not be answered.');
}
