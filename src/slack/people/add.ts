import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { roles } from '#domain/people.ts';
import { type AddProblem, addPerson } from '#services/add-person.ts';
import { searchPeople } from '#services/search-people.ts';
import type { ActionRequest, Reply, SubmissionAnswer, SubmissionRequest } from '../feature.ts';
import { filledIn, personPicker, ticks, whoSees } from '../form.ts';
import { type ModalContent, openModal } from '../modal.ts';
import { plain } from '../rich-text.ts';
import { inMarkup, nameOf } from '../text.ts';
import { asFilled, notYours, redrawBelow } from './list.ts';
import { Below } from './state.ts';
import { ids } from './view.ts';
import { roleWords } from './words.ts';

const fields = { person: 'person', roles: 'roles', manager: 'manager' };
const Carried = z.object({ below: Below.optional() });

function addModal(below: Below | undefined): ModalView {
  return {
    type: 'modal',
    callback_id: ids.addModal,
    title: plain('Add a person'),
    submit: plain('Add'),
    close: plain('Back'),
    private_metadata: JSON.stringify({ below }),
    blocks: [
      personPicker({ id: fields.person, label: 'Who', placeholder: 'Somebody in Slack' }),
      ticks({
        id: fields.roles,
        label: 'Roles',
        choices: roles.map((one) => [one, roleWords[one]]),
        initial: ['rep'],
      }),
      personPicker({ id: fields.manager, label: 'Manager', placeholder: 'Nobody yet', optional: true }),
      whoSees(
        'They get nothing before it has started for them, and see their part on Home. The rest is set with Edit.',
      ),
    ],
  };
}

export function pressedAdd(request: ActionRequest): Promise<Reply> {
  return openModal(
    request,
    { callbackId: ids.addModal, title: 'Add a person', onTop: true },
    content(request),
  );
}

async function content(request: ActionRequest): Promise<ModalContent> {
  const { context, workspaceId, userId, view } = request;
  const found = await searchPeople(context, workspaceId, userId, {}, { limit: 1 });
  if (!found.ok || found.value.scope === 'team') return { instead: await notYours(request) };
  return { view: addModal(view && { listId: view.id, list: asFilled(view) }) };
}

export async function saveAdd(request: SubmissionRequest): Promise<SubmissionAnswer> {
  const { context, client, workspaceId, userId, view } = request;
  const { below } = Carried.parse(JSON.parse(view.privateMetadata));
  const form = filledIn(view);
  const personId = form.person(fields.person);
  const chosen = roles.filter((one) => form.choices(fields.roles).includes(one));
  if (personId === undefined) return { errors: { [fields.person]: 'Choose somebody.' } };
  if (chosen.length === 0) return { errors: { [fields.roles]: 'Choose a role at least.' } };
  const managerId = form.person(fields.manager);
  const added = await addPerson({ ...context, client }, workspaceId, userId, {
    personId,
    roles: chosen,
    managerId,
  });
  if (!added.ok) return { errors: { [fields.person]: whyNot(added.problem, personId, managerId) } };
  redrawBelow(request, below, `${inMarkup(nameOf(added.value.name))} is added.`);
  return { close: true, changed: [userId, personId, ...(managerId === undefined ? [] : [managerId])] };
}

function whyNot(problem: AddProblem, personId: string, managerId: string | undefined): string {
  switch (problem.kind) {
    case 'not_allowed':
      return 'Not added: people are managed by enablement and admins, and you are neither at the moment.';
    case 'known':
      return `${nameOf(problem.name, 60)} is in Sideline already. Search for them in the list to change something.`;
    case 'refused': {
      const said = problem.reasons.join('; ').replaceAll(personId, 'this person');
      return `Not added: ${managerId === undefined ? said : said.replaceAll(managerId, 'that manager')}.`.slice(
        0,
        500,
      );
    }
  }
}
