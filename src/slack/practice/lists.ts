import { viewPractice } from '#services/view-practice.ts';
import type { OpenView, Request } from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type ModalContent, unlessGone } from '../modal.ts';
import { inMarkup, nameOf } from '../text.ts';
import { Carried, listModal } from './list-view.ts';
import { ids } from './view.ts';

/** The list a modal was opened from, where it was. */
export const listIdOf = (view: OpenView | undefined): string | undefined =>
  view?.callbackId === ids.list ? view.id : undefined;

export async function listContent(request: Request, repId: string, onTop = false): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const found = await viewPractice(context, workspaceId, userId, repId);
  if (found.ok) return { view: listModal(found.value, onTop) };
  switch (found.problem.kind) {
    case 'you_are_unknown':
      return { instead: await answerToUnknown(request) };
    case 'rep_unknown':
      return { instead: { text: `Sideline does not know <@${repId}>.` } };
    case 'not_yours_to_see':
      return {
        instead: {
          text: `What ${inMarkup(nameOf(found.problem.repName))} practises is for them, their manager and enablement.`,
        },
      };
  }
}

/** Shows the list as it stands now. */
export async function updateList(request: Request, view: OpenView): Promise<void> {
  const { repId, onTop } = Carried.parse(JSON.parse(view.privateMetadata));
  const content = await listContent(request, repId, onTop);
  if (!('view' in content)) return;
  await unlessGone(request.client.views.update({ view_id: view.id, hash: view.hash, view: content.view }));
}

/** Saved is saved: the form closes without waiting until the list below it shows that. */
export function refreshList(request: Request, listId: string | undefined, repId: string): void {
  if (listId === undefined) return;
  const update = async (): Promise<void> => {
    const content = await listContent(request, repId);
    if (!('view' in content)) return;
    await unlessGone(request.client.views.update({ view_id: listId, view: content.view }));
  };
  update().catch((error: unknown) =>
    request.context.log.warn({ err: error }, 'the list of practice was not brought up to date'),
  );
}
