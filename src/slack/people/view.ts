import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/web-api';
import { segments } from '#domain/people.ts';
import type { PeoplePage, PersonOnPage } from '#services/search-people.ts';
import { askOneOf } from '../ask-one-of.ts';
import { context, note, section } from '../blocks.ts';
import { menu, textInput, ticks, whoSees } from '../form.ts';
import { plain } from '../rich-text.ts';
import { firstNameOf, fitted, inMarkup, nameOf, spoken } from '../text.ts';
import { carriedEnd, type ListState, longestText, mostChosen, type WhoShown, waves } from './state.ts';
import { factsOf, people, segmentWords } from './words.ts';

export const ids = {
  list: 'people.list',
  search: 'people.search',
  /** Menus and buttons: who is shown. */
  who: 'people.who',
  segment: 'people.segment',
  wave: 'people.wave',
  /** Buttons: the page after, or before, the one shown. */
  next: 'people.next',
  previous: 'people.previous',
  /** Button: the form about the person in its value. */
  edit: 'people.edit',
  /** Buttons: choose several, all of this page, and no more. */
  choose: 'people.choose',
  chooseAll: 'people.choose_all',
  stopChoosing: 'people.stop_choosing',
  pick: 'people.pick',
  /** Button: what to change of those chosen. */
  changeChosen: 'people.change_chosen',
  editModal: 'people.edit_modal',
  moveModal: 'people.move_modal',
  away: 'people.away',
  endAbsence: 'people.end_absence',
  awayModal: 'people.away_modal',
  bulkModal: 'people.bulk_modal',
  bulkConfirm: 'people.bulk_confirm',
  /** Button: a form for one person who is not in Sideline yet. */
  add: 'people.add',
  addModal: 'people.add_modal',
} as const;

export const titles = { all: 'People', team: 'Your team' } as const;

/** What the list needs besides the page: whom to ask, and who is new. */
export interface ListShown {
  page: PeoplePage;
  state: ListState;
  today: string;
  keepers: readonly string[];
  newcomers: readonly string[];
  /** Said on top, of what has just been done, or could not be. */
  hint?: string | undefined;
}

export function listModal(shown: ListShown): ModalView {
  const { page, state, hint } = shown;
  return {
    type: 'modal',
    callback_id: ids.list,
    title: plain(titles[page.scope]),
    submit: plain('Search'),
    close: plain('Close'),
    private_metadata: JSON.stringify({
      ...state,
      text: state.text.slice(0, longestText),
      shown: state.choosing ? page.people.map(({ id }) => id) : [],
    } satisfies ListState),
    blocks: [
      ...(hint === undefined ? [] : [section(hint)]),
      searchInput(state),
      ...filters(shown),
      ...(state.who === 'new' ? newcomerBlocks(shown) : pageBlocks(shown)),
      ...footer(shown),
    ],
  };
}

const searchInput = ({ text, round }: ListState): KnownBlock => ({
  ...textInput({
    id: `search~${round}`,
    label: 'Search',
    most: longestText,
    placeholder: 'Part of a name or address',
    optional: true,
    initial: text === '' ? undefined : text.slice(0, longestText),
  }),
  dispatch_action: true,
  element: {
    type: 'plain_text_input',
    action_id: ids.search,
    max_length: longestText,
    placeholder: plain('Part of a name or address; Enter searches'),
    dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
    ...(text === '' ? {} : { initial_value: text.slice(0, longestText) }),
  },
});

const whoWords: Record<WhoShown, string> = {
  all: 'Everybody',
  rep: 'Reps',
  manager: 'Managers',
  enablement: 'Enablement',
  admin: 'Admins',
  no_manager: 'Reps without a manager',
  manager_left: 'Manager has left',
  others: 'Deactivated and guests',
  new: 'New in Slack',
};

function filters({ page, state }: ListShown): KnownBlock[] {
  if (page.scope === 'team') return [];
  const elements: ActionsBlockElement[] = [
    menu({
      id: ids.who,
      choices: Object.entries(whoWords),
      initial: state.who,
      placeholder: 'Who is shown',
    }),
    ...(page.showsTier
      ? [
          menu({
            id: ids.segment,
            choices: [
              ['any', 'Any segment'],
              ...segments.map((one) => [one, segmentWords[one]] as const),
              ['none', 'No segment'],
            ],
            initial: state.segment ?? 'any',
            placeholder: 'Segment',
          }),
          menu({
            id: ids.wave,
            choices: [
              ['any', 'Any wave'],
              ...waves.map((one) => [one, `Wave ${one}`] as const),
              ['none', 'No wave'],
            ],
            initial: state.wave ?? 'any',
            placeholder: 'Wave',
          }),
        ]
      : []),
  ];
  return [{ type: 'actions', block_id: `filters~${state.round}`, elements }, ...toLookAt(page, state)];
}

/** What somebody has to see to: a press shows them. */
function toLookAt(page: PeoplePage, state: ListState): KnownBlock[] {
  const each: [WhoShown, number, string][] = [
    ['new', page.newcomers, 'new in Slack'],
    ['no_manager', page.withoutManager, 'without a manager'],
    ['manager_left', page.managerLeft, 'whose manager left'],
  ];
  const elements = each
    .filter(([who, count]) => count > 0 && who !== state.who)
    .map(
      ([who, count, what]): ActionsBlockElement => ({
        type: 'button',
        action_id: `${ids.who}:${who}`,
        text: plain(`${count.toLocaleString('en')} ${what}`),
        value: who,
      }),
    );
  return elements.length === 0 ? [] : [{ type: 'actions', block_id: 'to_look_at', elements }];
}

