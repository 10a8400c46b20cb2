import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { ShownSlot, Slots } from '#services/view-slots.ts';
import { type Choice, datePicker, radio, select, timePicker, whoSees } from '../form.ts';
import { plain } from '../rich-text.ts';
import { firstNameOf, fitted, inMarkup, inOneLine, nameOf } from '../text.ts';
import { type Carried, mostRows, type Names, perPage, type Row, writeCarried } from './carried.ts';
import { pauseInWords, rhythmChoices, weekdays } from './words.ts';

export const ids = {
  /** Button: the days and times of all one's 1:1s. */
  open: 'cadence.open',
  /** Button: the 1:1s with the rep in its value. */
  pair: 'cadence.pair',
  /** Menus that set the same for everybody. */
  everyDay: 'cadence.every_day',
  everyTime: 'cadence.every_time',
  /** Menus of one row; they are read when the modal is saved. */
  row: 'cadence.row',
  page: 'cadence.page',
  modal: 'cadence.modal',
  pairModal: 'cadence.pair_modal',
} as const;

/** Action ids of one row's menus. */
export const inRow = { weekday: `${ids.row}:weekday`, time: `${ids.row}:time`, often: `${ids.row}:often` };

export const rowBlock = ({ drawn }: Pick<Carried, 'drawn'>, index: number): string => `row_${drawn}_${index}`;

/** One row a rep, all in sight: two blocks each, 25 to a page. */
export function cadenceModal(carried: Carried, names: Names, total = carried.rows.length): ModalView {
  const { rows, page, timeZone } = carried;
  const first = page * perPage;
  const shown = rows.slice(first, first + perPage);
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain('When you meet'),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: writeCarried(carried),
    blocks: [
      ...(rows.length > 1 ? [allAtOnce(carried)] : []),
      ...shown.flatMap((row, index) => rowBlocks(carried, row, first + index, names)),
      ...paging(carried, total),
      whoSees(
        `Times are yours, ${timeZone}. What is planned and still ahead moves along within its week. Each rep ` +
          'sees their own day and time.',
      ),
    ],
  };
}

function allAtOnce({ drawn }: Carried): KnownBlock {
  return {
    type: 'actions',
    block_id: `all_${drawn}`,
    elements: [
      {
        type: 'static_select',
        action_id: ids.everyDay,
        placeholder: plain('Set all to a day'),
        options: weekdays.map(optionOf),
      },
      { type: 'timepicker', action_id: ids.everyTime, placeholder: plain('Set all to a time') },
    ],
  };
}

const optionOf = ([value, text]: Choice) => ({ text: plain(text), value });

function rowBlocks(carried: Carried, row: Row, index: number, names: Names): KnownBlock[] {
  const name = nameOf(names.get(row.repId) ?? '');
  return [
    {
      type: 'section',
      block_id: `name_${carried.drawn}_${index}`,
      text: { type: 'mrkdwn', text: `*${inMarkup(name)}*` },
    },
    { type: 'actions', block_id: rowBlock(carried, index), elements: menus(row, name) },
  ];
}

function menus({ now, was, pausedUntil }: Row, name: string): ActionsBlockElement[] {
  const paused: Choice = [
    'paused',
    was.often === 'paused' ? pauseInWords({ until: pausedUntil }) : 'Paused until I resume',
  ];
  return [
    menu(inRow.weekday, weekdays, String(now.weekday), `Day of the 1:1 with ${name}`),
    {
      type: 'timepicker',
      action_id: inRow.time,
      initial_time: now.time,
      placeholder: plain(fitted(`Time of the 1:1 with ${name}`, 150)),
    },
    menu(inRow.often, [...rhythmChoices, paused], now.often, `How often you meet ${name}`),
  ];
}

function menu(
  actionId: string,
  choices: readonly Choice[],
  value: string,
  describes: string,
): ActionsBlockElement {
  const options = choices.map(optionOf);
  const chosen = options.find((one) => one.value === value);
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plain(fitted(describes, 150)),
    options,
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}

function paging({ rows, page }: Carried, total: number): KnownBlock[] {
  const pages = Math.ceil(rows.length / perPage);
  const buttons: ActionsBlockElement[] = Array.from({ length: pages }, (_, index) => index)
    .filter((index) => pages > 1 && index !== page)
    .map((index) => ({
      type: 'button',
      action_id: `${ids.page}:${index}`,
      text: plain(`${index * perPage + 1} to ${Math.min((index + 1) * perPage, rows.length)}`),
      value: String(index),
    }));
  const rest: KnownBlock[] =
    total > mostRows
      ? [
          {
            type: 'context',
            elements: [
              {
                type: 'mrkdwn',
                text: `These are ${mostRows} of ${total}; \`/coach cadence @name\` sets the others.`,
              },
            ],
          },
        ]
      : [];
  return [
    ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, block_id: 'pages', elements: buttons }]),
    ...rest,
  ];
}

export const pairFields = {
  weekday: 'weekday',
  time: 'time',
  often: 'often',
  pause: 'pause',
  until: 'until',
} as const;

/** What the modal of one pair carries. */
export const CarriedPair = z.object({ repId: z.string(), repName: z.string() });

/** One pair, with a pause that may end by itself. */
export function pairModal({ repId, repName, slot, pause }: ShownSlot, { timeZone }: Slots): ModalView {
  const first = firstNameOf(repName);
  return {
    type: 'modal',
    callback_id: ids.pairModal,
    title: plain(`You and ${firstNameOf(repName, 14)}`),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify({ repId, repName: fitted(inOneLine(repName), 80) }),
    blocks: [
      select({
        id: pairFields.weekday,
        label: 'Day',
        choices: weekdays,
        initial: String(slot.weekday),
      }),
      timePicker({ id: pairFields.time, label: 'Time', initial: slot.time }),
      select({ id: pairFields.often, label: 'How often', choices: rhythmChoices, initial: slot.rhythm }),
      radio({
        id: pairFields.pause,
        label: 'Pause',
        choices: [
          ['no', 'No pause'],
          ['until', 'Until a date', 'Choose the first day on which you meet again'],
          ['resumed', 'Until I resume'],
        ],
        initial: pause === null ? 'no' : pause.until === null ? 'resumed' : 'until',
      }),
      datePicker({
        id: pairFields.until,
        label: 'Paused until',
        optional: true,
        initial: pause?.until ?? undefined,
      }),
      whoSees(
        `Times are yours, ${timeZone}. A 1:1 that falls into a pause is excused and counts neither way. ` +
          `${first} sees the day and time.`,
      ),
    ],
  };
}
