import { nextAttemptAt } from '#domain/delivery.ts';
import { type EditOutcome, type PendingEdit, pendingEdits, recordEdit } from '#storage/edits.ts';
import { blockedMethods, blockMethod } from '#storage/slack-limits.ts';
import { CannotCompose, compose } from './compose.ts';
import { hashContent } from './content-hash.ts';
import { isForGood } from './outcome.ts';
import type { Draining } from './settings.ts';
import { type Shown, show } from './show-edit.ts';

const method = 'chat.update';
const batch = 50;

/** The message is gone, or Slack lets nobody edit it any more: that is recorded, and it is never re-posted. */
const cannotBeEdited = new Set([
  'cant_update_message',
  'edit_window_closed',
  'is_inactive',
  'message_not_found',
  'team_not_found',
]);

/** Brings messages to what they should show. An edit may be repeated freely: the last one wins. */
export async function makeEdits(draining: Draining): Promise<number> {
  const { context, workspaceId } = draining;
  let tried = 0;
  for (;;) {
    const { edits, mayUpdate } = await context.database.inWorkspace(workspaceId, async (trx) => {
      const machine = new Date(context.clock.machineNow());
      const mayUpdate = !(await blockedMethods(trx, workspaceId, machine)).has(method);
      // The address that came with a press does not count against the limit.
      const edits = await pendingEdits(trx, workspaceId, machine, { limit: batch, pressedOnly: !mayUpdate });
      return { edits, mayUpdate };
    });
    for (const edit of edits) {
      if (draining.stopping()) return tried;
      const shown = await makeEdit(draining, edit, mayUpdate);
      tried += 1;
      if (shown.retryAfter !== undefined) break;
    }
    if (edits.length === 0) return tried;
  }
}

async function makeEdit(
  { context, workspaceId }: Draining,
  edit: PendingEdit,
  mayUpdate: boolean,
): Promise<Shown> {
  const { database, clock, slack, callTimeout } = context;
  const content = await contentOf(context, workspaceId, edit);
  const contentHash = content && hashContent(content);
  const shown: Shown =
    content === undefined
      ? { kind: 'not_shown', answer: 'cannot_be_composed' }
      : contentHash === edit.contentHash
        ? { kind: 'shown', answer: 'unchanged' }
        : await show({ client: slack.client(workspaceId), callTimeout, mayUpdate }, edit, content);
  const now = clock.machineNow();
  await database.inWorkspace(workspaceId, async (trx) => {
    await recordEdit(trx, workspaceId, edit, outcomeOf(edit, shown, contentHash ?? '', now));
    if (shown.retryAfter === undefined) return;
    await blockMethod(trx, workspaceId, method, new Date(now + shown.retryAfter * 1000), shown.answer);
  });
  return shown;
}

async function contentOf(context: Draining['context'], workspaceId: string, edit: PendingEdit) {
  try {
    const composed = await context.database.inWorkspace(workspaceId, (trx) =>
      compose(trx, context, workspaceId, { id: edit.deliveryId, kind: edit.kind }),
    );
    return composed.content;
  } catch (error) {
    if (!(error instanceof CannotCompose)) throw error;
    context.log.error({ err: error, workspaceId, delivery: edit.deliveryId }, 'an edit cannot be composed');
    return undefined;
  }
}

function outcomeOf(edit: PendingEdit, shown: Shown, contentHash: string, now: number): EditOutcome {
  const { answer, responseUrlSpent = false } = shown;
  if (shown.kind === 'shown') return { state: 'done', answer, contentHash, responseUrlSpent };
  if (cannotBeEdited.has(answer) || isForGood(answer)) return { state: 'failed', answer, responseUrlSpent };
  const retryAt = new Date(nextAttemptAt(now, edit.attempts + 1, shown.retryAfter));
  return { state: 'pending', answer, retryAt, responseUrlSpent };
}
