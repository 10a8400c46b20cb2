import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';

/**
 * One address for several local Slacks, as Slack has one for all workspaces: a call goes to the one that gave out the
 * token or code it comes with, a person who installs the app to that of `team`.
 */
export interface SeveralSlacks {
  apiUrl: string;
  /** Where somebody is sent to allow the installation, in that workspace. */
  inWorkspace(authorizeUrl: string, teamId: string): string;
  close(): Promise<void>;
}

export async function startSeveralSlacks(slacks: ReadonlyMap<string, LocalSlack>): Promise<SeveralSlacks> {
  const server = createServer((request, response) => {
    pass(slacks, request, response).catch((error: unknown) => {
      response.writeHead(502).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    inWorkspace: (authorizeUrl, teamId) => `${authorizeUrl}&team=${teamId}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function pass(
  slacks: ReadonlyMap<string, LocalSlack>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const slack = slacks.get(url.searchParams.get('team') ?? '') ?? whose(slacks, request, body);
  if (slack === undefined) {
    const error = url.pathname.endsWith('oauth.v2.access') ? 'invalid_code' : 'invalid_auth';
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: false, error }));
    return;
  }
  const { host: _, 'content-length': __, connection: ___, ...headers } = request.headers;
  const passed = await fetch(`${slack.url}${url.pathname}${url.search}`, {
    method: request.method ?? 'GET',
    headers: headers as Record<string, string>,
    redirect: 'manual',
    ...(body.length === 0 ? {} : { body }),
  });
  const {
    'content-encoding': _____,
    'transfer-encoding': ______,
    ...back
  } = Object.fromEntries(passed.headers);
  response.writeHead(passed.status, back).end(Buffer.from(await passed.arrayBuffer()));
}

function whose(
  slacks: ReadonlyMap<string, LocalSlack>,
  request: IncomingMessage,
  body: Buffer,
): LocalSlack | undefined {
  const fields = new URLSearchParams(body.toString('utf8'));
  const bearer = (request.headers.authorization ?? '').replace(/^Bearer\s+/i, '');
  const secrets = [bearer, ...['token', 'code', 'refresh_token'].map((name) => fields.get(name) ?? '')];
  return [...slacks.values()].find((slack) => secrets.some((secret) => secret !== '' && slack.knows(secret)));
}
