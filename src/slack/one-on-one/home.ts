import type { ActionsBlockElement, KnownBlock } from '@slack/web-api';
import { adherence, type Endings } from '#domain/adherence.ts';
import type { Role } from '#domain/people.ts';
import { isPaused } from '#domain/slot.ts';
import { toLocal } from '#domain/time/zone.ts';
import { type Behaviour, behavioursOf } from '#services/habits.ts';
import { endingsSince, type PairOverview, pairsOf } from '#storage/home.ts';
import { logsWrittenBy } from '#storage/one-on-one-logs.ts';
import { context, header, section } from '../blocks.ts';
import { ids as cadenceIds } from '../cadence/view.ts';
import { pauseInWords } from '../cadence/words.ts';
import { dayInWords } from '../dates.ts';
import { type HomePart, isWhole, seenHere, seenOfAll } from '../home/part.ts';
import { ids as preparationIds } from '../preparation/view.ts';
import { plain } from '../rich-text.ts';
import { firstNameOf, fitted, inMarkup, inOneLine, nameOf } from '../text.ts';
import { ids } from './view.ts';

interface HomeData {
  roles: readonly Role[];
  timeZone: string;
  now: number;
  /** The person as manager, and as rep. */
  reports: PairOverview[];
  own: PairOverview[];
  /** What has become a habit, of the person and of who reports to them. */
  habits: Behaviour[];
  /** What the person has logged in the last days, and may still change. */
  logged: { id: string; repName: string; loggedAt: Date }[];
}

const day = 24 * 60 * 60_000;
const fourWeeks = 28 * day;

/** The weekly 1:1 on Home: for whoever has reports, for a rep, for enablement, or for all of them at once. */
export const oneOnOneHome: HomePart = async (request) => {
  const { trx, workspaceId, person, now, settings } = request;
  const { id, roles, timeZone } = person;
  const reports = await pairsOf(trx, workspaceId, { managerId: id });
  const isShown = isWhole(await seenHere(request, 'conversation'));
  const own = isShown ? await pairsOf(trx, workspaceId, { repId: id }) : [];
  const shown = [
    id,
    ...inOrder(reports, now)
      .slice(0, reportsShown)
      .map(({ repId }) => repId),
  ];
  const habits = (await behavioursOf(trx, workspaceId, shown, settings)).filter(
    ({ progress }) => progress.habitual,
  );
  const since = new Date(now - 7 * day);
  const logged =
    reports.length === 0 ? [] : await logsWrittenBy(trx, workspaceId, id, { since, most: changeable });
  const data = { roles, timeZone, now, reports, own, habits, logged };
  return {
    own: ownPart(data),
    team: reportsPart(data),
    workspace:
      seenOfAll(request, 'adherence') === 'full'
        ? workspacePart(await endingsSince(trx, workspaceId, new Date(now - fourWeeks)))
        : [],
  };
};

/** A section of Home stays within a dozen blocks: header, these, buttons and a footer. */
const reportsShown = 9;
const changeable = 20;

