import type { KnownBlock } from '@slack/web-api';
import { practiceItem } from '#domain/practice/items.ts';
import { toLocal } from '#domain/time/zone.ts';
import { openPlansOf } from '#storage/call-plans.ts';
import { lastDebriefsOf, observedCallsOf } from '#storage/debriefs.ts';
import { writtenBy } from '#storage/observed-call-home.ts';
import { repsOf } from '#storage/reporting.ts';
import { header } from '../blocks.ts';
import { dayInWords } from '../dates.ts';
import { type HomePart, type HomeRequest, isWhole, seenHere } from '../home/part.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inMarkup, inOneLine, nameOf } from '../text.ts';
import { ids } from './view.ts';
import { accountOf } from './words.ts';

/** A rep's last moment to replay and what follows it; a manager's reps without a live call, and what they wrote. */
export const observedCallHome: HomePart = async (request) => ({
  own: await ownPart(request),
  // What a manager's team still needs is for that manager alone.
  team: request.viewerId === undefined ? await teamPart(request) : [],
});

async function ownPart(request: HomeRequest): Promise<KnownBlock[]> {
  const { trx, workspaceId, person, now } = request;
  if (!person.roles.includes('rep') || !isWhole(await seenHere(request, 'conversation'))) return [];
  const last = (await lastDebriefsOf(trx, workspaceId, [person.id])).get(person.id);
  if (last === undefined) return [];
  const { date: today } = toLocal(now, person.timeZone);
  const plans = await openPlansOf(trx, workspaceId, [person.id]);
  const ahead = plans.find(({ state, callOn }) => state === 'planned' && callOn >= today);
  const item = last.practiceItemId === null ? undefined : practiceItem(last.practiceItemId);
  const chain: Part[] = [
    ...(item === undefined ? [] : [{ bold: '\nTo practise: ' }, fitted(inOneLine(item.title), 150)]),
    { bold: '\nNext time somebody listens: ' },
    ahead === undefined
      ? last.followUpOn !== null && last.followUpOn >= today
        ? `you look at it again on ${dayInWords(last.followUpOn)}.`
        : 'not planned yet.'
      : `${dayInWords(ahead.callOn)}, ${accountOf(ahead.account, 80)}.`,
  ];
  return [
    header('Your last call'),
    richText(
      { bold: `${accountOf(last.account, 80)}, ${dayInWords(last.heldOn)}. To replay: ` },
      fitted(inOneLine(last.moment), 400),
      ...chain,
    ),
  ];
}

const namesShown = 20;
const writtenShown = 4;
const fourWeeks = 28 * 24 * 60 * 60_000;

async function teamPart({ trx, workspaceId, person, now }: HomeRequest): Promise<KnownBlock[]> {
  const reps = await repsOf(trx, workspaceId, person.id);
  const written = await writtenBy(trx, workspaceId, person.id, writtenShown, new Date(now - fourWeeks));
  if (reps.length === 0 && written.length === 0) return [];
  const month = toLocal(now, person.timeZone).date.slice(0, 7);
  const calls = await observedCallsOf(trx, workspaceId, month);
  const live = new Set(calls.filter(({ followed }) => followed === 'live').map(({ repId }) => repId));
  const without = reps.filter(({ id }) => !live.has(id));
  const plans = await openPlansOf(
    trx,
    workspaceId,
    without.map(({ id }) => id),
  );
  const planned = new Map(
    plans.filter(({ state }) => state === 'planned').map(({ repId, callOn }) => [repId, callOn]),
  );
  const names = without.slice(0, namesShown).map(({ id, name }) => {
    const on = planned.get(id);
    return on === undefined ? nameOf(name, 40) : `${nameOf(name, 40)} (planned for ${dayInWords(on)})`;
  });
  const more = without.length > namesShown ? ` and ${without.length - namesShown} more` : '';
  return [
    header('Calls you listen to'),
    ...(reps.length === 0
      ? []
      : [
          richText(
            without.length === 0
              ? `You have listened to a live call of everybody this month.`
              : `No live call yet this month: ${names.join(', ')}${more}.`,
          ),
        ]),
    ...written.map(
      ({ debriefId, repName, account, heldOn, answered }): KnownBlock => ({
        type: 'section',
        text: {
          type: 'mrkdwn',
          text: `*${inMarkup(firstNameOf(repName))}*, ${inMarkup(accountOf(account, 80))}, ${dayInWords(heldOn)}${answered ? '; answered' : ''}`,
        },
        accessory: {
          type: 'button',
          action_id: `${ids.change}:home_${debriefId}`,
          text: plain('Change'),
          value: debriefId,
          accessibility_label: `Change what you wrote after ${nameOf(repName, 40)}'s call`,
        },
      }),
    ),
  ];
}
