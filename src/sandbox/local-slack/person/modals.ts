import { z } from 'zod';
import { interaction } from '../push/envelope.ts';
import { Refused } from '../refused.ts';
import { issueResponseUrl } from '../response-urls.ts';
import { interactiveElements } from '../surface/blocks.ts';
import type { Fields, View } from '../types.ts';
import { modalStack, pushView, slackView, updateView } from '../views.ts';
import type { Workspace } from '../workspace.ts';
import { inputProblems } from './required-inputs.ts';
import { type Submitted, TROUBLE } from './results.ts';

const answer = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
]);

function topView(ws: Workspace, user: string, viewId: string): View {
  const top = modalStack(ws, user).at(-1);
  if (top?.id !== viewId) throw new Error(`${user} has not the modal ${viewId} in front`);
  return top;
}

function remove(ws: Workspace, view: View): void {
  const stack = modalStack(ws, view.user);
  const at = stack.indexOf(view);
  if (at >= 0) stack.splice(at);
  ws.changes.emit({ kind: 'modal', user: view.user });
}

function trouble(ws: Workspace, view: View): Submitted {
  view.failure = TROUBLE;
  ws.changes.emit({ kind: 'modal', user: view.user });
  return { status: 'failed', message: TROUBLE };
}

function isOpen(ws: Workspace, view: View): boolean {
  return modalStack(ws, view.user).includes(view);
}

function showErrors(ws: Workspace, view: View, errors: Record<string, string>): Submitted {
  const inputs = view.blocks.filter((one) => one.type === 'input').map((one) => one.block_id);
  // Slack accepts messages for input blocks of this view only.
  const ids = Object.keys(errors);
  if (ids.length === 0 || ids.some((id) => !inputs.includes(id))) return trouble(ws, view);
  view.errors = errors;
  ws.changes.emit({ kind: 'modal', user: view.user });
  return { status: 'errors', by: 'app', errors };
}

function obey(ws: Workspace, view: View, body: unknown): Submitted {
  const isEmpty =
    body === '' || body === null || (typeof body === 'object' && Object.keys(body).length === 0);
  if (isEmpty) {
    remove(ws, view);
    return { status: 'closed' };
  }
  const read = answer.safeParse(body);
  if (!read.success) return trouble(ws, view);
  // The person may have closed the modal while the app was thinking.
  if (!isOpen(ws, view)) return { status: 'closed' };
  const wanted = read.data;
  try {
    switch (wanted.response_action) {
      case 'errors':
        return showErrors(ws, view, wanted.errors);
      case 'update':
        updateView(ws, view, wanted.view);
        return { status: 'updated' };
      case 'push':
        pushView(ws, view.user, wanted.view);
        return { status: 'pushed' };
      case 'clear':
        ws.state.modals[view.user] = [];
        ws.changes.emit({ kind: 'modal', user: view.user });
        return { status: 'cleared' };
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    ws.calls.begin({
      direction: 'from app',
      kind: 'interactive',
      method: `response_action ${wanted.response_action}`,
      via: 'http',
      request: body,
    })({ status: 200, response: error.extra, error: error.code });
    return trouble(ws, view);
  }
}

/** Urls for conversation menus that ask for one. */
function responseUrls(ws: Workspace, view: View): Fields[] {
  return interactiveElements(view.blocks).flatMap(({ block, element, actionId }) => {
    if (element['response_url_enabled'] !== true) return [];
    const value = view.values[block.block_id]?.[actionId];
    const channel = value?.['selected_conversation'] ?? value?.['selected_channel'];
    if (typeof channel !== 'string') return [];
    const url = issueResponseUrl(ws, { kind: 'actions', user: view.user, channel });
    return [{ block_id: block.block_id, action_id: actionId, channel_id: channel, response_url: url }];
  });
}

export async function submit(ws: Workspace, user: string, viewId: string): Promise<Submitted> {
  const view = topView(ws, user, viewId);
  view.failure = null;
  const problems = inputProblems(view);
  view.errors = problems;
  if (Object.keys(problems).length > 0) {
    ws.changes.emit({ kind: 'modal', user });
    return { status: 'errors', by: 'slack', errors: problems };
  }
  const ack = await ws.link.push({
    kind: 'interactive',
    method: 'view_submission',
    payload: {
      ...interaction(ws, 'view_submission', user),
      trigger_id: ws.triggers.issue(user, view.id),
      view: slackView(ws, view, true),
      response_urls: responseUrls(ws, view),
    },
  });
  return ack.ok ? obey(ws, view, ack.body) : trouble(ws, view);
}

/** One view back, or the whole stack as the cross in the corner does. */
export async function close(ws: Workspace, user: string, viewId: string, all: boolean): Promise<void> {
  const view = topView(ws, user, viewId);
  const isCleared = all || view.clearOnClose;
  const closed = isCleared ? modalStack(ws, user).toReversed() : [view];
  if (isCleared) ws.state.modals[user] = [];
  else remove(ws, view);
  ws.changes.emit({ kind: 'modal', user });
  for (const one of closed) {
    if (!one.notifyOnClose) continue;
    await ws.link.push({
      kind: 'interactive',
      method: 'view_closed',
      payload: {
        ...interaction(ws, 'view_closed', user),
        view: slackView(ws, one, true),
        is_cleared: isCleared,
      },
    });
  }
}