function reportsPart(data: HomeData): KnownBlock[] {
  const { reports, timeZone, now, roles, logged } = data;
  if (reports.length === 0 && !roles.includes('manager')) return [];
  if (reports.length === 0) {
    return [
      header('Your team'),
      section('Nobody reports to you here yet. An admin or your enablement lead adds them.'),
    ];
  }
  const hidden = reports.length - reportsShown;
  return [
    header('Your team'),
    ...inOrder(reports, now)
      .slice(0, reportsShown)
      .map((pair) => reportBlock(pair, data)),
    deeds(logged, timeZone),
    context(
      `${hidden > 0 ? `${hidden} more: use \`/coach log @name\`. ` : ''}Your reps see their one thing and its date, never a private note.`,
    ),
  ];
}

/** What waits for the manager comes first; the rest stays in the order of names. */
const inOrder = (reports: PairOverview[], now: number): PairOverview[] =>
  reports.toSorted((one, other) => Number(isWaiting(other, now)) - Number(isWaiting(one, now)));

function deeds(logged: HomeData['logged'], zone: string): KnownBlock {
  const change: ActionsBlockElement[] =
    logged.length === 0
      ? []
      : [
          {
            type: 'static_select',
            action_id: ids.change,
            placeholder: plain('Change a log'),
            options: logged.map(({ id, repName, loggedAt }) => {
              const { date, time } = toLocal(loggedAt.getTime(), zone);
              return { text: plain(`${nameOf(repName, 50)}, ${dayInWords(date)}, ${time}`), value: id };
            }),
          },
        ];
  return {
    type: 'actions',
    block_id: 'one_on_ones',
    elements: [
      { type: 'button', action_id: cadenceIds.open, text: plain('When you meet'), value: 'all' },
      ...change,
    ],
  };
}

const isWaiting = ({ next }: PairOverview, now: number): boolean =>
  next !== null && next.dueAt.getTime() <= now;

function reportBlock(pair: PairOverview, { timeZone, now, habits }: HomeData): KnownBlock {
  const waiting = isWaiting(pair, now);
  const habit = habits.findLast(({ repId }) => repId === pair.repId);
  const lines = [
    `*${inMarkup(nameOf(pair.repName))}*`,
    waiting ? 'The last 1:1 is not logged yet.' : nextLine(pair, timeZone, now),
    pair.commitment === null
      ? 'Nothing to try is open.'
      : `Trying by ${dayInWords(pair.commitment.by)}: ${oneLine(pair.commitment.text)}`,
    ...(habit === undefined ? [] : [`A habit by now: ${oneLine(habit.text)}`]),
  ];
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: lines.join('\n') },
    accessory: {
      type: 'button',
      action_id: `${ids.log}:home_${pair.repId}`,
      text: plain('Log 1:1'),
      value: pair.repId,
      accessibility_label: `Log 1:1 with ${nameOf(pair.repName, 55)}`,
      ...(waiting ? { style: 'primary' as const } : {}),
    },
  };
}

function ownPart({ own, timeZone, now, habits }: HomeData): KnownBlock[] {
  return own.flatMap((pair) => {
    const manager = inMarkup(firstNameOf(pair.managerName));
    return [
      header('Your one thing'),
      ownThing(pair, manager),
      ...habits
        .filter(({ repId }) => repId === pair.repId)
        .slice(-3)
        .map(({ text }) => section(`*A habit by now:* ${oneLine(text)}`)),
      ...nextOwn(pair, timeZone, now),
      ownFooter(manager),
    ];
  });
}

function ownThing({ commitment }: PairOverview, manager: string): KnownBlock {
  if (commitment === null) {
    return section(`Nothing is open between you and ${manager}. Your next 1:1 brings one thing to try.`);
  }
  return {
    type: 'section',
    text: {
      type: 'mrkdwn',
      text: `*To try by ${dayInWords(commitment.by)}:* ${oneLine(commitment.text)}`,
    },
    accessory: {
      type: 'button',
      action_id: ids.history,
      text: plain('History'),
      value: commitment.logId,
      accessibility_label: 'History: what was saved about your one thing, and when',
    },
  };
}

function nextOwn(pair: PairOverview, zone: string, now: number): KnownBlock[] {
  if (pair.next === null) return pair.pause === null ? [] : [section(nextLine(pair, zone, now))];
  const text =
    `${nextLine(pair, zone, now)} ${pair.next.answered ? 'You have answered the question for it.' : ''}`.trim();
  if (pair.next.dueAt.getTime() <= now) return [section(text)];
  return [
    {
      type: 'section',
      text: { type: 'mrkdwn', text },
      accessory: {
        type: 'button',
        action_id: preparationIds.answer,
        text: plain(pair.next.answered ? 'Change answer' : 'Prepare'),
        value: pair.next.occurrenceId,
      },
    },
  ];
}

const ownFooter = (manager: string): KnownBlock =>
  context(`${manager} sees the same. Other reps see nothing of yours.`);

function workspacePart(endings: Endings): KnownBlock[] {
  const { done, expired, excused, late } = endings;
  const rate = adherence(endings);
  const line =
    rate === undefined
      ? `${done} logged, ${expired} not. Too few for a rate.`
      : `*${Math.round(rate * 100)} %* of the weekly 1:1s that counted were logged: ${done} of ${done + expired}.`;
  return [
    header('The last four weeks'),
    section(line),
    context(
      `Beside them ${excused} excused, which count neither way, and ${late} logged late, which stay missed.`,
    ),
  ];
}

function nextLine({ next, pause }: PairOverview, zone: string, now: number): string {
  if (next === null) {
    return isPaused(pause, toLocal(now, zone).date) && pause !== null
      ? `${pauseInWords(pause)}.`
      : 'No 1:1 is planned.';
  }
  const { date, time } = toLocal(next.dueAt.getTime(), zone);
  const which = next.dueAt.getTime() <= now ? 'Last' : 'Next';
  return `${which} 1:1: ${dayInWords(date)}, ${time}.`;
}

const oneLine = (text: string): string => inMarkup(fitted(inOneLine(text), 300));
