import type { KnownBlock } from '@slack/web-api';
import { adherence, type Endings } from '#domain/adherence.ts';
import type { Role } from '#domain/people.ts';
import { toLocal } from '#domain/time/zone.ts';
import { endingsSince, type PairOverview, pairsOf } from '#storage/home.ts';
import { dayInWords } from '../dates.ts';
import type { HomePart } from '../home/part.ts';
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
}

const fourWeeks = 28 * 24 * 60 * 60_000;

/** The weekly 1:1 on Home: for whoever has reports, for a rep, for enablement, or for all of them at once. */
export const oneOnOneHome: HomePart = async ({ trx, workspaceId, person, now }) => {
  const { id, roles, timeZone } = person;
  const reports = await pairsOf(trx, workspaceId, { managerId: id });
  const own = await pairsOf(trx, workspaceId, { repId: id });
  const data = { roles, timeZone, now, reports, own };
  const leads = roles.includes('enablement');
  return {
    own: ownPart(data),
    team: reportsPart(data),
    workspace: leads ? workspacePart(await endingsSince(trx, workspaceId, new Date(now - fourWeeks))) : [],
  };
};

const reportsShown = 30;

function reportsPart({ reports, timeZone, now, roles }: HomeData): KnownBlock[] {
  if (reports.length === 0 && !roles.includes('manager')) return [];
  if (reports.length === 0) {
    return [
      header('Your team'),
      section('Nobody reports to you here yet. An admin or your enablement lead adds them.'),
    ];
  }
  const hidden = reports.length - reportsShown;
  // What waits for the manager comes first; the rest stays in the order of names.
  const inOrder = reports.toSorted(
    (one, other) => Number(isWaiting(other, now)) - Number(isWaiting(one, now)),
  );
  return [
    header('Your team'),
    ...inOrder.slice(0, reportsShown).map((pair) => reportBlock(pair, timeZone, now)),
    context(
      `${hidden > 0 ? `${hidden} more: use \`/coach log @name\`. ` : ''}Your reps see their one thing and its date, never a private note.`,
    ),
  ];
}

const isWaiting = ({ next }: PairOverview, now: number): boolean =>
  next !== null && next.dueAt.getTime() <= now;

function reportBlock(pair: PairOverview, zone: string, now: number): KnownBlock {
  const waiting = isWaiting(pair, now);
  const lines = [
    `*${inMarkup(nameOf(pair.repName))}*`,
    waiting ? 'The last 1:1 is not logged yet.' : nextLine(pair, zone),
    pair.commitment === null
      ? 'Nothing to try is open.'
      : `Trying by ${dayInWords(pair.commitment.by)}: ${oneLine(pair.commitment.text)}`,
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

function ownPart({ own, timeZone, now }: HomeData): KnownBlock[] {
  return own.flatMap((pair) => {
    const manager = inMarkup(firstNameOf(pair.managerName));
    const text =
      pair.commitment === null
        ? `Nothing is open between you and ${manager}. Your next 1:1 brings one thing to try.`
        : `*To try by ${dayInWords(pair.commitment.by)}:* ${oneLine(pair.commitment.text)}`;
    return [header('Your one thing'), section(text), ...nextOwn(pair, timeZone, now), ownFooter(manager)];
  });
}

function nextOwn(pair: PairOverview, zone: string, now: number): KnownBlock[] {
  if (pair.next === null) return [];
  const text =
    `${nextLine(pair, zone)} ${pair.next.answered ? 'You have answered the question for it.' : ''}`.trim();
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

function nextLine({ next }: PairOverview, zone: string): string {
  if (next === null) return 'No 1:1 is planned.';
  const { date, time } = toLocal(next.dueAt.getTime(), zone);
  return `Next 1:1: ${dayInWords(date)}, ${time}.`;
}

const oneLine = (text: string): string => inMarkup(fitted(inOneLine(text), 300));
const header = (text: string): KnownBlock => ({ type: 'header', text: plain(text) });
const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });
const context = (text: string): KnownBlock => ({ type: 'context', elements: [{ type: 'mrkdwn', text }] });
