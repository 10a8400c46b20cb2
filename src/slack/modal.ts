import type { ModalView, WebClient } from '@slack/web-api';

/** How long a modal's data may take before the person is shown that it is coming. */
const patience = 700;

/**
 * A trigger is good for three seconds. What loads fast opens whole; what does not opens light and is filled
 * once it is there. A person who has closed the light one meanwhile wants nothing more: `not_found` is fine.
 */
export async function openModal<T>(
  client: WebClient,
  triggerId: string,
  light: { callbackId: string; title: string },
  load: Promise<T>,
  build: (loaded: T) => ModalView | undefined,
): Promise<T> {
  const early = await Promise.race([load.then((loaded) => ({ loaded })), pause(patience)]);
  if (early !== undefined) {
    const view = build(early.loaded);
    if (view !== undefined) await client.views.open({ trigger_id: triggerId, view });
    return early.loaded;
  }
  const opened = await client.views.open({ trigger_id: triggerId, view: loading(light) });
  const loaded = await load;
  const view = build(loaded) ?? loading(light, 'This is not available any more. Close this, and try again.');
  const { id = '', hash = '' } = opened.view ?? {};
  await client.views.update({ view_id: id, hash, view }).catch((error: unknown) => {
    if (!isClosedByPerson(error)) throw error;
  });
  return loaded;
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms).unref());
}

function loading({ callbackId, title }: { callbackId: string; title: string }, text = 'One moment…'): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: { type: 'plain_text', text: title },
    close: { type: 'plain_text', text: 'Not now' },
    blocks: [{ type: 'section', text: { type: 'plain_text', text } }],
  };
}

function isClosedByPerson(error: unknown): boolean {
  const data = error instanceof Error && 'data' in error ? (error.data as { error?: unknown }) : {};
  return data.error === 'not_found';
}
