import { payloadName } from '../channels.ts';
import { findMessage, slackMessage } from '../messages.ts';
import { type Block, findElement, type PlacedElement } from '../surface/blocks.ts';
import type { Ephemeral, Fields, Message, StateValues, View } from '../types.ts';
import { modalStack, slackView } from '../views.ts';
import type { Workspace } from '../workspace.ts';
import { inputKey, inputsOf, memberChannel } from './reading.ts';

/** Where an element stands: in a message, or in a modal or the Home tab. */
export type Surface = { kind: 'message'; channel: string; ts: string } | { kind: 'view'; id: string };

export interface Target {
  surface: Surface;
  blockId: string;
  actionId: string;
}

export type Place =
  | { kind: 'view'; view: View; blocks: Block[]; values: StateValues }
  | { kind: 'message'; message: Message; blocks: Block[]; values: StateValues }
  | { kind: 'ephemeral'; message: Ephemeral; blocks: Block[]; values: StateValues };

/** What the person has in front of them. */
export function placeOf(ws: Workspace, user: string, surface: Surface): Place {
  if (surface.kind === 'view') {
    const view = [...modalStack(ws, user), ws.state.homes[user]].find((one) => one?.id === surface.id);
    if (!view) throw new Error(`${user} has no view ${surface.id} open`);
    return { kind: 'view', view, blocks: view.blocks, values: view.values };
  }
  memberChannel(ws, user, surface.channel);
  const message = findMessage(ws, surface.channel, surface.ts);
  if (message)
    return { kind: 'message', message, blocks: message.blocks, values: inputsOf(ws, user, message) };
  const own = ws.state.ephemerals.find(
    (one) => one.to === user && one.channel === surface.channel && one.ts === surface.ts,
  );
  if (!own) throw new Error(`${user} sees no message ${surface.ts} in ${surface.channel}`);
  return { kind: 'ephemeral', message: own, blocks: own.blocks, values: inputsOf(ws, user, own) };
}

export function elementAt(place: Place, target: Target): PlacedElement {
  const found = findElement(place.blocks, target.blockId, target.actionId);
  if (!found) throw new Error(`There is no element ${target.actionId} in block ${target.blockId}`);
  return found;
}

export function setValue(
  ws: Workspace,
  user: string,
  place: Place,
  placed: PlacedElement,
  value: Fields,
): void {
  const { block_id: blockId } = placed.block;
  place.values[blockId] = { ...place.values[blockId], [placed.actionId]: value };
  if (place.kind === 'view') {
    delete place.view.errors[blockId];
    place.view.failure = null;
  } else {
    const { channel, ts } = place.message;
    ws.state.messageInputs[inputKey(user, channel, ts)] = place.values;
  }
  ws.changes.emit({ kind: 'input', user });
}

/** Where the interaction happened, as Slack tells the app. */
export function placeFields(ws: Workspace, place: Place): Fields {
  if (place.kind === 'view') {
    return {
      container: { type: 'view', view_id: place.view.id },
      view: slackView(ws, place.view, true),
    };
  }
  const { channel: channelId, ts, threadTs } = place.message;
  const channel = ws.state.channels[channelId];
  return {
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channelId,
      is_ephemeral: place.kind === 'ephemeral',
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    },
    channel: { id: channelId, name: channel ? payloadName(channel) : '' },
    state: { values: place.values },
    // An ephemeral message is kept nowhere, so Slack cannot send it back.
    ...(place.kind === 'message' ? { message: slackMessage(ws, place.message, true) } : {}),
  };
}
