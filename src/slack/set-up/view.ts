import type { ActionsBlockElement, KnownBlock } from '@slack/web-api';
import type { SettingKey, Settings } from '#domain/settings.ts';
import { type SetUp, type SetUpStep, setUpSteps } from '#services/view-set-up.ts';
import { header, section } from '../blocks.ts';
import { dayInWords } from '../dates.ts';
import { ids as digestIds } from '../digest/view.ts';
import { ids as menuIds } from '../menu/view.ts';
import { counted, people as peopleInWords } from '../people/words.ts';
import { plain } from '../rich-text.ts';
import { settingOf } from '../settings/field.ts';
import { settingsFields } from '../settings/groups.ts';
import { inWords } from '../settings/words.ts';

export const ids = {
  /** Button: take it in hand, where nobody has. */
  begin: 'set_up.begin',
  defaults: 'set_up.defaults',
  noDigest: 'set_up.no_digest',
  preview: 'set_up.preview',
  /** Button: the rest stays as it is. */
  close: 'set_up.close',
} as const;

/** What somebody sees where nobody is enablement or admin yet, and they may be. */
export const beginBlocks = (): KnownBlock[] => [
  header('Set up Sideline'),
  section(
    'Sideline helps managers here coach their reps, and nobody has set it up yet. You can: five steps, each of which can wait. Nobody gets anything before the last one.\nYou become admin and enablement lead for it, and can hand that on with `/coach people`.',
  ),
  actions('set_up_begin', [button(ids.begin, 'Set up Sideline', 'begin', true)]),
];

interface Step {
  title: string;
  text: string;
  buttons: ActionsBlockElement[];
}

/** The steps with how far each has come; each has its own button, in whatever order they are taken. */
export function setUpBlocks(shown: SetUp, { choosesDigest }: { choosesDigest: boolean }): KnownBlock[] {
  const left = setUpSteps.filter((step) => !shown.done[step]).length;
  const how =
    left === 0
      ? 'All of it is done.'
      : `${left} of ${setUpSteps.length} steps left. Leave whenever you like: it waits here, for you and for every other admin or enablement lead.${shown.done.start ? '' : ' Nobody gets anything before the last one.'}`;
  return [
    header('Set up Sideline'),
    section(how),
    ...setUpSteps.flatMap((step, index) => {
      const { title, text, buttons } = steps[step](shown, choosesDigest);
      const mark = shown.done[step] ? '✓' : `${index + 1}.`;
      return [
        section(`*${mark} ${title}*\n${text}`),
        ...(buttons.length === 0 ? [] : [actions(`set_up_${step}`, buttons)]),
      ];
    }),
    ...(shown.done.start && left > 0
      ? [actions('set_up_close', [button(ids.close, 'Leave the rest as it is', 'close')])]
      : []),
  ];
}

const actions = (blockId: string, elements: ActionsBlockElement[]): KnownBlock => ({
  type: 'actions',
  block_id: blockId,
  elements,
});

function button(actionId: string, label: string, value: string, primary = false): ActionsBlockElement {
  return {
    type: 'button',
    action_id: actionId,
    text: plain(label),
    value,
    ...(primary ? { style: 'primary' as const } : {}),
  };
}

/** What a word does that is typed after `/coach`. */
const word = (which: string, label: string, primary = false): ActionsBlockElement =>
  button(`${menuIds.run}:${which}`, label, which, primary);

const steps: Record<SetUpStep, (shown: SetUp, choosesDigest: boolean) => Step> = {
  people: ({ done, people }) => ({
    title: 'People',
    text: peopleStand(people, done.people),
    buttons: [
      word('import', done.people ? 'Import more' : 'Import people', !done.people),
      word('people', done.people ? 'Look at them' : 'Add one by one'),
    ],
  }),
  defaults: ({ done, settings }) => ({
    title: 'Defaults and words',
    text: `${inShort(settings)}.${done.defaults ? '' : ' Working days and hours, the month in which the fiscal year starts, and your words for the three pillars.'}`,
    buttons: [button(ids.defaults, done.defaults ? 'Change' : 'Look at the defaults', 'open')],
  }),
  digest: ({ done, digestChannel }, choosesDigest) => ({
    title: 'Weekly digest',
    text:
      digestChannel !== null
        ? `Goes to <#${digestChannel}>. It names nobody.`
        : done.digest
          ? 'None for now; `/coach digest` begins one.'
          : `A channel gets the week's figures, which name nobody.${choosesDigest ? '' : ' Enablement chooses it.'}`,
    buttons: [
      ...(choosesDigest ? [button(digestIds.open, done.digest ? 'Change' : 'Choose a channel', 'open')] : []),
      ...(done.digest ? [] : [button(ids.noDigest, 'No digest for now', 'none')]),
    ],
  }),
  preview: ({ done }) => ({
    title: 'Preview',
    text: done.preview
      ? 'Seen. It follows whatever is changed until it starts.'
      : done.people
        ? 'Who would get what in the first week, hour by hour. Nothing is sent by looking.'
        : 'Waits for people: then you see who would get what in the first week.',
    buttons: done.people ? [button(ids.preview, 'See the first week', 'open')] : [],
  }),
  start: ({ done, startedAt, pilotManagers }) => ({
    title: 'Start',
    text:
      startedAt !== null
        ? startedInWords(startedAt, pilotManagers)
        : done.people
          ? 'For everybody, or for a pilot group of some managers and their teams. You see who it is about before you press.'
          : 'Waits for people, at least one manager with somebody to coach.',
    buttons: done.people && !done.start ? [word('start', 'Start', true)] : [],
  }),
};

function inShort(settings: Settings): string {
  const said = (key: SettingKey): string[] =>
    settingsFields.filter((one) => one.key === key).map((one) => inWords(one, settingOf(one, settings)));
  const hours = `${settings.workStarts}–${settings.workEnds}`;
  return `${said('workingDays')} ${hours}, fiscal year from ${said('fiscalYearStart')}; ${said('pillarNames').join(', ')}`;
}

function peopleStand({ people, managers, unmanaged }: SetUp['people'], done: boolean): string {
  if (people <= 1 && !done) {
    return 'Nobody but you yet. A file or a Slack user group says who sells, who manages whom and who leads; you see what changes before it does.';
  }
  const without =
    unmanaged === 0
      ? ''
      : ` ${counted(unmanaged, 'rep')} ${unmanaged === 1 ? 'has' : 'have'} no manager yet.`;
  return managers === 0
    ? `${peopleInWords(people)}, and nobody manages anybody yet.`
    : `${peopleInWords(people)}, ${counted(managers, 'manager')} with a team.${without}`;
}

function startedInWords(at: number, pilotManagers: number | undefined): string {
  const whom =
    pilotManagers === undefined
      ? 'for everybody'
      : `for a pilot group of ${counted(pilotManagers, 'manager')}`;
  return `Runs since ${dayInWords(new Date(at).toISOString().slice(0, 10))}, ${whom}.`;
}
