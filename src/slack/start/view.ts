import type { InputBlock, KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { PersonWeek } from '#services/preview-week.ts';
import type { StartView } from '#services/view-start.ts';
import { peoplePicker, radio, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { nameOf } from '../text.ts';
import { counted, firstOf, momentOf } from './words.ts';

export const ids = {
  modal: 'start.modal',
  /** A choice of who takes part: the preview follows it. */
  who: 'start.who',
  managers: 'start.managers',
  /** Menu: the week of the person in its value. */
  week: 'start.week',
  weekModal: 'start.week_modal',
  /** Button: the preview where nothing is to be started any more. */
  preview: 'start.preview',
  pause: 'start.pause',
  resume: 'start.resume',
} as const;

export const choices = { all: 'all', pilot: 'pilot' } as const;

/** What the modal carries: whom a week of one person is to be shown among. */
export const Carried = z.object({ pilot: z.array(z.string()).optional() });
export type Carried = z.infer<typeof Carried>;

export const carriedIn = (view: { privateMetadata: string }): Carried =>
  Carried.parse(JSON.parse(view.privateMetadata || '{}'));

/** Of more managers than this nobody reads a preview; private_metadata holds 3,000 characters. */
export const mostManagers = 100;

const peopleShown = 20;
const namesShown = 10;

/** Who is chosen in the form, as it is being filled in. */
export interface Chosen {
  who: keyof typeof choices;
  managers: readonly string[];
}

/** Before it starts: how it is set up, for whom, and who would get what in the first week. */
export function startModal(view: StartView, chosen: Chosen): ModalView {
  const runs = view.startedAt !== null;
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(runs ? 'Start for more people' : 'Before it starts'),
    submit: plain('Start'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(
      chosen.who === 'pilot' ? { pilot: chosen.managers.slice(0, mostManagers) } : {},
    ),
    blocks: [
      ...(runs ? [richText(runsFor(view))] : setUp(view)),
      who(chosen),
      ...(chosen.who === 'pilot' ? [managers(chosen)] : []),
      ...preview(view, chosen),
      whoSees(
        'Nothing is sent before you press Start; then as above. Enablement and admins see this page, everybody sees ' +
          'only what they get themselves.',
      ),
    ],
  };
}

export function runsFor({ startedAt, pilot, viewer, nameOf: name }: StartView): string {
  const since = momentOf(startedAt ?? 0, viewer.timeZone);
  if (pilot === undefined) return `Running since ${since}, for everybody.`;
  const names = pilot.slice(0, namesShown).map((id) => nameOf(name(id), 60));
  const rest = pilot.length > namesShown ? ` and ${pilot.length - namesShown} more` : '';
  return `Running since ${since}, for a pilot group: ${names.join(', ')}${rest}, with their teams.`;
}

function setUp({
  managers: coaching,
  reps,
  unmanaged,
  settingsChanged,
  digestChannel,
}: StartView): KnownBlock[] {
  const names = unmanaged.slice(0, namesShown).map((name) => nameOf(name, 60));
  const rest = unmanaged.length > namesShown ? ` and ${unmanaged.length - namesShown} more` : '';
  const without =
    unmanaged.length === 0 ? '' : `\nWithout a manager, so not coached: ${names.join(', ')}${rest}.`;
  const changed =
    settingsChanged === 0
      ? 'Settings: the defaults. /coach settings shows them.'
      : `Settings: ${counted(settingsChanged, 'value')} changed from the defaults.`;
  const digest = digestChannel === null ? 'no channel chosen yet: /coach digest' : 'a channel is chosen';
  return [
    richText(
      { bold: 'Set up so far' },
      `\nPeople: ${counted(coaching, 'manager')}, ${counted(reps, 'rep')}.${without}`,
      `\n${changed}\nWeekly digest: ${digest}.`,
    ),
  ];
}

function who(chosen: Chosen): InputBlock {
  return {
    ...radio({
      id: ids.who,
      label: 'Who begins?',
      choices: [
        [choices.all, 'Everybody'],
        [choices.pilot, 'A pilot group', 'Some managers, with their teams'],
      ],
      initial: chosen.who,
    }),
    // The preview below follows the choice.
    dispatch_action: true,
  };
}

const managers = (chosen: Chosen): InputBlock => ({
  ...peoplePicker({
    id: ids.managers,
    label: 'Their managers',
    hint: 'Everybody who reports to them takes part, too.',
    initial: chosen.managers,
    placeholder: 'Choose managers',
  }),
  dispatch_action: true,
});

/** Who gets what in the first week, counted, and one by one as far as there is room. */
export function preview({ weeks, viewer }: StartView, chosen: Chosen): KnownBlock[] {
  if (chosen.who === 'pilot' && chosen.managers.length === 0) {
    return [richText({ bold: 'The first week' }, '\nChoose managers to see who would get what.')];
  }
  const heard = weeks.filter(({ messages }) => messages.length > 0);
  if (heard.length === 0) {
    return [
      richText(
        { bold: 'The first week' },
        `\n${weeks.length === 0 ? 'Nobody is to be asked yet: import people first.' : 'Nobody is asked anything in the next seven days.'}`,
      ),
    ];
  }
  return [
    richText({ bold: 'The first week, at most' }, `\n${totals(weeks, heard)}`),
    richText(...heard.slice(0, peopleShown).map((one, index) => `${index === 0 ? '' : '\n'}${lineOf(one)}`)),
    ...(heard.length > peopleShown
      ? [richText(`and ${heard.length - peopleShown} more people, who hear later.`)]
      : []),
    weekMenu(heard, viewer.id),
  ];
}

function totals(weeks: readonly PersonWeek[], heard: readonly PersonWeek[]): string {
  const all = heard.reduce((sum, { messages }) => sum + messages.length, 0);
  const most = heard.reduce((a, b) => (b.messages.length > a.messages.length ? b : a));
  const nothing = weeks.length - heard.length;
  const rest =
    nothing === 0
      ? ''
      : ` ${counted(nothing, 'person', 'people')} ${nothing === 1 ? 'gets' : 'get'} nothing.`;
  return (
    `${counted(all, 'message')} to ${counted(heard.length, 'person', 'people')}.${rest} ` +
    `The most to one person: ${most.messages.length}, to ${nameOf(most.person.name, 60)}. ` +
    'What is done in time is not asked again.'
  );
}

const lineOf = (week: PersonWeek): string =>
  `${nameOf(week.person.name, 60)}: ${week.messages.length}, the first ${firstOf(week)}`;

/** Slack's limit of a menu. */
const mostOptions = 100;

function weekMenu(heard: readonly PersonWeek[], viewerId: string): KnownBlock {
  return {
    type: 'actions',
    block_id: `weeks_of_${viewerId}`,
    elements: [
      {
        type: 'static_select',
        action_id: ids.week,
        placeholder: plain("See one person's week"),
        options: heard
          .slice(0, mostOptions)
          .map(({ person }) => ({ text: plain(nameOf(person.name, 75)), value: person.id })),
      },
    ],
  };
}