function pageBlocks(shown: ListShown): KnownBlock[] {
  const { page, state } = shown;
  if (page.people.length === 0) return [section(nobody(shown))];
  const from = page.preceding + 1;
  const to = page.preceding + page.people.length;
  const where =
    page.total <= page.people.length
      ? people(page.total)
      : `${from.toLocaleString('en')}–${to.toLocaleString('en')} of ${page.total.toLocaleString('en')}`;
  return [
    note(where),
    ...(state.choosing ? pickBlocks(shown) : page.people.map((one) => row(one, shown))),
    ...pageButtons(shown),
  ];
}

const nobody = ({ state, page }: ListShown): string => {
  const { text, who, segment, wave } = state;
  const isNarrowed = text !== '' || who !== 'all' || segment !== undefined || wave !== undefined;
  return page.scope === 'all' && !isNarrowed
    ? 'Nobody is in Sideline yet. `/coach import` takes a file or a user group.'
    : 'Nobody fits that. Search for less of a name, or choose “Everybody”.';
};

const row = (person: PersonOnPage, { today, page }: ListShown): KnownBlock => ({
  type: 'section',
  block_id: `person ${person.id}`,
  text: {
    type: 'mrkdwn',
    text: `*${inMarkup(nameOf(person.name))}*\n${inMarkup(factsOf(person, today, page.scope).join(' · '))}`,
  },
  accessory: {
    type: 'button',
    action_id: `${ids.edit}:${person.id}`,
    text: plain(`Edit ${firstNameOf(person.name, 20)}`),
    value: person.id,
    accessibility_label: spoken(`Edit ${firstNameOf(person.name, 20)}`, `Edit ${nameOf(person.name, 60)}`),
  },
});

function pickBlocks({ page, state, today }: ListShown): KnownBlock[] {
  const elsewhere = state.chosen.filter((id) => page.people.every((one) => one.id !== id)).length;
  return [
    ticks({
      id: `${ids.pick}~${page.people[0]?.id ?? ''}~${state.round}`,
      label: 'Who is to be changed?',
      hint: elsewhere === 0 ? undefined : `${people(elsewhere)} chosen on other pages.`,
      optional: true,
      choices: page.people.map((one) => [
        one.id,
        nameOf(one.name, 75),
        fitted(factsOf(one, today, page.scope).join(' · '), 75),
      ]),
      initial: state.chosen,
    }),
  ];
}

function pageButtons({ page, state }: ListShown): KnownBlock[] {
  const end = (which: 'next' | 'previous', label: string): ActionsBlockElement[] => {
    const at = page[which];
    if (at === undefined) return [];
    const value = JSON.stringify(carriedEnd(at));
    return [{ type: 'button', action_id: ids[which], text: plain(label), value }];
  };
  const button = (actionId: string, label: string): ActionsBlockElement => ({
    type: 'button',
    action_id: actionId,
    text: plain(label),
    value: actionId,
  });
  const elements = [
    ...end('previous', 'Previous'),
    ...end('next', 'Next'),
    ...(state.choosing
      ? [
          button(ids.changeChosen, 'Change those chosen'),
          button(ids.chooseAll, 'Choose all on this page'),
          button(ids.stopChoosing, 'Choose nobody'),
        ]
      : [
          button(ids.choose, 'Change several'),
          ...(page.scope === 'all' ? [button(ids.add, 'Add a person')] : []),
        ]),
  ];
  return [
    { type: 'actions', block_id: 'pages', elements },
    ...(state.choosing
      ? [note(`Up to ${mostChosen} at once. Nothing is changed before you have seen what would.`)]
      : []),
  ];
}

/** More than these are in the people file of whoever imports them. */
export const newcomersShown = 30;

function newcomerBlocks({ page, newcomers }: ListShown): KnownBlock[] {
  const rest = page.newcomers - newcomers.length;
  const more = rest > 0 ? ` and ${rest.toLocaleString('en')} more` : '';
  if (newcomers.length === 0)
    return [section('Everybody who joined Slack lately is in Sideline, or need not be.')];
  return [
    section(
      `*Joined Slack, and not in Sideline:* ${newcomers.map((id) => `<@${id}>`).join(', ')}${more}.\nThey get nothing. Add who takes part; \`/coach import\` takes many at once.`,
    ),
    {
      type: 'actions',
      block_id: 'add',
      elements: [{ type: 'button', action_id: ids.add, text: plain('Add a person'), value: 'add' }],
    },
  ];
}

const footer = ({ page, keepers }: ListShown): KnownBlock[] =>
  page.scope === 'team'
    ? [
        context(
          `Somebody is missing, or is not yours? ${askOneOf(keepers, 'Ask whoever installed Sideline')}.`,
        ),
        whoSees(
          'Your direct reports. You, enablement and admins see this; segment and wave are not for admins.',
        ),
      ]
    : [
        whoSees(
          page.showsTier
            ? 'Enablement and admins see this; segment and wave are not for admins. Every change is in the audit trail.'
            : 'Enablement and admins see this; segment and wave are for enablement alone. Every change is in the audit trail.',
        ),
      ];
