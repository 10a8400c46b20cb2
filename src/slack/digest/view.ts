import type { Button, KnownBlock, ModalView } from '@slack/web-api';
import { channelTrouble } from '#domain/digest.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { DigestFigures } from '#services/measure-digest.ts';
import type { DigestStanding } from '#services/view-digest.ts';
import { section } from '../blocks.ts';
import { dayInWords } from '../dates.ts';
import { channelPicker, select, timePicker, whoSees } from '../form.ts';
import { plain } from '../rich-text.ts';
import { weekdays } from '../settings/words.ts';
import { inMarkup, nameOf } from '../text.ts';
import { digestInWords } from './message.ts';
import { troubleInWords } from './words.ts';

export const ids = {
  /** Button: choose channel, weekday and time. */
  open: 'digest.open',
  modal: 'digest.modal',
  preview: 'digest.preview',
  test: 'digest.test',
} as const;

export const fields = { channel: 'channel', weekday: 'weekday', time: 'time' } as const;

export const titles = { modal: 'Weekly digest', preview: 'Preview', test: 'A test' } as const;

const seenBy =
  'Everybody in the channel sees the digest; it names nobody. Where it goes is chosen by enablement, and only they see this.';

export function digestModal(standing: DigestStanding): ModalView {
  const { choice, settings, askersZone } = standing;
  // Slack no longer offers a channel that is archived.
  const channel = choice?.trouble?.answer === 'is_archived' ? undefined : (choice?.channel ?? undefined);
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(titles.modal),
    submit: plain('Save'),
    close: plain('Not now'),
    blocks: [
      section(standingInWords(standing)),
      channelPicker({
        id: fields.channel,
        label: 'Channel',
        hint: `While it is empty nothing is posted. ${invite}`,
        optional: true,
        initial: channel,
      }),
      select({
        id: fields.weekday,
        label: 'Day',
        choices: weekdays.map((name, index) => [String(index + 1), name]),
        initial: String(settings.digestWeekday),
      }),
      timePicker({
        id: fields.time,
        label: 'Time',
        hint: `In your time zone, ${askersZone}. It tells of the week before, Monday to Sunday.`,
        initial: settings.digestTime,
      }),
      { type: 'actions', block_id: 'try', elements: [previewButton, testButton] },
      whoSees(seenBy),
    ],
  };
}

const invite = 'Sideline has to be in the channel: write /invite @Sideline there.';

const previewButton: Button = {
  type: 'button',
  action_id: ids.preview,
  text: plain('Preview'),
  value: 'now',
};

const testButton: Button = {
  type: 'button',
  action_id: ids.test,
  text: plain('Send me a test'),
  value: 'now',
};

export const openButton = (label: string): Button => ({
  type: 'button',
  action_id: ids.open,
  text: plain(label),
  value: 'open',
});

export const homeButtons = (label: string): KnownBlock => ({
  type: 'actions',
  block_id: 'digest',
  elements: [previewButton, openButton(label)],
});

/** How it stands: where and when, what came of the last, who chose. Slack shows the name of a channel by its id. */
export function standingInWords(standing: DigestStanding): string {
  const { choice, setBy, zone, runs, latest } = standing;
  if (choice === undefined) return 'No channel is chosen yet, so nothing is posted.';
  const by = `${setBy === undefined ? 'Somebody' : inMarkup(nameOf(setBy))}, ${dayOf(choice.setAt, zone)}`;
  if (choice.channel === null) return `Nothing is posted: switched off by ${by}.`;
  const trouble = choice.trouble === null ? undefined : channelTrouble(choice.trouble.answer);
  const lines =
    trouble === undefined
      ? [`Goes to <#${choice.channel}>. ${nextInWords(standing)}`]
      : [
          `*The digest could not be posted: ${troubleInWords[trouble]}.* Choose a channel and save; what was missed in the last two days comes then.`,
        ];
  const last = latest === undefined || trouble !== undefined ? [] : [latestInWords(latest, zone)];
  const paused = runs ? [] : ['Sideline is not running here at the moment, so nothing is posted.'];
  return [...lines, ...last, ...paused, `Chosen by ${by}.`].join('\n');
}

export function nextInWords({ choice, zone }: DigestStanding): string {
  if (choice?.nextDueAt == null) return 'None is planned.';
  const { time } = toLocal(choice.nextDueAt.getTime(), zone);
  return `Next: ${dayOf(choice.nextDueAt, zone)}, ${time}, ${zone}.`;
}

function latestInWords(
  { state, reason, dueAt }: NonNullable<DigestStanding['latest']>,
  zone: string,
): string {
  const last = `Last: ${dayOf(dueAt, zone)}`;
  switch (state) {
    case 'delivered':
      return `${last}, posted.`;
    case 'dropped':
      return `${last}, not posted${reason === 'too_late' ? ', because it would have come days late' : `: ${reason ?? 'no reason is known'}`}.`;
    case 'uncertain':
      return `${last}. Slack did not say whether it arrived, and it is not posted twice: please look in the channel.`;
    default:
      return `${last}, on its way.`;
  }
}

const dayOf = (at: Date, zone: string): string => dayInWords(toLocal(at.getTime(), zone).date);

/** Without charts, which Slack shows in messages alone. */
export function previewModal(figures: DigestFigures): ModalView {
  return {
    type: 'modal',
    callback_id: ids.preview,
    title: plain(titles.preview),
    close: plain('Close'),
    blocks: [
      ...digestInWords(figures).blocks,
      whoSees('You alone see this preview. In a channel it comes with a table and charts: “Send me a test”.'),
    ],
  };
}

/** After saving: when it comes, and what has to be done for it. */
export function savedModal(standing: DigestStanding): ModalView {
  const channel = standing.choice?.channel;
  const said =
    channel == null
      ? 'Saved. Nothing is posted from now on.'
      : `Saved. ${isComing(standing) ? `What was missed comes to <#${channel}> within a minute or so.` : `It goes to <#${channel}>. ${nextInWords(standing)}`}\n${invite}`;
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(titles.modal),
    close: plain('Close'),
    blocks: [section(said), whoSees(seenBy)],
  };
}

const isComing = ({ choice }: DigestStanding): boolean =>
  choice?.nextDueAt != null && choice.nextDueAt.getTime() <= choice.setAt.getTime();
