import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';

type Slacks = ReadonlyMap<string, LocalSlack>;

/**
 * One address for several local Slacks, as Slack has one for all workspaces: a call goes to the one that gave out the
 * token or code it comes with, a person who installs the app to that of `team`.
 */
export interface SeveralSlacks {
  readonly apiUrl: string;
  /** Where somebody is sent to allow the installation, in that workspace. */
  inWorkspace(authorizeUrl: string, teamId: string): string;
  /** What is answered in the place of a Slack; undefined lets a call through. */
  instead: (call: Call) => Answer | undefined;
  close(): Promise<void>;
}

interface Call {
  method: string;
  fields: URLSearchParams;
  token: string;
}

interface Answer {
  status?: number;
  body: object;
}

export async function startSeveralSlacks(slacks: Slacks): Promise<SeveralSlacks> {
  const server = createServer((request, response) => {
    pass(slacks, several, request, response).catch((error: unknown) => {
      response.writeHead(502).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const several: SeveralSlacks = {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    inWorkspace: (authorizeUrl, teamId) => `${authorizeUrl}&team=${teamId}`,
    instead: () => undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return several;
}

async function pass(
  slacks: Slacks,
  several: SeveralSlacks,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const call = callOf(request, url, body);
  const instead = several.instead(call);
  if (instead !== undefined) return json(response, instead.status ?? 200, instead.body);
  const slack = slacks.get(url.searchParams.get('team') ?? '') ?? whose(slacks, call);
  if (slack === undefined) {
    const error = call.method === 'oauth.v2.access' ? 'invalid_code' : 'invalid_auth';
    return json(response, 200, { ok: false, error });
  }
  const { host: _, 'content-length': __, connection: ___, ...headers } = request.headers;
  const passed = await fetch(`${slack.url}${url.pathname}${url.search}`, {
    method: request.method ?? 'GET',
    headers: headers as Record<string, string>,
    redirect: 'manual',
    ...(body.length === 0 ? {} : { body }),
  });
  const back = Object.fromEntries(passed.headers);
  delete back['content-encoding'];
  delete back['transfer-encoding'];
  response.writeHead(passed.status, back).end(Buffer.from(await passed.arrayBuffer()));
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function callOf(request: IncomingMessage, url: URL, body: Buffer): Call {
  const fields = new URLSearchParams(body.toString('utf8'));
  const bearer = (request.headers.authorization ?? '').replace(/^Bearer\s+/i, '');
  return { method: url.pathname.replace('/api/', ''), fields, token: bearer || (fields.get('token') ?? '') };
}

function whose(slacks: Slacks, { fields, token }: Call): LocalSlack | undefined {
  const secrets = [token, fields.get('code'), fields.get('refresh_token')];
  return [...slacks.values()].find((slack) => secrets.some((secret) => secret && slack.knows(secret)));
}
