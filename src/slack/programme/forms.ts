import type { KnownBlock, ModalView } from '@slack/web-api';
import { type Pillar, pillars } from '#domain/pillar.ts';
import type { Settings } from '#domain/settings.ts';
import type { EnrolmentPreview } from '#services/make-programme.ts';
import type { DayZeroToRecord } from '#services/record-day-zero.ts';
import type { Programme } from '#storage/programmes.ts';
import { dayInWords } from '../dates.ts';
import { type Choice, datePicker, peoplePicker, textInput, ticks, whoSees } from '../form.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { inOneLine, nameOf } from '../text.ts';
import { namesUpTo } from './state.ts';
import { type Carried, calledIn, ids, sessionDay } from './view.ts';

export const fields = {
  name: 'name',
  sessionOn: 'session_on',
  pillars: 'pillars',
  picked: 'picked',
  teamsOf: 'teams_of',
  waves: 'waves',
  pasted: 'pasted',
  leaving: 'leaving',
} as const;

const mostName = 80;
const mostPasted = 3000;

/** A new programme; once it was sent in, with what it will bring, to be saved as it stands. */
export function newForm(
  { pillarNames }: Pick<Settings, 'pillarNames'>,
  carried: Carried,
  preview?: EnrolmentPreview,
): ModalView {
  return {
    type: 'modal',
    callback_id: ids.newForm,
    title: plain('New programme'),
    ...sending(carried, preview),
    blocks: [
      ...(preview === undefined ? [] : previewBlocks(preview)),
      ...contentFields(pillarNames, undefined),
      ...choiceFields(),
      whoSees(foot),
    ],
  };
}

export function enrolForm(programme: Programme, carried: Carried, preview?: EnrolmentPreview): ModalView {
  return {
    type: 'modal',
    callback_id: ids.enrolForm,
    title: plain('Enrol reps'),
    ...sending(carried, preview),
    blocks: [
      richText(
        { bold: calledIn(programme) },
        `\nSession on ${sessionDay(programme.sessionOn)}. Who takes part? The ways below add up.`,
      ),
      ...(preview === undefined ? [] : previewBlocks(preview)),
      ...choiceFields(),
      whoSees(foot),
    ],
  };
}

const foot =
  'Each rep and their manager learn of it on their next card. Enablement sees who is enrolled; peers see nothing.';

const sending = (carried: Carried, preview: EnrolmentPreview | undefined) => ({
  submit: plain(preview === undefined ? 'Preview' : 'Save'),
  close: plain('Not now'),
  private_metadata: JSON.stringify({
    ...carried,
    ...(preview === undefined ? {} : { seen: preview.mark }),
  } satisfies Carried),
});

export function changeForm(
  programme: Programme,
  { pillarNames }: Pick<Settings, 'pillarNames'>,
  carried: Carried,
): ModalView {
  return {
    type: 'modal',
    callback_id: ids.changeForm,
    title: plain('Change programme'),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      ...contentFields(pillarNames, programme),
      whoSees(
        'With the date, check-ins that are still open move; what is over stays. Reps and managers see it.',
      ),
    ],
  };
}

function contentFields(names: Settings['pillarNames'], now: Programme | undefined): KnownBlock[] {
  const choices = pillars.map((pillar): Choice => [pillar, inOneLine(names[pillar])]);
  return [
    textInput({
      id: fields.name,
      label: 'Name',
      hint: 'As reps know it, for example “Winning Teach, spring”.',
      most: mostName,
      initial: now?.name,
    }),
    datePicker({
      id: fields.sessionOn,
      label: 'Session',
      hint: 'The day of the training, or its last day. It may be past.',
      initial: now?.sessionOn,
    }),
    ticks({
      id: fields.pillars,
      label: 'What it covers',
      choices,
      initial: now?.pillars ?? pillars,
    }),
  ];
}

function choiceFields(): KnownBlock[] {
  return [
    peoplePicker({ id: fields.picked, label: 'Reps', optional: true }),
    peoplePicker({ id: fields.teamsOf, label: 'Everybody who reports to', optional: true }),
    ticks({
      id: fields.waves,
      label: 'Everybody in',
      optional: true,
      choices: [
        ['1', 'Wave 1'],
        ['2', 'Wave 2'],
        ['3', 'Wave 3'],
        ['4', 'Wave 4', 'Enrolled for the record; nothing is asked of them'],
      ],
    }),
    textInput({
      id: fields.pasted,
      label: 'Or paste a list',
      hint: 'A line each, with a Slack id or an e-mail address; CSV is fine.',
      optional: true,
      multiline: true,
      most: mostPasted,
    }),
  ];
}

