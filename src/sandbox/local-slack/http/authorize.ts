import type { IncomingMessage } from 'node:http';
import { isPerson } from '../users.ts';
import { issueOAuthCode } from '../web-api/grants.ts';
import type { Workspace } from '../workspace.ts';
import { type Reply, textReply } from './reply.ts';

/** The consent page, answered with yes at once, as the person named or else the first one. */
export function serveAuthorize(ws: Workspace, request: IncomingMessage): Reply {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  if (query.get('client_id') !== ws.app.clientId) return textReply(400, 'Invalid client_id parameter');
  const redirect = query.get('redirect_uri') ?? ws.app.redirectUrl;
  if (redirect === undefined || !URL.canParse(redirect)) return textReply(400, 'bad_redirect_uri');
  const people = Object.values(ws.state.users).filter((one) => isPerson(one) && !one.deleted);
  const user = people.find((one) => one.id === query.get('user')) ?? people[0];
  const back = new URL(redirect);
  back.searchParams.set('code', issueOAuthCode(ws, user?.id ?? ''));
  back.searchParams.set('state', query.get('state') ?? '');
  return { status: 302, headers: { location: back.toString() }, body: '' };
}
