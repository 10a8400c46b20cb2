import type { ModalView } from '@slack/web-api';
import { type AuditTrail, viewAudit } from '#services/view-audit.ts';
import { askOneOf } from '../ask-one-of.ts';
import { section } from '../blocks.ts';
import type { ActionRequest, Feature, Reply, Request } from '../feature.ts';
import { whoSees } from '../form.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type ModalContent, openModal, unlessGone, wordsModal } from '../modal.ts';
import { momentInWords } from '../privacy/words.ts';
import { plain } from '../rich-text.ts';
import { ids, title } from './view.ts';
import { actorInWords, deedInWords } from './words.ts';

/** Behind `/coach settings`: what was done to settings, people and data. */
export const audit: Feature = {
  name: 'audit trail',
  help: [],
  actions: { [ids.open]: pressedOpen, [ids.earlier]: pressedEarlier },
};

function pressedOpen(request: ActionRequest): Promise<Reply> {
  return openModal(request, { callbackId: ids.modal, title, onTop: true }, content(request));
}

async function pressedEarlier(request: ActionRequest): Promise<Reply> {
  const { client, view, value } = request;
  if (view === undefined) return undefined;
  const found = await content(request, value);
  const shown = 'view' in found ? found.view : wordsModal(title, found.instead.text);
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: shown }));
  return undefined;
}

async function content(request: Request, before?: string): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const from = before !== undefined && /^\d{1,18}$/.test(before) ? before : undefined;
  const found = await viewAudit(context, workspaceId, userId, from);
  if (found.ok) return { view: trail(found.value) };
  if (found.problem.kind === 'you_are_unknown') return { instead: await answerToUnknown(request) };
  const whom = askOneOf(found.problem.keepers, 'Nobody here is either yet');
  return { instead: { text: `The audit trail is for enablement and admins. ${whom}.` } };
}

function trail({ entries, earlier, timeZone }: AuditTrail): ModalView {
  const oldest = entries.at(-1);
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(title),
    close: plain('Back'),
    blocks: [
      ...(entries.length === 0
        ? [section('Nothing was done here so far.')]
        : entries.map((one) =>
            section(`*${actorInWords(one)}*, ${momentInWords(one.at, timeZone)}\n${deedInWords(one)}`),
          )),
      ...(earlier && oldest !== undefined
        ? [
            {
              type: 'actions' as const,
              block_id: 'earlier',
              elements: [
                { type: 'button' as const, action_id: ids.earlier, text: plain('Earlier'), value: oldest.id },
              ],
            },
          ]
        : []),
      whoSees('The newest first. Enablement and admins see this; nobody can change it.'),
    ],
  };
}
