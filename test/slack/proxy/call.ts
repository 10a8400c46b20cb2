import type { IncomingHttpHeaders } from 'node:http';

export type Arguments = Readonly<Record<string, unknown>>;

/** One request as the client sent it: the bytes to pass on, and what they say. */
export interface Call {
  /** `chat.postMessage`; the whole path where it is none of the Web API's. */
  readonly method: string;
  readonly verb: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly body: Arguments;
  readonly token: string | undefined;
}

// Slack's client sends forms, in which these arguments are JSON. The rest stays text: a message may well
// read `{}` or `[1]`.
const structured = new Set(['metadata', 'blocks', 'attachments', 'view', 'profile', 'unfurls', 'files']);

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer here: the caller then has the text.
    return undefined;
  }
}

export function readCall(verb: string, target: string, headers: IncomingHttpHeaders, bytes: Buffer): Call {
  const url = new URL(target, 'http://slack');
  const body = { ...fromForm(url.searchParams), ...fromBytes(headers, bytes) };
  const bearer = headers.authorization?.replace(/^Bearer\s+/i, '');
  const inBody = typeof body['token'] === 'string' ? body['token'] : undefined;
  const method = url.pathname.startsWith('/api/') ? url.pathname.slice('/api/'.length) : url.pathname;
  return { method, verb, target, headers, bytes, body, token: bearer ?? inBody };
}

/** The same call with other arguments, in the encoding it came in; `undefined` takes one away. */
export function withArguments(call: Call, changes: Arguments): Call {
  const contentType = call.headers['content-type'] ?? '';
  if (contentType.includes('json')) {
    const sent = parseJson(call.bytes.toString());
    const bytes = Buffer.from(JSON.stringify({ ...(isRecord(sent) ? sent : {}), ...changes }));
    return readCall(call.verb, call.target, call.headers, bytes);
  }
  if (call.verb === 'GET') {
    const url = new URL(call.target, 'http://slack');
    change(url.searchParams, changes);
    return readCall(call.verb, url.pathname + url.search, call.headers, call.bytes);
  }
  const form = new URLSearchParams(call.bytes.toString());
  change(form, changes);
  const headers = { ...call.headers, 'content-type': 'application/x-www-form-urlencoded' };
  return readCall(call.verb, call.target, headers, Buffer.from(form.toString()));
}

export function withToken(call: Call, token: string): Call {
  return { ...call, token, headers: { ...call.headers, authorization: `Bearer ${token}` } };
}

function change(parameters: URLSearchParams, changes: Arguments): void {
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) parameters.delete(name);
    else parameters.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
}

function fromBytes(headers: IncomingHttpHeaders, bytes: Buffer): Arguments {
  const contentType = headers['content-type'] ?? '';
  if (contentType.includes('json')) {
    const sent = parseJson(bytes.toString());
    return isRecord(sent) ? sent : {};
  }
  if (contentType.includes('urlencoded')) return fromForm(new URLSearchParams(bytes.toString()));
  return {};
}

function fromForm(form: URLSearchParams): Arguments {
  const entries = [...form].map(([name, value]): [string, unknown] => [
    name,
    structured.has(name) ? (parseJson(value) ?? value) : value,
  ]);
  return Object.fromEntries(entries);
}
