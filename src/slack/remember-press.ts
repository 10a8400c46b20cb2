import { keepPressed } from '#services/keep-pressed.ts';
import type { ActionRequest } from './feature.ts';

/**
 * Keeps the address through which a pressed message can be edited. It makes a later edit cheaper, no more:
 * the person who pressed does not wait for it or learn of its failure.
 */
export async function rememberPress(request: ActionRequest): Promise<void> {
  const { context, workspaceId, message, responseUrl } = request;
  if (message === undefined || responseUrl === undefined) return;
  await keepPressed(context, workspaceId, message, responseUrl).catch((error: unknown) => {
    context.log.warn({ err: error }, 'the address of a pressed message was not kept');
  });
}
