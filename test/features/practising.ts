import type { OccurrenceState } from '#domain/occurrence.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { userId, type World } from '#test/world.ts';

/** A manager gives an item of the bank, by its line in the menu. */
export async function give(manager: Person, rep: string, line: string, on?: string) {
  await manager.run(`/coach practice @${rep}`);
  const form = await manager.untilModal();
  await form.choose('What to practise', line);
  await manager.untilModal((one) => one.texts.some((text) => text.startsWith('When: ')));
  if (on !== undefined) await form.pick('First asked on', on);
  return form.submit();
}

/** Opens the look back from the newest card that offers it. */
export async function openLookBack(rep: Person, title: string): Promise<SeenModal> {
  const card = rep
    .dm()
    .toReversed()
    .find((one) => one.buttons.includes('Done, look back') && one.texts.join('\n').includes(title));
  if (card === undefined) throw new Error(`no card of ${rep.name} asks for ${title}`);
  await card.press('Done, look back');
  return rep.untilModal((one) => one.title === 'Look back');
}

export async function lookBack(rep: Person, title: string, how: string): Promise<void> {
  const modal = await openLookBack(rep, title);
  await modal.choose('How did it go?', how);
  const question = modal.labels.at(-1) ?? '';
  await modal.fill(question, 'As it went.');
  const { closed, errors } = await modal.submit();
  if (!closed) throw new Error(JSON.stringify(errors));
}

export interface TimeSeen {
  occurrenceId: string;
  assignmentId: string;
  period: string;
  state: OccurrenceState;
  reason: string | null;
  /** The rep's local date. */
  on: string;
  askedAt: Date | null;
}

/** All times at which a rep was, or is to be, asked to practise, the oldest first. */
export async function practiceTimes(world: World, rep: string): Promise<TimeSeen[]> {
  const { workspaceId } = world.application;
  return world.database.inWorkspace(workspaceId, async (trx) => {
    const rows = await trx
      .selectFrom('occurrence')
      .innerJoin('member', (join) =>
        join
          .onRef('member.workspace_id', '=', 'occurrence.workspace_id')
          .onRef('member.user_id', '=', 'occurrence.asked_id'),
      )
      .selectAll('occurrence')
      .select('member.time_zone')
      .where('occurrence.kind', '=', 'practice')
      .where('occurrence.asked_id', '=', userId(rep))
      .orderBy('occurrence.due_at')
      .orderBy('occurrence.period')
      .execute();
    return rows.map((row) => ({
      occurrenceId: row.occurrence_id,
      assignmentId: row.subject_id ?? '',
      period: row.period,
      state: row.state,
      reason: row.reason,
      on: toLocal(row.due_at.getTime(), row.time_zone).date,
      askedAt: row.asked_at,
    }));
  });
}
