/** When the weekly digest comes, and which week it tells of. */

import type { Rule } from './recurrence-rule.ts';
import { weekOf } from './sending.ts';
import type { Settings } from './settings.ts';
import { addDays } from './time/civil.ts';
import { toLocal } from './time/zone.ts';

/** Later than this it is not posted any more: after an outage nobody wants last month's. */
export const digestLapsesAfter = 2 * 24 * 60 * 60_000;

export function digestRule({
  digestWeekday,
  digestTime,
}: Pick<Settings, 'digestWeekday' | 'digestTime'>): Rule {
  return { kind: 'weekly', weekday: digestWeekday, time: digestTime, interval: 1, anchor: '2026-01-05' };
}

/** One a week for a channel. */
export const digestKey = (channel: string, period: string): string => `digest/${channel}/${period}`;

/** Civil dates, the last one included. */
export interface Week {
  monday: string;
  sunday: string;
}

export const weekFrom = (monday: string): Week => ({ monday, sunday: addDays(monday, 6) });

/** The last full week, Monday to Sunday, at an instant. */
export function weekBefore(at: number, zone: string): Week {
  return weekFrom(addDays(weekOf(toLocal(at, zone).date), -7));
}

/** What Slack says of a channel that will not take a post until somebody does something about it. */
export const channelTroubles = ['is_archived', 'not_in_channel', 'channel_not_found'] as const;
export type ChannelTrouble = (typeof channelTroubles)[number];

export const channelTrouble = (answer: string): ChannelTrouble | undefined =>
  channelTroubles.find((one) => one === answer);
