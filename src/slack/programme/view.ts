import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { Settings } from '#domain/settings.ts';
import type { ProgrammeDetail, ProgrammeList } from '#services/view-programmes.ts';
import type { Programme } from '#storage/programmes.ts';
import { dayInWords } from '../dates.ts';
import { whoSees } from '../form.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { fitted, inOneLine, nameOf, spoken } from '../text.ts';
import { dayLine, daysOf, namesUpTo } from './state.ts';

export const ids = {
  list: 'programme.list',
  detail: 'programme.detail',
  /** Button: one programme, its id in the value; in the list it takes the list's place. */
  open: 'programme.open',
  back: 'programme.back',
  new: 'programme.new',
  change: 'programme.change',
  enrol: 'programme.enrol',
  withdraw: 'programme.withdraw',
  end: 'programme.end',
  dayZero: 'programme.day_zero',
  /** Modals that are sent in. */
  newForm: 'programme.new_form',
  changeForm: 'programme.change_form',
  enrolForm: 'programme.enrol_form',
  withdrawForm: 'programme.withdraw_form',
  dayZeroForm: 'programme.day_zero_form',
} as const;

/** What a form on top of a programme carries. */
export const Carried = z.object({
  programmeId: z.string(),
  /** The view below, which shows what was saved; none where the form was opened by itself. */
  rootId: z.string().optional(),
  /** Of the preview that was shown. */
  seen: z.string().optional(),
  /** How many reps stood on earlier pages. */
  from: z.int().min(0).optional(),
});
export type Carried = z.infer<typeof Carried>;

export const carriedIn = (view: { privateMetadata: string }): Carried =>
  Carried.parse(JSON.parse(view.privateMetadata));

export const calledIn = ({ name }: Pick<Programme, 'name'>, most = 80): string =>
  fitted(inOneLine(name), most);

const covers = ({ pillars }: Pick<Programme, 'pillars'>, names: Settings['pillarNames']): string =>
  pillars.map((pillar) => inOneLine(names[pillar])).join(', ');

/** `Mon 2 Mar 2026`: programmes of several years stand in one list. */
export const sessionDay = (date: string): string => `${dayInWords(date)} ${date.slice(0, 4)}`;

const listed = 40;

export function programmeList({ mayRun, programmes, settings, today }: ProgrammeList): ModalView {
  const shown = programmes.slice(0, listed);
  const hidden = programmes.length - shown.length;
  return {
    type: 'modal',
    callback_id: ids.list,
    title: plain('Programmes'),
    close: plain('Not now'),
    blocks: [
      ...(mayRun
        ? [actions('start', [button('New programme', ids.new, 'new', 'Set up a new programme', true)])]
        : []),
      ...(shown.length === 0
        ? [
            richText(
              mayRun
                ? 'No programme yet. A programme is a training with a date: its reps answer ten questions before it and short check-ins after it.'
                : 'None of your reps is in a programme yet. Enablement sets them up.',
            ),
          ]
        : shown.map((programme) => listBlock(programme, settings, today))),
      ...(hidden > 0 ? [richText(`${hidden} older ones are not shown.`)] : []),
      whoSees(
        mayRun
          ? 'Enablement sees every programme, a manager those of their reps, a rep their own.'
          : 'You see the programmes your reps are in. Enablement runs them.',
      ),
    ],
  };
}

function listBlock(
  programme: ProgrammeList['programmes'][number],
  { pillarNames }: Settings,
  today: string,
): KnownBlock {
  const { id, sessionOn, reps } = programme;
  const state =
    programme.endedAt !== null ? 'Ended' : sessionOn > today ? 'Before the session' : 'Check-ins go on';
  const text = `${calledIn(programme)}\n${sessionDay(sessionOn)} · ${covers(programme, pillarNames)} · ${reps} ${reps === 1 ? 'rep' : 'reps'}\n${state}`;
  return {
    type: 'section',
    block_id: `programme_${id}`,
    text: plain(text),
    accessory: button('Open', ids.open, id, `Open ${calledIn(programme, 60)}`),
  };
}

const namesShown = 60;

export function programmeDetail(detail: ProgrammeDetail, fromList: boolean): ModalView {
  const { programme, mayRun, reps, settings, today } = detail;
  const ended = programme.endedAt !== null;
  return {
    type: 'modal',
    callback_id: ids.detail,
    title: plain(fitted(inOneLine(programme.name), 24)),
    close: plain('Close'),
    private_metadata: JSON.stringify({ programmeId: programme.id } satisfies Carried),
    blocks: [
      richText(
        { bold: calledIn(programme) },
        `\nSession on ${sessionDay(programme.sessionOn)}. Covers ${covers(programme, settings.pillarNames)}.`,
        ended ? ' Ended: nothing is asked any more.' : '',
      ),
      richText(...peopleParts(detail)),
      richText(...stateParts(detail)),
      ...waitingBlocks(detail),
      ...(ended ? [] : buttons(programme, { mayRun, reps, today })),
      ...(fromList
        ? [actions('back', [button('All programmes', ids.back, 'back', 'Back to the list')])]
        : []),
      whoSees(
        mayRun
          ? 'Who has not answered is named here and on your Home, in no channel and in no digest.'
          : 'You see your own reps here. Enablement sees everybody.',
      ),
    ],
  };
}