const namesShown = 40;

function previewBlocks(preview: EnrolmentPreview): KnownBlock[] {
  const { joining, alreadyIn } = preview;
  const names = (some: readonly { name: string }[]): string =>
    namesUpTo(
      some.map(({ name }) => nameOf(name, 40)),
      namesShown,
    );
  const apart = joining.filter(({ asked }) => !asked);
  const alone = joining.filter(({ asked, hasManager }) => asked && !hasManager);
  return [
    {
      ...richText(
        { bold: 'Not saved yet. ' },
        'This is what Save will do; below you can still change it.\n',
        { bold: `${joining.length} ${joining.length === 1 ? 'rep' : 'reps'} enrolled` },
        joining.length === 0 ? '; more can be added later.' : `: ${names(joining)}.`,
        ...(apart.length === 0 ? [] : [`\nWave 4, so nothing is asked of them: ${names(apart)}.`]),
        ...(alone.length === 0
          ? []
          : [`\nWithout a manager, so only they themselves are asked: ${names(alone)}.`]),
        ...(alreadyIn.length === 0 ? [] : [`\nIn it already: ${namesUpTo(alreadyIn, namesShown)}.`]),
      ),
      block_id: 'preview_people',
    },
    { ...richText({ bold: 'What is asked, and when' }, ...askedParts(preview)), block_id: 'preview_days' },
  ];
}

function askedParts({ baseline, days, over, joining }: EnrolmentPreview): Part[] {
  if (!joining.some(({ asked }) => asked)) return ['\nNothing, as nobody is enrolled who is asked.'];
  return [
    baseline
      ? '\nNext card: ten questions before the training, to each rep and their manager.'
      : '\nThe training is over, so the ten questions before it are left out.',
    ...days.map(({ day, askedOn, managerToo }) => {
      const dates = askedOn.map(dayInWords);
      const when = dates.length > 1 ? `${dates[0]} to ${dates.at(-1)}` : dates[0];
      return `\nDay ${day}, ${when}: the rep${managerToo ? ', then the manager' : ''}.`;
    }),
    ...(over.length === 0 ? [] : [`\nPast already, and left out: day ${over.join(', ')}.`]),
  ];
}

export function withdrawForm(programme: Programme, carried: Carried): ModalView {
  return {
    type: 'modal',
    callback_id: ids.withdrawForm,
    title: plain('Take reps out'),
    submit: plain('Take out'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      richText(
        { bold: calledIn(programme) },
        '\nTheir open check-ins are excused, which counts neither way. What they answered stays.',
      ),
      peoplePicker({ id: fields.leaving, label: 'Who leaves it?' }),
      whoSees('They and their manager see that nothing more is asked about it.'),
    ],
  };
}

/** One block for each rep, below the 100 of a modal. */
export const dayZeroPage = 60;

export const dayZeroField = (repId: string): string => `day_zero.${repId}`;

export function dayZeroForm(
  { programme, reps, shown, pillarNames }: DayZeroToRecord,
  carried: Carried,
): ModalView {
  const from = carried.from ?? 0;
  const page = reps.slice(from, from + dayZeroPage);
  const rest = reps.length - from - page.length;
  const choices = programme.pillars.map((pillar): Choice => [pillar, inOneLine(pillarNames[pillar])]);
  const of = (repId: string): Pillar[] =>
    shown.filter((one) => one.repId === repId && one.shown).map(({ pillar }) => pillar);
  return {
    type: 'modal',
    callback_id: ids.dayZeroForm,
    title: plain('Day 0'),
    submit: plain(rest > 0 ? 'Save and go on' : 'Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      richText(
        { bold: calledIn(programme) },
        '\nWhat did each show at the end of the training? What is not ticked counts as not shown.',
        rest > 0 ? ` ${rest} more come after these.` : '',
      ),
      ...page.map(({ repId, repName }) =>
        ticks({
          id: dayZeroField(repId),
          label: nameOf(repName),
          choices,
          initial: of(repId),
          optional: true,
        }),
      ),
      whoSees('The rep, their manager and enablement can see this. Later check-ins are compared with it.'),
    ],
  };
}
