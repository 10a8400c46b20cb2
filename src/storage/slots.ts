import type { Rule } from '#domain/recurrence.ts';
import type { Pause, WeeklyRule } from '#domain/slot.ts';
import type { Upcoming } from './cadences.ts';
import type { Trx } from './database.ts';

/** The slot of a pair's 1:1s, as it stands. */
export interface PairSlot {
  cadenceId: string;
  repId: string;
  repName: string;
  rule: WeeklyRule;
  /** Somebody chose it; otherwise it is the workspace's. */
  isSet: boolean;
  pause: Pause | null;
}

/** The current slots of a manager's pairs with reps who are still there, by the rep's name. */
export async function slotsOf(trx: Trx, workspaceId: string, managerId: string): Promise<PairSlot[]> {
  const rows = await trx
    .selectFrom('cadence')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'cadence.workspace_id')
        .onRef('member.user_id', '=', 'cadence.about_id'),
    )
    .select([
      'cadence.cadence_id',
      'cadence.about_id',
      'cadence.rule',
      'cadence.slot_set_at',
      'cadence.paused_at',
      'cadence.paused_until',
      'member.name',
    ])
    .where('cadence.workspace_id', '=', workspaceId)
    .where('cadence.kind', '=', 'one_on_one')
    .where('cadence.asked_id', '=', managerId)
    .where('cadence.ended_at', 'is', null)
    .where('member.status', '=', 'active')
    .orderBy('member.name')
    .orderBy('cadence.about_id')
    .execute();
  return rows.map((row) => ({
    cadenceId: row.cadence_id,
    repId: row.about_id,
    repName: row.name,
    rule: weekly(row.rule),
    isSet: row.slot_set_at !== null,
    pause: row.paused_at === null ? null : { until: row.paused_until },
  }));
}

function weekly(rule: Rule | null): WeeklyRule {
  if (rule?.kind !== 'weekly') throw new Error('a 1:1 without a weekly rule');
  return rule;
}

/**
 * Locked: whoever changes a pair's slot, or logs its 1:1, takes turns. In one order, so that two who save at once never
 * wait for each other.
 */
export async function lockPairCadences(
  trx: Trx,
  workspaceId: string,
  managerId: string,
  repIds: readonly string[],
): Promise<void> {
  if (repIds.length === 0) return;
  await trx
    .selectFrom('cadence')
    .select('cadence_id')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'one_on_one')
    .where('asked_id', '=', managerId)
    .where('about_id', 'in', [...repIds])
    .where('ended_at', 'is', null)
    .orderBy('cadence_id')
    .forUpdate()
    .execute();
}

export interface SlotChange {
  rule: WeeklyRule;
  setAt: Date;
  pause: (Pause & { at: Date }) | null;
  /** Undefined where nothing is planned for now. */
  next: Upcoming | undefined;
}

export async function changeSlot(
  trx: Trx,
  workspaceId: string,
  cadenceId: string,
  { rule, setAt, pause, next }: SlotChange,
): Promise<void> {
  await trx
    .updateTable('cadence')
    .set({
      rule: JSON.stringify(rule),
      slot_set_at: setAt,
      paused_at: pause?.at ?? null,
      paused_until: pause?.until ?? null,
      next_period: next?.period ?? null,
      next_due_at: next?.dueAt ?? null,
      plan_at: next?.planAt ?? null,
    })
    .where('workspace_id', '=', workspaceId)
    .where('cadence_id', '=', cadenceId)
    .execute();
}

/** The slot is meant as it is: it was shown, and saved unchanged. */
export async function confirmSlots(
  trx: Trx,
  workspaceId: string,
  cadenceIds: string[],
  at: Date,
): Promise<void> {
  if (cadenceIds.length === 0) return;
  await trx
    .updateTable('cadence')
    .set({ slot_set_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('cadence_id', 'in', cadenceIds)
    .where('slot_set_at', 'is', null)
    .execute();
}

/** 1:1s of a pair that are still open, the earliest first. */
export async function openOccurrencesOfPair(
  trx: Trx,
  workspaceId: string,
  pair: { managerId: string; repId: string },
): Promise<{ id: string; dueAt: Date; closesAt: Date }[]> {
  const rows = await trx
    .selectFrom('occurrence')
    .select(['occurrence_id', 'due_at', 'closes_at'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'one_on_one')
    .where('asked_id', '=', pair.managerId)
    .where('about_id', '=', pair.repId)
    .where('state', 'in', ['planned', 'due'])
    .orderBy('due_at')
    .execute();
  return rows.map((row) => ({ id: row.occurrence_id, dueAt: row.due_at, closesAt: row.closes_at }));
}

export async function setClosing(
  trx: Trx,
  workspaceId: string,
  occurrenceId: string,
  closesAt: Date,
): Promise<void> {
  await trx
    .updateTable('occurrence')
    .set({ closes_at: closesAt })
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', '=', occurrenceId)
    .where('state', 'in', ['planned', 'due'])
    .execute();
}

/**
 * Managers for whom 1:1s are planned, none of whose pairs has a slot of its own, and who have not been offered one;
 * with the next 1:1 of each.
 */
export async function managersToOfferSlots(
  trx: Trx,
  workspaceId: string,
): Promise<{ managerId: string; nextDueAt: Date }[]> {
  const rows = await trx
    .selectFrom('cadence')
    .select(({ fn }) => [
      'asked_id',
      fn.min('next_due_at').as('next_due_at'),
      fn.max('slot_set_at').as('slot_set_at'),
    ])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'one_on_one')
    .where('ended_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('card_note')
            .select('note_id')
            .where('card_note.workspace_id', '=', workspaceId)
            .where('card_note.kind', '=', 'set_slots')
            .whereRef('card_note.receiver_id', '=', 'cadence.asked_id'),
        ),
      ),
    )
    .groupBy('asked_id')
    .execute();
  return rows.flatMap((row) =>
    row.slot_set_at === null && row.next_due_at !== null
      ? [{ managerId: row.asked_id, nextDueAt: row.next_due_at }]
      : [],
  );
}
