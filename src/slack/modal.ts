import type { KnownBlock, ModalView } from '@slack/web-api';
import { slackErrorOf } from '#services/slack-error.ts';
import type { OpenView, Reply, Request } from './feature.ts';

/** What a modal turns out to hold: its view, or words because it cannot be had. */
export type ModalContent = { view: ModalView } | { instead: { text: string; blocks?: KnownBlock[] } };

/** How long a modal's data may take before the person is shown that it is coming. */
const patience = 700;

/**
 * A trigger is good for three seconds. What loads fast opens whole; what does not opens light and is filled
 * once it is there. Words that come instead are a reply while nothing is open, and stand in the modal after.
 * `onTop` of the modal in which the button is, which stays open below. Pressed in words that had to stand in the
 * modal, such as a question who was meant, what was chosen takes their place.
 */
export async function openModal(
  {
    context,
    client,
    triggerId,
    view,
  }: Pick<Request, 'context' | 'client'> & { triggerId: string; view?: OpenView | undefined },
  light: { callbackId: string; title: string; onTop?: boolean },
  content: Promise<ModalContent>,
): Promise<Reply> {
  if (view !== undefined && view.callbackId === light.callbackId && !light.onTop) {
    const chosen = viewOf(await content, light);
    await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: chosen }));
    return undefined;
  }
  const show = light.onTop ? client.views.push : client.views.open;
  const early = await Promise.race([content, pause(patience)]);
  if (early !== undefined) {
    // A press inside a modal has nowhere else to be answered.
    if ('instead' in early && !light.onTop) return early.instead;
    await show({ trigger_id: triggerId, view: viewOf(early, light) });
    return undefined;
  }
  const opened = await show({ trigger_id: triggerId, view: lightModal(light, 'One moment…') });
  const { id = '', hash = '' } = opened.view ?? {};
  const late = await content.catch((error: unknown): ModalContent => {
    context.log.error({ err: error, callbackId: light.callbackId }, 'a modal could not be filled');
    return { instead: { text: 'That did not work just now. Close this and try again in a minute.' } };
  });
  await unlessGone(client.views.update({ view_id: id, hash, view: viewOf(late, light) }));
  return undefined;
}

/** An update of a modal that the person has closed, or that has been updated meanwhile, is not wanted any more. */
export async function unlessGone(update: Promise<unknown>): Promise<void> {
  try {
    await update;
  } catch (error) {
    const refusal = slackErrorOf(error);
    if (refusal !== 'not_found' && refusal !== 'hash_conflict') throw error;
  }
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
}

const viewOf = (content: ModalContent, light: { callbackId: string; title: string }): ModalView =>
  'view' in content ? content.view : lightModal(light, content.instead.text, content.instead.blocks);

const lightModal = (
  { callbackId, title }: { callbackId: string; title: string },
  text: string,
  blocks?: KnownBlock[],
): ModalView => ({
  ...wordsModal(title, text, blocks),
  callback_id: callbackId,
});

/** A modal that only says something. */
export function wordsModal(title: string, text: string, blocks?: KnownBlock[]): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: title },
    close: { type: 'plain_text', text: 'Not now' },
    blocks: blocks ?? [{ type: 'section', text: { type: 'mrkdwn', text } }],
  };
}
