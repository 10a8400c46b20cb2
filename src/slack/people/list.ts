import type { ModalView } from '@slack/web-api';
import { toLocal } from '#domain/time/zone.ts';
import { findAsker } from '#services/find-asker.ts';
import { findKeepers } from '#services/people-keepers.ts';
import { searchPeople } from '#services/search-people.ts';
import { latestNewcomers } from '#storage/newcomers.ts';
import { askOneOf } from '../ask-one-of.ts';
import type {
  ActionRequest,
  OpenView,
  Reply,
  Request,
  SubmissionAnswer,
  SubmissionRequest,
} from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type ModalContent, unlessGone, wordsModal } from '../modal.ts';
import { filterOf, ListState, longestText, mostChosen, pageLength } from './state.ts';
import { ids, listModal, newcomersShown, titles } from './view.ts';

export const stateIn = (view: Pick<OpenView, 'privateMetadata'>): ListState =>
  ListState.parse(JSON.parse(view.privateMetadata || '{}'));

/** The list as it stands, at the place where somebody is in it. */
export async function listContent(request: Request, state: ListState, hint?: string): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const { after, before } = state;
  const page = { after, before, limit: pageLength };
  const found = await searchPeople(context, workspaceId, userId, filterOf(state), page);
  if (!found.ok) return { instead: await notYours(request) };
  const { scope } = found.value;
  const newcomers = await context.database.inWorkspace(workspaceId, (trx) =>
    state.who === 'new' && scope === 'all'
      ? latestNewcomers(trx, workspaceId, newcomersShown)
      : Promise.resolve([]),
  );
  const keepers = scope === 'team' ? await findKeepers(context, workspaceId) : [];
  const { date: today } = toLocal(context.clock.now(), 'UTC');
  return { view: listModal({ page: found.value, state, today, keepers, newcomers, hint }) };
}

/** For whoever may not see people, or not `this person`. */
export async function notYours(request: Request, about?: 'this person'): Promise<{ text: string }> {
  const { context, workspaceId, userId } = request;
  const { roles } = await findAsker(context, workspaceId, userId);
  if (roles === undefined) return answerToUnknown(request);
  const whom = askOneOf(await findKeepers(context, workspaceId), 'Nobody here is either yet');
  if (about !== undefined) {
    return {
      text: `This person is not yours to change: managers see and correct their own team. ${whom} for the rest.`,
    };
  }
  return {
    text: roles.includes('manager')
      ? `Nobody reports to you in Sideline yet. ${whom}: enablement and admins say who reports to whom.`
      : `People are managed by enablement and admins, and managers see their team. ${whom} if something about you is wrong; \`/coach privacy\` shows you what is kept about you.`,
  };
}

/** What is typed and ticked by now, whatever was pressed. */
export function asFilled(view: OpenView): ListState {
  const state = stateIn(view);
  const typed = view.values[`search~${state.round}`]?.[ids.search] as { value?: string | null } | undefined;
  const text = typed === undefined ? state.text : (typed.value ?? '').trim().slice(0, longestText);
  const picked = Object.entries(view.values).find(([block]) => block.startsWith(ids.pick))?.[1];
  const [ticked] = Object.values(picked ?? {}) as { selected_options?: { value: string }[] }[];
  if (ticked === undefined) return { ...state, text };
  const here = (ticked.selected_options ?? []).map(({ value }) => value);
  const elsewhere = state.chosen.filter((id) => !state.shown.includes(id));
  return { ...state, text, chosen: [...elsewhere, ...here.filter((id) => state.shown.includes(id))] };
}

/** Somebody looks for others, or at another page: the list is drawn anew in its place. */
export async function redraw(
  request: ActionRequest,
  change: (state: ListState) => ListState,
): Promise<Reply> {
  const { client, view } = request;
  if (view === undefined) return undefined;
  const shown = await redrawn(request, change(asFilled(view)));
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: shown }));
  return undefined;
}

export const toFirst = ({ after: _, before: __, ...state }: ListState): ListState => state;

/** The button below all of it does what Enter does. */
export const search = async (request: SubmissionRequest): Promise<SubmissionAnswer> => ({
  update: await redrawn(request, toFirst(asFilled(request.view))),
});

async function redrawn(request: Request, { chosen, ...state }: ListState): Promise<ModalView> {
  const hint =
    chosen.length > mostChosen
      ? `These are the first ${mostChosen}: no more are changed at once.`
      : undefined;
  const content = await listContent(request, { ...state, chosen: chosen.slice(0, mostChosen) }, hint);
  return 'view' in content ? content.view : wordsModal(titles.all, content.instead.text);
}

/** The list below what was saved, where there is one; nobody waits for it. */
export function redrawBelow(
  request: Request,
  below: { listId: string; list: ListState } | undefined,
  hint?: string,
): void {
  if (below === undefined) return;
  const { context, client } = request;
  const drawn = async (): Promise<void> => {
    const content = await listContent(request, below.list, hint);
    if ('view' in content)
      await unlessGone(client.views.update({ view_id: below.listId, view: content.view }));
  };
  drawn().catch((error: unknown) =>
    context.log.warn({ err: error }, 'the list of people was not brought up to date'),
  );
}
