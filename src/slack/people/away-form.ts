import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { setAbsence } from '#services/set-absence.ts';
import { viewPerson } from '#services/view-person.ts';
import { explainAt } from '../away/replies.ts';
import { daysInWords } from '../away/view.ts';
import { section } from '../blocks.ts';
import type { ActionRequest, Reply, SubmissionAnswer, SubmissionRequest } from '../feature.ts';
import { datePicker, filledIn, personPicker, whoSees } from '../form.ts';
import { type ModalContent, openModal } from '../modal.ts';
import { plain } from '../rich-text.ts';
import { firstNameOf, inMarkup, nameOf } from '../text.ts';
import { carriedBy, redrawEdit } from './edit.ts';
import { EditCarried } from './edit-form.ts';
import { notYours } from './list.ts';
import { ids } from './view.ts';

const fields = { first: 'first_day', last: 'last_day', standIn: 'stand_in' };

const Carried = z.object({
  editId: z.string(),
  edit: EditCarried,
  name: z.string(),
  isManager: z.boolean(),
  /** The days for which was asked whether it is to be that long. */
  asked: z.string().optional(),
});
type Carried = z.infer<typeof Carried>;

interface Filled {
  first?: string | undefined;
  last?: string | undefined;
  standInId?: string | undefined;
}

function awayModal(carried: Carried, { first, last, standInId }: Filled, hint?: string): ModalView {
  const name = firstNameOf(carried.name);
  return {
    type: 'modal',
    callback_id: ids.awayModal,
    title: plain('Away'),
    submit: plain(carried.asked === undefined ? 'Save' : 'Save all the same'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      section(hint ?? `When *${inMarkup(nameOf(carried.name))}* is away.`),
      datePicker({ id: fields.first, label: 'First day away', initial: first }),
      datePicker({ id: fields.last, label: 'Last day away', initial: last }),
      ...(carried.isManager
        ? [
            personPicker({
              id: fields.standIn,
              label: 'Who stands in',
              hint: 'Another manager, who is asked for their 1:1s and observed calls on these days.',
              placeholder: 'Nobody',
              optional: true,
              initial: standInId,
            }),
          ]
        : []),
      whoSees(`${name} gets no messages on these days, and sees and can change this. Nobody is told why.`),
    ],
  };
}

export function pressedAway(request: ActionRequest): Promise<Reply> {
  const light = { callbackId: ids.awayModal, title: 'Away', onTop: true };
  return openModal(request, light, content(request));
}

async function content(request: ActionRequest): Promise<ModalContent> {
  const { context, workspaceId, userId, view } = request;
  if (view === undefined) return { instead: await notYours(request) };
  const edit = carriedBy(view);
  const found = await viewPerson(context, workspaceId, userId, edit.personId);
  if (!found.ok) return { instead: await notYours(request, 'this person') };
  const { person, fields: known } = found.value;
  const carried = {
    editId: view.id,
    edit,
    name: person.name.slice(0, 80),
    isManager: known.roles.includes('manager'),
  };
  return { view: awayModal(carried, {}) };
}

export async function saveAway(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, workspaceId, userId, view } = request;
  const carried = Carried.parse(JSON.parse(view.privateMetadata));
  const filled = filledIn(view);
  const first = filled.date(fields.first);
  const last = filled.date(fields.last);
  const standInId = filled.person(fields.standIn);
  if (first === undefined) return { errors: { [fields.first]: 'Choose the first day.' } };
  if (last === undefined) return { errors: { [fields.last]: 'Choose the last day.' } };
  const days = `${first} ${last}`;
  const { personId } = carried.edit;
  const saved = await setAbsence(context, workspaceId, {
    memberId: personId,
    by: userId,
    replaces: undefined,
    firstDay: first,
    lastDay: last,
    standInId,
    isSure: carried.asked === days,
  });
  if (saved.ok) {
    redrawEdit(request, carried.editId, carried.edit).catch((error: unknown) =>
      context.log.warn({ err: error }, 'the form below was not brought up to date'),
    );
    return { close: true, changed: [personId, userId] };
  }
  const { problem } = saved;
  const name = firstNameOf(carried.name);
  switch (problem.kind) {
    case 'long':
      return {
        update: awayModal(
          { ...carried, asked: days },
          { first, last, standInId },
          `${daysInWords({ firstDay: first, lastDay: last })} are ${problem.days} days, and until then nothing is asked of ${inMarkup(name)}. If that is right, save it once more.`,
        ),
      };
    case 'unknown':
      return {
        errors: {
          [fields.first]:
            'Not saved: this is not yours to say any more, or they are not in Sideline any more.',
        },
      };
    case 'overlaps':
      return {
        errors: {
          [fields.first]: `${name} is away ${daysInWords(problem)} already. Choose other days, or end that one first.`,
        },
      };
    case 'stand_in':
      if (problem.why === 'yourself') {
        return {
          errors: { [fields.standIn]: 'That is who is away. Choose another manager, or leave this empty.' },
        };
      }
      return { errors: explainAt(problem, fields) };
    default:
      return { errors: explainAt(problem, fields) };
  }
}
