import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { validateView } from './blocks/validate.ts';
import { Refused, refusedFor } from './refused.ts';
import { nextId } from './state.ts';
import { keepBlocks } from './surface/blocks.ts';
import { carriedValues } from './surface/initial-values.ts';
import type { Fields, View } from './types.ts';
import type { Workspace } from './workspace.ts';

const STACK = 3;
const MAX_BYTES = 250_000;

const words = z.looseObject({ type: z.string(), text: z.string() });

const viewPayload = z.looseObject({
  type: z.enum(['modal', 'home']),
  title: words.nullish(),
  submit: words.nullish(),
  close: words.nullish(),
  blocks: z.array(z.unknown()),
  private_metadata: z.string().nullish(),
  callback_id: z.string().nullish(),
  external_id: z.string().nullish(),
  clear_on_close: z.boolean().nullish(),
  notify_on_close: z.boolean().nullish(),
});

export function modalStack(ws: Workspace, user: string): View[] {
  const known = ws.state.modals[user];
  if (known) return known;
  const stack: View[] = [];
  ws.state.modals[user] = stack;
  return stack;
}

function allViews(ws: Workspace): View[] {
  return [...Object.values(ws.state.modals).flat(), ...Object.values(ws.state.homes)];
}

export function findView(ws: Workspace, by: { id?: string; externalId?: string }): View | undefined {
  return allViews(ws).find((one) =>
    by.id === undefined ? one.externalId !== '' && one.externalId === by.externalId : one.id === by.id,
  );
}

/** A view as Slack would accept it, or Slack's refusal. */
function checked(raw: unknown, type: View['type']): z.infer<typeof viewPayload> {
  const problems = validateView(raw);
  if (problems.length > 0) throw refusedFor('invalid_arguments', problems);
  const read = viewPayload.safeParse(raw);
  if (!read.success) {
    throw refusedFor(
      'invalid_arguments',
      read.error.issues.map((one) => `${one.message} [json-pointer:/view/${one.path.join('/')}]`),
    );
  }
  if (read.data.type !== type) {
    throw refusedFor('invalid_arguments', [`unsupported type: ${read.data.type} [json-pointer:/view/type]`]);
  }
  if (Buffer.byteLength(JSON.stringify(raw)) > MAX_BYTES) throw new Refused('view_too_large');
  return read.data;
}

function freshHash(ws: Workspace): string {
  return `${Math.floor(ws.machineNow() / 1000)}.${randomBytes(4).toString('hex')}`;
}

function fill(ws: Workspace, view: View, payload: z.infer<typeof viewPayload>): void {
  const externalId = payload.external_id ?? '';
  const other = externalId === '' ? undefined : findView(ws, { externalId });
  if (other && other !== view) throw new Refused('duplicate_external_id');
  view.title = payload.title ?? null;
  view.submit = payload.submit ?? null;
  view.close = payload.close ?? null;
  view.blocks = keepBlocks(payload.blocks);
  view.privateMetadata = payload.private_metadata ?? '';
  view.callbackId = payload.callback_id ?? '';
  view.externalId = externalId;
  view.clearOnClose = payload.clear_on_close ?? false;
  view.notifyOnClose = payload.notify_on_close ?? false;
  view.hash = freshHash(ws);
  view.values = carriedValues(view.blocks, view.values);
  view.errors = {};
  view.failure = null;
}

function emptyView(ws: Workspace, type: View['type'], user: string): View {
  const id = nextId(ws.state, 'V');
  return {
    id,
    type,
    user,
    callbackId: '',
    title: null,
    submit: null,
    close: null,
    blocks: [],
    privateMetadata: '',
    externalId: '',
    clearOnClose: false,
    notifyOnClose: false,
    hash: '',
    rootId: id,
    previousId: null,
    values: {},
    errors: {},
    failure: null,
  };
}

/** A new modal in place of whatever the person had open. */
export function openView(ws: Workspace, user: string, raw: unknown): View {
  const payload = checked(raw, 'modal');
  const view = emptyView(ws, 'modal', user);
  fill(ws, view, payload);
  ws.state.modals[user] = [view];
  ws.changes.emit({ kind: 'modal', user });
  return view;
}

export function pushView(ws: Workspace, user: string, raw: unknown): View {
  const payload = checked(raw, 'modal');
  const stack = modalStack(ws, user);
  const below = stack.at(-1);
  if (!below) throw new Refused('not_found');
  if (stack.length >= STACK) throw new Refused('push_limit_reached');
  const view = { ...emptyView(ws, 'modal', user), rootId: below.rootId, previousId: below.id };
  fill(ws, view, payload);
  stack.push(view);
  ws.changes.emit({ kind: 'modal', user });
  return view;
}

export function updateView(ws: Workspace, view: View, raw: unknown, hash?: string): View {
  const payload = checked(raw, view.type);
  if (hash !== undefined && hash !== '' && hash !== view.hash) throw new Refused('hash_conflict');
  fill(ws, view, payload);
  ws.changes.emit({ kind: view.type, user: view.user });
  return view;
}

export function publishHome(ws: Workspace, user: string, raw: unknown, hash?: string): View {
  const known = ws.state.homes[user];
  if (known) return updateView(ws, known, raw, hash);
  const payload = checked(raw, 'home');
  const view = emptyView(ws, 'home', user);
  fill(ws, view, payload);
  ws.state.homes[user] = view;
  ws.changes.emit({ kind: 'home', user });
  return view;
}

/** A view as Slack sends it; only interactions carry what the person has put in. */
export function slackView(ws: Workspace, view: View, withValues: boolean): Fields {
  return {
    id: view.id,
    team_id: ws.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    state: { values: withValues ? view.values : {} },
    hash: view.hash,
    title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    close: view.close,
    submit: view.submit,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: ws.app.appId,
    external_id: view.externalId,
    app_installed_team_id: ws.team.id,
    bot_id: ws.app.botId,
  };
}
