import { Refused } from '../refused.ts';
import type { Channel } from '../types.ts';
import type { Workspace } from '../workspace.ts';

/** The scope a method needs, whatever conversation it is about. */
const SCOPES: Record<string, string> = {
  'chat.delete': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'files.completeUploadExternal': 'files:write',
  'files.getUploadURLExternal': 'files:write',
  'files.info': 'files:read',
  'reactions.add': 'reactions:write',
  'team.info': 'team:read',
  'team.profile.get': 'users.profile:read',
  'usergroups.list': 'usergroups:read',
  'usergroups.users.list': 'usergroups:read',
  'users.info': 'users:read',
  'users.list': 'users:read',
  'users.lookupByEmail': 'users:read.email',
  'users.profile.get': 'users.profile:read',
};

/** Methods whose scope depends on the kind of conversation. */
const BY_KIND: Record<string, Record<Channel['kind'], string>> = {
  'conversations.open': { im: 'im:write', channel: 'im:write', group: 'im:write' },
  'conversations.history': { im: 'im:history', channel: 'channels:history', group: 'groups:history' },
  'conversations.replies': { im: 'im:history', channel: 'channels:history', group: 'groups:history' },
  'conversations.info': { im: 'im:read', channel: 'channels:read', group: 'groups:read' },
  'conversations.list': { im: 'im:read', channel: 'channels:read', group: 'groups:read' },
  'conversations.members': { im: 'im:read', channel: 'channels:read', group: 'groups:read' },
};

export function acceptedScopes(method: string): string[] {
  const one = SCOPES[method];
  if (one !== undefined) return [one];
  return [...new Set(Object.values(BY_KIND[method] ?? {}))];
}

function missing(ws: Workspace, needed: string[]): Refused {
  return new Refused('missing_scope', { needed: needed.join(','), provided: ws.app.scopes.join(',') });
}

/** Before the method runs: some scope it accepts must be there. */
export function requireSomeScope(ws: Workspace, method: string): void {
  const accepted = acceptedScopes(method);
  if (accepted.length > 0 && !accepted.some((one) => ws.app.scopes.includes(one)))
    throw missing(ws, accepted);
}

/** Once the conversation is known: the scope for its kind must be there. */
export function requireKindScope(ws: Workspace, method: string, kind: Channel['kind']): void {
  const needed = BY_KIND[method]?.[kind];
  if (needed !== undefined && !ws.app.scopes.includes(needed)) throw missing(ws, [needed]);
}
