import { access } from '#domain/access.ts';
import type { PublicHoliday } from '#domain/holidays.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { holidaysFrom } from '#domain/working-time.ts';
import { noteAccess } from '#storage/access-records.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, listMembers, type Member, workingTimeOf } from '#storage/members.ts';
import { deliveriesUpTo, dutiesNotAsked, type NamedDuty, nextDeliveryTo } from '#storage/person-ledger.ts';
import { relationsToAll } from '#storage/relations.ts';
import type { AppContext } from '../context.ts';
import { type DecidedDelivery, decidedDelivery } from './decided-delivery.ts';
import { type DecidedDuty, decideAboutDuties } from './decided-duties.ts';
import { denied } from './denials.ts';
import { accessTo } from './may.ts';
import { isNothingSent, type Standing, standingReasons } from './standing-reasons.ts';

export type Decided = DecidedDelivery | DecidedDuty;

/** Why somebody did or did not get their messages. */
export interface MessagesExplained {
  person: Pick<Member, 'id' | 'name' | 'timeZone'>;
  /** Why nothing comes at present, or comes later; empty where nothing stands in the way. */
  standing: Standing[];
  /** What is planned next, unless nothing is sent to them at all. */
  next: { kind: 'card' | 'prompt' | 'digest'; at: Date; duties: NamedDuty[]; notes: number } | undefined;
  /** Days of the coming week on which they would work otherwise; none where nothing is sent at all. */
  holidays: PublicHoliday[];
  /** The latest first. */
  decisions: Decided[];
  /** There are more than were asked for. */
  more: boolean;
}

export type NotExplained =
  | { kind: 'you_are_unknown' }
  | { kind: 'unknown' }
  | { kind: 'not_yours'; personName: string };

type Means = Pick<AppContext, 'clock' | 'database'>;

/** For somebody who asks about themselves, or about a person whose messages they may look up. */
export async function explainMessagesTo(
  context: Means,
  workspaceId: string,
  viewerId: string,
  asked: { personId: string; most: number },
): Promise<Result<MessagesExplained, NotExplained>> {
  return context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<MessagesExplained, NotExplained>> => {
      if ((await findMember(trx, workspaceId, viewerId)) === undefined)
        return refused({ kind: 'you_are_unknown' });
      const person = await findMember(trx, workspaceId, asked.personId);
      if (person === undefined) return refused({ kind: 'unknown' });
      // A guest is nothing to anybody, and should learn just that about their own messages.
      const asking = { workspaceId, viewerId, subjectId: person.id };
      if (person.id !== viewerId && (await accessTo(trx, asking, 'ledger')) === 'none')
        return denied({ kind: 'not_yours', personName: person.name }, person.id);
      const personIds = [person.id];
      const now = context.clock.now();
      await noteAccess(trx, workspaceId, { viewerId, personIds, resource: 'messages', how: 'list', now });
      return done(await explainIn(trx, context, workspaceId, person, asked.most));
    },
  );
}

/** For an operator, who sees the whole database: by Slack id or e-mail address. */
export async function explainMessagesOf(
  context: Means,
  workspaceId: string,
  named: string,
  most: number,
): Promise<MessagesExplained | undefined> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const email = named.toLowerCase();
    const members = await listMembers(trx, workspaceId);
    const person = members.find((one) => one.id === named || one.email?.toLowerCase() === email);
    return person && explainIn(trx, context, workspaceId, person, most);
  });
}

/** Whose messages somebody may look up, by name, themselves among them; undefined for somebody unknown. */
export async function findExplainable(
  context: Pick<AppContext, 'database'>,
  workspaceId: string,
  viewerId: string,
): Promise<{ id: string; name: string }[] | undefined> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const members = await listMembers(trx, workspaceId);
    if (!members.some(({ id }) => id === viewerId)) return undefined;
    const relations = await relationsToAll(
      trx,
      workspaceId,
      viewerId,
      members.map(({ id }) => id),
    );
    return members
      .filter(({ id }) => access(relations.get(id) ?? [], 'ledger') !== 'none')
      .map(({ id, name }) => ({ id, name }));
  });
}

async function explainIn(
  trx: Trx,
  { clock }: Means,
  workspaceId: string,
  person: Member,
  most: number,
): Promise<MessagesExplained> {
  const now = new Date(clock.now());
  const machineNow = clock.machineNow();
  const workingTime = workingTimeOf(person);
  // One more than are shown, to know whether there are more.
  const deliveries = await deliveriesUpTo(trx, workspaceId, person.id, now, most + 1);
  const duties = await dutiesNotAsked(trx, workspaceId, person.id, { since: lookBack(now), now }, most + 1);
  const decisions = [
    ...deliveries.map((one) => decidedDelivery(one, machineNow, workingTime)),
    ...(await decideAboutDuties(trx, workspaceId, person, duties, now)),
  ].toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const standing = await standingReasons(trx, workspaceId, person, { now, machineNow });
  const next = isNothingSent(standing) ? undefined : await nextDeliveryTo(trx, workspaceId, person.id, now);
  const today = toLocal(now.getTime(), person.timeZone).date;
  return {
    person: { id: person.id, name: person.name, timeZone: person.timeZone },
    standing,
    next: next && { kind: next.kind, at: next.dueAt, duties: next.duties, notes: next.notes },
    holidays: isNothingSent(standing) ? [] : holidaysFrom(workingTime, addDays(today, 1), 7),
    decisions: decisions.slice(0, most),
    more: decisions.length > most,
  };
}

const day = 24 * 60 * 60_000;
const lookBack = (now: Date): Date => new Date(now.getTime() - 90 * day);
