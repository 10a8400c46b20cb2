import { nextAttemptAt } from '#domain/delivery.ts';
import type { MessageContent } from '#services/message-content.ts';
import { type EditOutcome, type PendingEdit, pendingEdits, recordEdits } from '#storage/edits.ts';
import { allowanceOf, blockMethod, noteCalls } from '#storage/slack-limits.ts';
import { CannotCompose, withComposed } from './compose.ts';
import { hashContent } from './content-hash.ts';
import { meterOf } from './meter.ts';
import { isForGood } from './outcome.ts';
import type { Progress } from './progress.ts';
import { type Draining, limitsFor } from './settings.ts';
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

/**
 * Brings messages to what they should show. An edit may be repeated freely, and the last one wins: so a batch
 * is read, composed and recorded at once, and what a dying process has not recorded is simply shown again.
 */
export async function makeEdits(draining: Draining): Promise<Progress> {
  const { context, workspaceId } = draining;
  let tried = 0;
  for (;;) {
    const { edits, updates, again } = await context.database.inWorkspace(workspaceId, async (trx) => {
      const machine = new Date(context.clock.machineNow());
      const allowed = await allowanceOf(trx, workspaceId, method, limitsFor(context), machine);
      // The address that came with a press does not count against the limit.
      const pressedOnly = allowed.calls === 0;
      const edits = await pendingEdits(trx, workspaceId, machine, { limit: batch, pressedOnly });
      return { edits, updates: allowed.calls, again: allowed.again?.getTime() };
    });
    let left = updates;
    let waiting = false;
    const made: Made[] = [];
    for (const composed of await composeAll(draining, edits)) {
      if (draining.stopping()) break;
      // Those that were pressed come first: of the others, what finds no room now is for later.
      waiting = left === 0 && composed.edit.responseUrl === null;
      if (waiting) break;
      const one = await makeEdit(draining, composed, left > 0);
      made.push(one);
      left -= one.shown.calls;
      if (one.shown.retryAfter !== undefined) break;
    }
    if (made.length > 0) await recordAll(draining, made);
    tried += made.length;
    // What has changed again meanwhile has brought a hint of its own.
    if (edits.length < batch || waiting || draining.stopping()) {
      return { moved: tried, again: waiting ? context.clock.machineNow() : again };
    }
  }
}

interface Composed {
  edit: PendingEdit;
  /** Absent where it cannot be composed. */
  content: MessageContent | undefined;
}

interface Made {
  edit: PendingEdit;
  shown: Shown;
  contentHash: string;
}

/** One that cannot be composed spoils its transaction; the others are composed again without it. */
async function composeAll({ context, workspaceId }: Draining, edits: PendingEdit[]): Promise<Composed[]> {
  if (edits.length === 0) return [];
  const spoilt: Composed[] = [];
  for (;;) {
    const rest = edits.filter((edit) => !spoilt.some((one) => one.edit === edit));
    try {
      const deliveries = rest.map(({ deliveryId, kind, asText }) => ({ id: deliveryId, kind, asText }));
      const composed = await withComposed((composeBatch) =>
        context.database.inWorkspace(workspaceId, (trx) =>
          composeBatch(trx, context, workspaceId, deliveries),
        ),
      );
      return [...rest.map((edit, index) => ({ edit, content: composed[index]?.content })), ...spoilt];
    } catch (error) {
      const edit = error instanceof CannotCompose && rest.find((one) => one.deliveryId === error.deliveryId);
      if (!edit) throw error;
      context.log.error({ err: error, workspaceId, delivery: edit.deliveryId }, 'an edit cannot be composed');
      spoilt.push({ edit, content: undefined });
    }
  }
}

async function makeEdit(
  { context, workspaceId }: Draining,
  { edit, content }: Composed,
  mayUpdate: boolean,
): Promise<Made> {
  if (content === undefined) {
    return { edit, shown: { kind: 'not_shown', answer: 'cannot_be_composed', calls: 0 }, contentHash: '' };
  }
  const contentHash = hashContent(content);
  if (contentHash === edit.contentHash)
    return { edit, shown: { kind: 'shown', answer: 'unchanged', calls: 0 }, contentHash };
  const client = context.slack.client(workspaceId);
  const shown = await show({ client, callTimeout: context.callTimeout, mayUpdate }, edit, content);
  return { edit, shown, contentHash };
}

async function recordAll({ context, workspaceId }: Draining, made: Made[]): Promise<void> {
  const now = context.clock.machineNow();
  for (const { shown } of made) if (shown.calls > 0) meterOf(context).answered(method, shown.answer);
  const tried = made.map(({ edit, shown, contentHash }) => ({
    messageId: edit.messageId,
    version: edit.version,
    outcome: outcomeOf(edit, shown, contentHash, now),
  }));
  const calls = made.reduce((sum, { shown }) => sum + shown.calls, 0);
  await context.database.inWorkspace(workspaceId, async (trx) => {
    if (limitsFor(context)[method] !== undefined) {
      await noteCalls(trx, workspaceId, method, calls, new Date(now));
    }
    await recordEdits(trx, workspaceId, tried);
    for (const { shown } of made) {
      if (shown.retryAfter === undefined) continue;
      await blockMethod(trx, workspaceId, method, new Date(now + shown.retryAfter * 1000), shown.answer);
    }
  });
}

function outcomeOf(edit: PendingEdit, shown: Shown, contentHash: string, now: number): EditOutcome {
  const { answer, responseUrlSpent = false } = shown;
  if (shown.kind === 'shown') return { state: 'done', answer, contentHash, responseUrlSpent };
  if (cannotBeEdited.has(answer) || isForGood(answer)) return { state: 'failed', answer, responseUrlSpent };
  const retryAt = new Date(nextAttemptAt(now, edit.attempts + 1, shown.retryAfter));
  return { state: 'pending', answer, retryAt, responseUrlSpent };
}
