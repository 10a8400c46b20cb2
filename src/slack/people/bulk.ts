import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { segments } from '#domain/people.ts';
import { changePeople } from '#services/change-people.ts';
import type { BulkChange, BulkProblem } from '#services/plan-change.ts';
import { type ChangePreview, previewChange } from '#services/preview-change.ts';
import { searchPeople } from '#services/search-people.ts';
import { section } from '../blocks.ts';
import type { ActionRequest, OpenView, Reply, SubmissionAnswer, SubmissionRequest } from '../feature.ts';
import { filledIn, personPicker, select, whoSees } from '../form.ts';
import { type ModalContent, openModal, wordsModal } from '../modal.ts';
import { plain } from '../rich-text.ts';
import { inMarkup } from '../text.ts';
import { asFilled, notYours, redrawBelow } from './list.ts';
import { becomingInWords, whatMoves } from './move-view.ts';
import { explainBulk, whyNotManager } from './problems.ts';
import { Below, mostChosen, waves } from './state.ts';
import { ids } from './view.ts';
import { people, segmentWords } from './words.ts';

const fields = { segment: 'segment', wave: 'wave', manager: 'manager' };

const Carried = z.object({ below: Below });
const Agreed = Carried.extend({
  change: z.object({
    segment: z.enum(segments).nullable().optional(),
    wave: z.number().nullable().optional(),
    managerId: z.string().nullable().optional(),
  }),
  digest: z.string(),
});

export function pressedChangeChosen(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.bulkModal, title: 'Change several', onTop: true };
  return openModal(request, light, content(request));
}

async function content(request: ActionRequest): Promise<ModalContent> {
  const { context, workspaceId, userId, view } = request;
  if (view === undefined) return { instead: await notYours(request) };
  const list = asFilled(view);
  if (list.chosen.length === 0)
    return { instead: { text: 'Nobody is chosen yet. Go back and tick somebody first.' } };
  if (list.chosen.length > mostChosen) {
    return {
      instead: {
        text: `Up to ${mostChosen} people at once, and ${list.chosen.length} are chosen. Take some out.`,
      },
    };
  }
  const found = await searchPeople(context, workspaceId, userId, {}, { limit: 1 });
  if (!found.ok) return { instead: await notYours(request) };
  const { scope, showsTier } = found.value;
  return { view: bulkModal({ listId: view.id, list }, { mayMove: scope === 'all', showsTier }) };
}

function bulkModal(
  below: Below,
  { mayMove, showsTier }: { mayMove: boolean; showsTier: boolean },
): ModalView {
  const asItIs = ['keep', 'As it is'] as const;
  return {
    type: 'modal',
    callback_id: ids.bulkModal,
    title: plain('Change several'),
    submit: plain('Preview'),
    close: plain('Back'),
    private_metadata: JSON.stringify({ below }),
    blocks: [
      section(`*${people(below.list.chosen.length)} chosen.* What you set here is set for each of them.`),
      ...(showsTier
        ? [
            select({
              id: fields.segment,
              label: 'Segment',
              choices: [
                asItIs,
                ...segments.map((one) => [one, segmentWords[one]] as const),
                ['none', 'None'],
              ],
              initial: 'keep',
            }),
            select({
              id: fields.wave,
              label: 'Wave',
              choices: [asItIs, ...waves.map((one) => [one, `Wave ${one}`] as const), ['none', 'None']],
              initial: 'keep',
            }),
          ]
        : []),
      ...(mayMove
        ? [personPicker({ id: fields.manager, label: 'Manager', placeholder: 'As it is', optional: true })]
        : []),
      whoSees('Nothing is changed before you have seen what would change.'),
    ],
  };
}

function changeIn(view: OpenView): BulkChange {
  const form = filledIn(view);
  const segment = form.choice(fields.segment);
  const wave = form.choice(fields.wave);
  const managerId = form.person(fields.manager);
  return {
    ...(segment === undefined || segment === 'keep'
      ? {}
      : { segment: segments.find((one) => one === segment) ?? null }),
    ...(wave === undefined || wave === 'keep' ? {} : { wave: wave === 'none' ? null : Number(wave) }),
    ...(managerId === undefined ? {} : { managerId }),
  };
}

