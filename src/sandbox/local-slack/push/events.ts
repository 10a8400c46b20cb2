import { setTimeout as wait } from 'node:timers/promises';
import { DEFAULT_EVENTS } from '../options.ts';
import { nextId, nextTs } from '../state.ts';
import type { Channel, Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { eventEnvelope } from './envelope.ts';
import type { Ack } from './push.ts';

const MESSAGE_EVENTS = { im: 'message.im', channel: 'message.channels', group: 'message.groups' };

function reasonOf(ack: Ack): string {
  if (ack.ok) return '';
  return ack.reason === 'timeout'
    ? 'http_timeout'
    : ack.reason === 'http error'
      ? 'http_error'
      : 'connection_failed';
}

async function deliver(ws: Workspace, type: string, payload: Fields): Promise<void> {
  let ack = await ws.link.push({ kind: 'event', method: type, payload });
  for (const [index, delay] of ws.eventRetriesMs.entries()) {
    if (ack.ok) return;
    await wait(delay, undefined, { ref: false });
    const retry = { attempt: index + 1, reason: reasonOf(ack) };
    ack = await ws.link.push({ kind: 'event', method: type, payload, retry });
  }
}

/** Sends an event the app subscribed to under this name; the app's answer changes nothing for the person. */
export function sendEvent(ws: Workspace, name: string, event: Fields): void {
  if (!(ws.app.events ?? DEFAULT_EVENTS).includes(name)) return;
  if (ws.link.connected === null) return;
  const stamped = { event_ts: nextTs(ws.state, ws.machineNow()), ...event };
  ws.link.track(deliver(ws, name, eventEnvelope(ws, stamped, nextId(ws.state, 'Ev'))));
}

export function sendMessageEvent(ws: Workspace, channel: Channel, event: Fields): void {
  if (!channel.members.includes(ws.app.botUserId)) return;
  const channelType = channel.kind;
  sendEvent(ws, MESSAGE_EVENTS[channel.kind], {
    type: 'message',
    channel: channel.id,
    channel_type: channelType,
    ...event,
  });
}
