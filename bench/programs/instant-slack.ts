/** A Slack that answers everything at once and remembers nothing, as a process of its own. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let posted = 0;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-oauth-scopes': 'commands,chat:write,im:write,im:history,users:read,users:read.email',
    });
    response.end(JSON.stringify(answerTo(request.url ?? '', Buffer.concat(chunks).toString('utf8'))));
  });
});

function answerTo(url: string, body: string): object {
  const method = url.slice(url.lastIndexOf('/') + 1);
  if (method === 'auth.test') {
    return { ok: true, team_id: 'T0', team: 'Workspace 0', user_id: 'UBOT', bot_id: 'BBOT' };
  }
  if (method === 'chat.postMessage') {
    posted += 1;
    const { channel } = JSON.parse(body) as { channel: string };
    return { ok: true, channel, ts: `${1_772_000_000 + posted}.000100` };
  }
  return { ok: true };
}

server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/` });
});
process.on('disconnect', () => process.exit());
