import { payloadName } from '../channels.ts';
import { findMessage, notify, slackMessage } from '../messages.ts';
import { interaction } from '../push/envelope.ts';
import { issueResponseUrl } from '../response-urls.ts';
import { nextTs } from '../state.ts';
import type { Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { memberChannel } from './reading.ts';
import { type Acted, TROUBLE } from './results.ts';

async function push(ws: Workspace, user: string, type: string, own: Fields): Promise<Acted> {
  const ack = await ws.link.push({
    kind: 'interactive',
    method: type,
    payload: {
      ...interaction(ws, type, user),
      trigger_id: ws.triggers.issue(user),
      action_ts: nextTs(ws.state, ws.machineNow()),
      ...own,
    },
  });
  if (ack.ok) return { status: 'done' };
  notify(ws, user, TROUBLE);
  return { status: 'failed', message: TROUBLE };
}

export function globalShortcut(ws: Workspace, user: string, callbackId: string): Promise<Acted> {
  return push(ws, user, 'shortcut', { callback_id: callbackId });
}

export function messageShortcut(
  ws: Workspace,
  user: string,
  callbackId: string,
  channelId: string,
  ts: string,
): Promise<Acted> {
  const channel = memberChannel(ws, user, channelId);
  const message = findMessage(ws, channelId, ts);
  if (!message) throw new Error(`There is no message ${ts} in ${channelId}`);
  return push(ws, user, 'message_action', {
    callback_id: callbackId,
    message_ts: ts,
    channel: { id: channelId, name: payloadName(channel) },
    message: slackMessage(ws, message, true),
    response_url: issueResponseUrl(ws, {
      kind: 'actions',
      user,
      channel: channelId,
      ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    }),
  });
}
