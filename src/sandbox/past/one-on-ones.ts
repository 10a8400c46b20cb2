import type { Evidence, Outcome } from '#domain/one-on-one.ts';
import { occurrencesBetween, type Rule } from '#domain/recurrence.ts';
import { toLocal } from '#domain/time/zone.ts';
import { logOneOnOne } from '#services/log-one-on-one.ts';
import { openOneOnOne } from '#services/open-one-on-one.ts';
import { prepareOneOnOne } from '#services/prepare-one-on-one.ts';
import { pairsOf } from '#storage/home.ts';
import type { Application } from '../../application.ts';
import type { Chance } from '../chance.ts';
import {
  dealTakeaways,
  privateNotes,
  reflections,
  samsLastTakeaway,
  samsReflection,
  takeaways,
} from '../conversations.ts';
import { dana, jonas, sam, type TeamMember, team } from '../team.ts';
import { type Deed, day, hour, type PastTeam, pastView, week } from './deed.ts';

async function prepareAsRep(
  { context, workspaceId }: Application,
  repId: string,
  chance: Chance,
  isLastOfSam: boolean,
): Promise<void> {
  const [pair] = await context.database.inWorkspace(workspaceId, (trx) =>
    pairsOf(trx, workspaceId, { repId }),
  );
  const occurrenceId = pair?.next?.occurrenceId;
  if (occurrenceId === undefined) return;
  const answer = isLastOfSam ? samsReflection : chance.pick(reflections);
  await prepareOneOnOne(context, workspaceId, { repId, occurrenceId, answer });
}

/** The 1:1 that waits to be logged, as its prompt names it. */
async function waitingOccurrence(
  { context, workspaceId }: Application,
  pair: { managerId: string; repId: string },
): Promise<string | undefined> {
  const opened = await openOneOnOne(context, workspaceId, pair.managerId, pair.repId);
  return opened.ok ? opened.value.occurrenceId : undefined;
}

async function logAsManager(
  { context, workspaceId }: Application,
  pair: { managerId: string; repId: string },
  chance: Chance,
  { weeksAgo, before, late }: { weeksAgo: number; before: boolean; late?: string | undefined },
): Promise<void> {
  const opened = await openOneOnOne(context, workspaceId, pair.managerId, pair.repId);
  if (!opened.ok) return;
  const { commitment, occurrenceId, today, by } = opened.value;
  const about = !before && chance.happens(0.25) ? 'deal' : 'skill';
  await logOneOnOne(context, workspaceId, {
    viewId: pastView(),
    ...pair,
    occurrenceId: late ?? occurrenceId,
    heldOn: today,
    about,
    takeaway: before ? samsLastTakeaway : chance.pick(about === 'deal' ? dealTakeaways : takeaways),
    keep: false,
    by,
    last:
      commitment === undefined ? undefined : { commitmentId: commitment.id, ...howItWent(chance, weeksAgo) },
    privateNote: chance.happens(0.15) ? chance.pick(privateNotes) : undefined,
    insisted: false,
  });
}

/** Over the months it happens more often without a reminder. */
function howItWent(chance: Chance, weeksAgo: number): { outcome: Outcome; evidence: Evidence } {
  const unasked = Math.max(0.15, 0.5 - weeksAgo * 0.02);
  const outcome: Outcome = chance.happens(unasked)
    ? 'unasked'
    : chance.pick(['reminded', 'reminded', 'not_this_time', 'no_chance']);
  return { outcome, evidence: chance.pick(['saw', 'heard', 'told']) };
}

/** The weekly 1:1s: prepared by some, logged by most, and some of them late. */
export function oneOnOneDeeds({ application, chance, begins, ends }: PastTeam): Deed[] {
  const deeds: Deed[] = [];
  for (const rep of team) {
    const zone = team.find(({ id }) => id === rep.manager)?.zone ?? 'UTC';
    if (rep.slot === undefined || rep.manager === undefined) continue;
    for (const due of slotsOf(rep, zone, { begins, ends })) {
      const pair = { managerId: rep.manager, repId: rep.id };
      const isLast = rep.id === sam && due > ends - day;
      if (isLast || chance.happens(0.6)) {
        deeds.push({ at: due - 6 * hour, run: () => prepareAsRep(application, rep.id, chance, isLast) });
      }
      if (isLast) continue;
      const weeksAgo = (ends - due) / week;
      if (!chance.happens(diligence(rep.manager))) {
        if (chance.happens(0.3)) deeds.push(...lateLog(application, pair, chance, { due, weeksAgo }));
        continue;
      }
      const before = rep.id === sam && due > ends - 8 * day;
      deeds.push({
        at: due + chance.between(40, 180) * 60_000,
        run: () => logAsManager(application, pair, chance, { weeksAgo, before }),
      });
    }
  }
  return deeds;
}

/** Some are written down only after the next has fallen due. */
function lateLog(
  application: Application,
  pair: { managerId: string; repId: string },
  chance: Chance,
  { due, weeksAgo }: { due: number; weeksAgo: number },
): Deed[] {
  let late: string | undefined;
  return [
    {
      at: due + hour,
      run: async () => {
        late = await waitingOccurrence(application, pair);
      },
    },
    {
      at: due + week + 30 * 60_000,
      run: () => logAsManager(application, pair, chance, { weeksAgo, before: false, late }),
    },
  ];
}

/** Not every 1:1 gets logged, and a new manager has yet to find the habit. */
const diligence = (managerId: string): number =>
  managerId === dana ? 0.92 : managerId === jonas ? 0.6 : 0.82;

/** When the pair met, by the rule its cadence has. */
function slotsOf(
  { slot }: TeamMember,
  zone: string,
  { begins, ends }: Pick<PastTeam, 'begins' | 'ends'>,
): number[] {
  if (slot === undefined) return [];
  const rule: Rule = {
    kind: 'weekly',
    weekday: slot.weekday,
    time: slot.time,
    interval: slot.everyWeeks,
    anchor: toLocal(begins, zone).date,
  };
  return occurrencesBetween(rule, zone, begins, ends - 1).map((one) => one.due);
}
