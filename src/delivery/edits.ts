import { nextAttemptAt } from '#domain/delivery.ts';
import type { MessageContent } from '#services/message-content.ts';
import { type PendingEdit, pendingEdits, recordEdit } from '#storage/messages.ts';
import { hashContent } from './content-hash.ts';
import { slackAnswerOf } from './slack-answer.ts';
import type { Draining } from './settings.ts';

const batch = 50;

/** The message is gone, or Slack lets nobody edit it any more: that is recorded, and it is never re-posted. */
const cannotBeEdited = new Set([
  'cant_update_message',
  'channel_not_found',
  'edit_window_closed',
  'is_archived',
  'is_inactive',
  'message_not_found',
  'not_in_channel',
]);

/** Brings messages to what they should show. An edit may be repeated freely: the last one wins. */
export async function makeEdits(draining: Draining): Promise<number> {
  const { context, workspaceId } = draining;
  let made = 0;
  for (;;) {
    const machine = new Date(context.clock.machineNow());
    const edits = await context.database.inWorkspace(workspaceId, (trx) =>
      pendingEdits(trx, workspaceId, machine, batch),
    );
    for (const edit of edits) {
      if (draining.stopping()) return made;
      if (await makeEdit(draining, edit)) made += 1;
    }
    if (edits.length < batch) return made;
  }
}

async function makeEdit({ context, workspaceId }: Draining, edit: PendingEdit): Promise<boolean> {
  const { database, composers, clock } = context;
  const { content } = await database.inWorkspace(workspaceId, (trx) =>
    composers[edit.kind](trx, workspaceId, edit.deliveryId),
  );
  const contentHash = hashContent(content);
  const outcome =
    contentHash === edit.contentHash
      ? { answer: 'unchanged' }
      : await show({ context, workspaceId }, edit, content);
  await database.inWorkspace(workspaceId, (trx) => {
    if ('answer' in outcome) {
      return recordEdit(trx, workspaceId, edit, { state: 'done', answer: outcome.answer, contentHash });
    }
    if (cannotBeEdited.has(outcome.refused)) {
      return recordEdit(trx, workspaceId, edit, { state: 'failed', answer: outcome.refused });
    }
    const retryAt = new Date(nextAttemptAt(clock.machineNow(), edit.attempts + 1, outcome.retryAfter));
    return recordEdit(trx, workspaceId, edit, {
      state: 'pending',
      answer: outcome.refused,
      retryAt,
      dropResponseUrl: outcome.viaResponseUrl,
    });
  });
  return 'answer' in outcome && outcome.answer !== 'unchanged';
}

type Shown = { answer: string } | { refused: string; retryAfter: number | undefined; viaResponseUrl: boolean };

async function show(
  { context, workspaceId }: Pick<Draining, 'context' | 'workspaceId'>,
  edit: PendingEdit,
  content: MessageContent,
): Promise<Shown> {
  // A pressed message is edited through the address that came with the press: it costs no call of the limit.
  if (edit.responseUrl !== null) return showThrough(edit.responseUrl, content, context.callTimeout);
  try {
    await context.slack.client(workspaceId).chat.update({ channel: edit.channel, ts: edit.ts, ...content });
    return { answer: 'ok' };
  } catch (error) {
    const { answer, retryAfter } = slackAnswerOf(error);
    return { refused: answer, retryAfter, viaResponseUrl: false };
  }
}

async function showThrough(responseUrl: string, content: MessageContent, timeout: number): Promise<Shown> {
  try {
    const response = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ replace_original: true, ...content }),
      signal: AbortSignal.timeout(timeout),
    });
    await response.body?.cancel();
    if (response.ok) return { answer: 'ok' };
    return { refused: `http_${response.status}`, retryAfter: 0, viaResponseUrl: true };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { refused: error.name, retryAfter: 0, viaResponseUrl: true };
  }
}
