import type { IncomingMessage } from 'node:http';
import { Refused } from '../refused.ts';
import type { Fields } from '../types.ts';
import { isBotToken } from '../web-api/grants.ts';
import { METHODS } from '../web-api/methods.ts';
import { acceptedScopes, requireSomeScope } from '../web-api/scopes.ts';
import type { Workspace } from '../workspace.ts';
import { readBytes, readFields } from './body.ts';
import { jsonReply, type Reply } from './reply.ts';

function bearer(request: IncomingMessage): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

function clientCredentials(request: IncomingMessage): Fields {
  const basic = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (basic === undefined) return {};
  const [id, secret] = Buffer.from(basic, 'base64').toString().split(':');
  return { client_id: id, client_secret: secret };
}

function authenticate(ws: Workspace, name: string, token: unknown): void {
  if (typeof token !== 'string' || token === '') throw new Refused('not_authed');
  const isBot = isBotToken(ws, token);
  if (!isBot && token !== ws.app.appToken) throw new Refused('invalid_auth');
  if (isBot === (name === 'apps.connections.open')) throw new Refused('not_allowed_token_type');
  if (ws.state.uninstalled) throw new Refused('account_inactive');
}

const SECRETS = ['access_token', 'client_secret', 'code', 'refresh_token'];

/** The log of calls is shown to people; it names secrets and holds none. */
function hidden(fields: unknown): unknown {
  if (typeof fields !== 'object' || fields === null) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, SECRETS.includes(key) ? '(hidden)' : value]),
  );
}

/** Seconds to wait. Calls are counted once the caller is known, so that a wrong token uses nothing up. */
function limited(ws: Workspace, name: string, args: Fields): number | null {
  const channel = typeof args['channel'] === 'string' ? args['channel'] : undefined;
  // A user id stands for the same conversation as the id of the direct message.
  const person = ws.state.channels[channel ?? '']?.user;
  return ws.limiter.take(name, person ?? channel, ws.machineNow());
}

function answer(ws: Workspace, name: string, args: Fields, token: unknown): Reply {
  const found = METHODS[name];
  const headers = {
    'x-oauth-scopes': ws.app.scopes.join(','),
    'x-accepted-oauth-scopes': acceptedScopes(name).join(','),
  };
  try {
    if (!found) throw new Refused('unknown_method', { req_method: name });
    if (name !== 'oauth.v2.access') {
      authenticate(ws, name, token);
      requireSomeScope(ws, name);
    }
    const wait = limited(ws, name, args);
    if (wait !== null) {
      return jsonReply(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(wait) });
    }
    return jsonReply(200, { ok: true, ...found.run(ws, args) }, headers);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return jsonReply(200, { ok: false, error: error.code, ...error.extra }, headers);
  }
}

export async function serveApi(ws: Workspace, request: IncomingMessage, name: string): Promise<Reply> {
  const body = readFields(request, await readBytes(request));
  if (!body.ok) return jsonReply(200, { ok: false, error: body.error });
  const { token: inBody, ...args } = body.fields;
  const done = ws.calls.begin({
    direction: 'from app',
    kind: name === 'oauth.v2.access' ? 'oauth' : 'web api',
    method: name,
    via: 'http',
    request: hidden(args),
  });
  const given = name === 'oauth.v2.access' ? { ...clientCredentials(request), ...args } : args;
  try {
    const reply = answer(ws, name, given, bearer(request) ?? inBody);
    const response: unknown = JSON.parse(String(reply.body));
    const failed = typeof response === 'object' && response !== null && 'error' in response;
    done({
      status: reply.status,
      response: hidden(response),
      ...(failed ? { error: String(response.error) } : {}),
    });
    return reply;
  } catch (error) {
    done({ status: 500, response: null, error: String(error) });
    throw error;
  }
}
