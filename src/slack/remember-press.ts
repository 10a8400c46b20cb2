import { keepPressed } from '#services/keep-pressed.ts';
import type { ActionRequest, Reply } from './feature.ts';
import { type ModalContent, openModal } from './modal.ts';

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

/** The modal that a press opens; the press is remembered beside it, since a trigger does not wait. */
export async function openPressed(
  request: ActionRequest,
  light: Parameters<typeof openModal>[1],
  content: Promise<ModalContent>,
): Promise<Reply> {
  const [reply] = await Promise.all([openModal(request, light, content), rememberPress(request)]);
  return reply;
}