export async function previewBulk(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const { below } = Carried.parse(JSON.parse(view.privateMetadata));
  const change = changeIn(view);
  const first = view.inputs[0] ?? '';
  if (Object.keys(change).length === 0) {
    return { errors: { [first]: 'Nothing is set yet. Choose what is to become another.' } };
  }
  const wish = { ids: below.list.chosen, change };
  const preview = await previewChange(context, workspaceId, userId, wish);
  if (preview.ok) return { update: confirmModal(preview.value, { below, change }) };
  return { errors: refusedAt(preview.problem, first) };
}

const refusedAt = (problem: BulkProblem, first: string): Record<string, string> =>
  problem.kind === 'manager' || problem.kind === 'circle'
    ? { [fields.manager]: whyNotManager(problem) }
    : { [first]: explainBulk(problem) };

function confirmModal(
  preview: ChangePreview,
  carried: { below: Below; change: BulkChange },
  hint?: string,
): ModalView {
  const { changing, chosen, digest } = preview;
  const view = {
    type: 'modal' as const,
    callback_id: ids.bulkConfirm,
    title: plain('Change several'),
    close: plain('Not now'),
    private_metadata: JSON.stringify({ ...carried, digest }),
  };
  if (changing === 0) {
    return { ...view, blocks: [section('All of them are like that already; there is nothing to change.')] };
  }
  const same = chosen - changing;
  const lines = [
    ...becomingInWords(preview).map((one) => `• ${one}`),
    ...whatMoves(preview).map((one) => `• ${one}`),
    ...(same === 0 ? [] : [`• ${people(same)} ${same === 1 ? 'is' : 'are'} like that already.`]),
  ];
  return {
    ...view,
    submit: plain(changing === 1 ? 'Change 1 person' : `Change ${changing} people`),
    blocks: [
      ...(hint === undefined ? [] : [section(hint)]),
      section(`*What would change*\n${lines.slice(0, 20).join('\n')}`),
      ...(lines.length > 20 ? [section(`And ${lines.length - 20} more such lines.`)] : []),
      whoSees('All of it, or nothing where one of them cannot be changed. Each is in the audit trail.'),
    ],
  };
}

export async function saveBulk(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const { below, change: agreed, digest } = Agreed.parse(JSON.parse(view.privateMetadata));
  const change: BulkChange = {
    ...(agreed.segment === undefined ? {} : { segment: agreed.segment }),
    ...(agreed.wave === undefined ? {} : { wave: agreed.wave }),
    ...(agreed.managerId === undefined ? {} : { managerId: agreed.managerId }),
  };
  const wish = { ids: below.list.chosen, change };
  const saved = await changePeople(context, workspaceId, userId, { ...wish, agreed: digest });
  if (saved.ok) {
    const list = { ...below.list, choosing: false, chosen: [], round: below.list.round + 1 };
    redrawBelow(request, { ...below, list }, `${people(saved.value.changed)} changed.`);
    return { close: true, changed: [userId] };
  }
  const { problem } = saved;
  if (problem.kind === 'changed_meanwhile') {
    const preview = await previewChange(context, workspaceId, userId, wish);
    const hint =
      '*Not changed yet:* somebody else has changed one of them meanwhile. This is what would change now.';
    if (preview.ok) return { update: confirmModal(preview.value, { below, change }, hint) };
  }
  const why = problem.kind === 'changed_meanwhile' ? 'Nothing was changed. Choose anew.' : whyOf(problem);
  return { update: wordsModal('Change several', inMarkup(why)) };
}

const whyOf = (problem: BulkProblem): string =>
  problem.kind === 'manager' || problem.kind === 'circle' ? whyNotManager(problem) : explainBulk(problem);
