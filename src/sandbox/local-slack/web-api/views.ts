import { z } from 'zod';
import { Refused } from '../refused.ts';
import { findView, openView, publishHome, pushView, slackView, updateView } from '../views.ts';
import type { Workspace } from '../workspace.ts';
import { json, method } from './method.ts';

const view = json(z.unknown());
const triggered = z.object({
  view,
  trigger_id: z.string().optional(),
  interactivity_pointer: z.string().optional(),
});

function triggerOf(ws: Workspace, args: z.output<typeof triggered>) {
  const id = args.trigger_id ?? args.interactivity_pointer;
  if (id === undefined || id === '') throw new Refused('invalid_trigger_id');
  const use = ws.triggers.look(id);
  if (!use.ok) throw new Refused(use.error);
  return { ...use, id };
}

export const viewsOpen = method(triggered, (ws, args) => {
  const trigger = triggerOf(ws, args);
  const opened = openView(ws, trigger.user, args.view);
  ws.triggers.use(trigger.id);
  return { view: slackView(ws, opened, false) };
});

export const viewsPush = method(triggered, (ws, args) => {
  const trigger = triggerOf(ws, args);
  const pushed = pushView(ws, trigger.user, args.view);
  ws.triggers.use(trigger.id);
  return { view: slackView(ws, pushed, false) };
});

export const viewsUpdate = method(
  z.object({
    view,
    view_id: z.string().optional(),
    external_id: z.string().optional(),
    hash: z.string().optional(),
  }),
  (ws, args) => {
    const found = findView(ws, {
      ...(args.view_id === undefined ? {} : { id: args.view_id }),
      ...(args.external_id === undefined ? {} : { externalId: args.external_id }),
    });
    if (!found) throw new Refused('not_found');
    return { view: slackView(ws, updateView(ws, found, args.view, args.hash), false) };
  },
);

export const viewsPublish = method(
  z.object({ user_id: z.string(), view, hash: z.string().optional() }),
  (ws, args) => {
    const user = ws.state.users[args.user_id];
    if (!user) throw new Refused('user_not_found');
    return { view: slackView(ws, publishHome(ws, user.id, args.view, args.hash), false) };
  },
);