function peopleParts({ reps, mayRun }: ProgrammeDetail): Part[] {
  if (reps.length === 0) return ['Nobody is enrolled.'];
  const names = reps.map(({ repName }) => nameOf(repName, 40));
  const apart = reps.filter(({ asked }) => !asked).map(({ repName }) => nameOf(repName, 40));
  const alone = reps.filter(({ managerId }) => managerId === null).map(({ repName }) => nameOf(repName, 40));
  return [
    { bold: `${reps.length} ${reps.length === 1 ? 'rep' : 'reps'}` },
    `: ${namesUpTo(names, namesShown)}.`,
    ...(apart.length === 0 ? [] : [`\nWave 4, enrolled and asked nothing: ${namesUpTo(apart, namesShown)}.`]),
    ...(alone.length === 0 || !mayRun
      ? []
      : [`\nWithout a manager, so that only they are asked: ${namesUpTo(alone, namesShown)}.`]),
  ];
}

function stateParts({ reps, checkIns, dayZero, baselines, settings, now }: ProgrammeDetail): Part[] {
  const asked = reps.filter((one) => one.asked);
  const of = (side: 'rep' | 'manager') => baselines.filter((one) => one.side === side).length;
  const recorded = asked.filter(({ repId }) => dayZero.some((one) => one.repId === repId)).length;
  const days = daysOf(checkIns, settings, now).toReversed();
  return [
    `Before it: ${of('rep')} of ${asked.length} have answered the ten questions, managers about ${of('manager')}.`,
    `\nDay 0: recorded for ${recorded} of ${asked.length}.`,
    ...days.map((one) => `\n${dayLine(one, 'managers')}.`),
    ...(days.length === 0 ? ['\nNo check-in has come yet.'] : []),
  ];
}

function waitingBlocks({ checkIns, settings, now }: ProgrammeDetail): KnownBlock[] {
  return daysOf(checkIns, settings, now)
    .filter(({ waitingReps, waitingManagers }) => waitingReps.length + waitingManagers.length > 0)
    .map(({ day, waitingReps, waitingManagers }) =>
      richText(
        { bold: `Day ${day}, not answered yet` },
        ...(waitingReps.length === 0 ? [] : [`\nReps: ${namesUpTo(waitingReps, namesShown)}.`]),
        ...(waitingManagers.length === 0 ? [] : [`\nManagers: ${namesUpTo(waitingManagers, namesShown)}.`]),
      ),
    );
}

function buttons(
  { id, name, sessionOn }: Programme,
  { mayRun, reps, today }: Pick<ProgrammeDetail, 'mayRun' | 'reps' | 'today'>,
): KnownBlock[] {
  const called = fitted(inOneLine(name), 40);
  const zero =
    reps.some(({ asked }) => asked) && today >= sessionOn
      ? [button('Day 0', ids.dayZero, id, `What each showed at the end of ${called}`)]
      : [];
  const run = mayRun
    ? [
        button('Enrol reps', ids.enrol, id, `Enrol reps in ${called}`),
        button('Change name or date', ids.change, id, `Change ${called}`),
        ...(reps.length > 0 ? [button('Take reps out', ids.withdraw, id, `Take reps out of ${called}`)] : []),
        {
          ...button('End it', ids.end, id, `End ${called}`),
          style: 'danger' as const,
          confirm: {
            title: plain('End this programme?'),
            text: plain('Its open check-ins are excused. What was answered stays. It cannot be begun again.'),
            confirm: plain('End it'),
            deny: plain('Not now'),
          },
        },
      ]
    : [];
  const all = [...zero, ...run];
  return all.length === 0 ? [] : [actions('do', all)];
}

export const actions = (blockId: string, elements: ActionsBlockElement[]): KnownBlock => ({
  type: 'actions',
  block_id: blockId,
  elements,
});

export function button(label: string, actionId: string, value: string, describes: string, main = false) {
  return {
    type: 'button' as const,
    action_id: `${actionId}:${value}`,
    text: plain(label),
    value,
    accessibility_label: spoken(label, describes),
    ...(main ? { style: 'primary' as const } : {}),
  };
}
