import type { KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import { roles, segments } from '#domain/people.ts';
import type { PersonFieldName, PersonFields } from '#domain/person-fields.ts';
import type { PersonShown } from '#services/view-person.ts';
import { daysInWords } from '../away/view.ts';
import { note, section } from '../blocks.ts';
import { datePicker, personPicker, select, textInput, ticks, timePicker, whoSees } from '../form.ts';
import { plain } from '../rich-text.ts';
import { weekdays } from '../settings/words.ts';
import { inMarkup, nameOf } from '../text.ts';
import { countryName } from './country.ts';
import { Below, waves } from './state.ts';
import { ids } from './view.ts';
import { counted, roleWords, segmentWords, statusWords } from './words.ts';

const Fields = z.object({
  roles: z.array(z.enum(roles)),
  managerId: z.string().nullable(),
  segment: z.enum(segments).nullable(),
  wave: z.number().nullable(),
  startDate: z.string().nullable(),
  country: z.string().nullable(),
  workingDays: z.array(z.number()),
  workStarts: z.string(),
  workEnds: z.string(),
});

export const EditCarried = z.object({
  personId: z.string(),
  below: Below.optional(),
  /** What was shown: what another has set meanwhile is told by it. */
  seen: Fields,
  round: z.int().min(0),
});
export type EditCarried = z.infer<typeof EditCarried>;

export const fieldId = (field: PersonFieldName, round: number): string =>
  round === 0 ? field : `${field}~${round}`;

export interface EditForm {
  shown: PersonShown;
  carried: EditCarried;
  /** What stands in the fields, where it is not what holds. */
  filled?: Partial<PersonFields>;
  hint?: string | undefined;
}

/** All that may be set of one person by whoever opened it. */
export function editModal({ shown, carried, filled = {}, hint }: EditForm): ModalView {
  const { person, settable } = shown;
  const values = { ...shown.fields, ...filled };
  return {
    type: 'modal',
    callback_id: ids.editModal,
    title: plain(nameOf(person.name, 24)),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      ...(hint === undefined ? [] : [section(hint)]),
      about(shown),
      ...settable.map((field) => inputs[field](values, fieldId(field, carried.round))),
      ...absenceBlocks(shown),
      whoSees(seenBy(shown)),
    ],
  };
}

const seenBy = ({ settable, showsTier }: PersonShown): string => {
  const tier = showsTier
    ? ' Segment and wave are seen by managers above and by enablement, never by the person.'
    : '';
  return settable.includes('roles')
    ? `Enablement and admins see and change this; managers the working time of their team.${tier} Each change is in the audit trail.`
    : `You, enablement and admins see and change this.${tier} Roles and managers are for enablement and admins. Each change is in the audit trail.`;
};

/** What is known and set elsewhere. */
function about({ person, manager, before, reports, settable }: PersonShown): KnownBlock {
  const [latest] = before;
  const facts = [
    ...(person.email === null ? [] : [person.email]),
    `${person.timeZone.replaceAll('_', ' ')} (from Slack)`,
    ...(person.status === 'active' ? [] : [statusWords[person.status]]),
    ...(settable.includes('managerId') || manager === null ? [] : [`reports to ${nameOf(manager.name, 60)}`]),
    ...(latest === undefined ? [] : [`before: ${nameOf(latest.managerName, 60)}`]),
    ...(reports.length === 0 ? [] : [`${counted(reports.length, 'report')}`]),
  ];
  return note(facts.join(' · '));
}

type Input = (values: PersonFields, id: string) => KnownBlock;

const inputs: Record<PersonFieldName, Input> = {
  roles: (values, id) =>
    ticks({
      id,
      label: 'Roles',
      choices: roles.map((one) => [one, roleWords[one]]),
      initial: values.roles,
    }),
  managerId: (values, id) =>
    personPicker({
      id,
      label: 'Manager',
      hint: 'What a change moves is shown before it is done.',
      placeholder: 'Nobody',
      optional: true,
      initial: values.managerId ?? undefined,
    }),
  segment: (values, id) =>
    select({
      id,
      label: 'Segment',
      choices: [['none', 'None'], ...segments.map((one) => [one, segmentWords[one]] as const)],
      initial: values.segment ?? 'none',
    }),
  wave: (values, id) =>
    select({
      id,
      label: 'Wave',
      choices: [['none', 'None'], ...waves.map((one) => [one, `Wave ${one}`] as const)],
      initial: values.wave === null ? 'none' : String(values.wave),
    }),
  startDate: (values, id) =>
    datePicker({ id, label: 'Started here on', optional: true, initial: values.startDate ?? undefined }),
  country: (values, id) =>
    textInput({
      id,
      label: 'Public holidays of',
      hint: 'A country, such as Germany or DE. Nothing is sent on its public holidays.',
      most: 60,
      optional: true,
      initial: values.country === null ? undefined : countryName(values.country),
    }),
  workingDays: (values, id) =>
    ticks({
      id,
      label: 'Working days',
      choices: weekdays.map((day, index) => [String(index + 1), day]),
      initial: values.workingDays.map(String),
    }),
  workStarts: (values, id) => timePicker({ id, label: 'Day starts', initial: values.workStarts }),
  workEnds: (values, id) => timePicker({ id, label: 'Day ends', initial: values.workEnds }),
};

/** Of more absences than this the rest is theirs to look after. */
const absencesShown = 5;

function absenceBlocks({ absences, person }: PersonShown): KnownBlock[] {
  return [
    ...absences.slice(0, absencesShown).flatMap((one): KnownBlock[] => [
      {
        type: 'section',
        block_id: `absence ${one.id}`,
        text: {
          type: 'mrkdwn',
          text: `*Away* ${daysInWords(one)}${one.standInName === null ? '' : `, ${inMarkup(nameOf(one.standInName, 60))} stands in`}`,
        },
        accessory: {
          type: 'button',
          action_id: `${ids.endAbsence}:${one.id}`,
          text: plain('End it'),
          value: one.id,
        },
      },
    ]),
    {
      type: 'actions',
      block_id: 'away',
      elements: [{ type: 'button', action_id: ids.away, text: plain('Mark away'), value: person.id }],
    },
  ];
}
