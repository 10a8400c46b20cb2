import type { DutyKind } from '#domain/occurrence.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { userId, type World } from '#test/world.ts';

/** What a manager does to log a 1:1, and what is in the database afterwards. */

export const specific = 'When the buyer names a price, ask what it is compared with.';

export async function openLog(manager: Person, rep: string): Promise<SeenModal> {
  const told = manager.ephemeral().length;
  await manager.run(`/coach log @${rep}`);
  // Whoever logged today already is asked whether that is to be changed instead.
  const offer = await manager.until(() => (manager.hasModal() ? null : manager.ephemeral()[told]));
  if (offer !== null) await offer.press('Log another');
  return manager.untilModal((modal) => modal.title === `1:1 with ${rep.split(' ')[0]}`);
}

export async function fillLog(modal: SeenModal, takeaway: string = specific): Promise<SeenModal> {
  await modal.choose('Mostly about', 'A skill');
  await modal.fill('One thing to try', takeaway);
  return modal;
}

export async function logOnce(manager: Person, rep: string, takeaway: string = specific): Promise<void> {
  const modal = await fillLog(await openLog(manager, rep), takeaway);
  const submitted = await modal.submit();
  if (!submitted.closed) throw new Error(`not logged: ${JSON.stringify(submitted)}`);
}

export function logsAbout(world: World, rep: string) {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('one_on_one_log')
      .selectAll()
      .where('rep_id', '=', userId(rep))
      .orderBy('logged_at')
      // Of what is logged at one moment: the clock of a test stands still.
      .orderBy('view_id')
      .execute(),
  );
}

export function commitmentsOf(world: World, rep: string) {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('commitment')
      .selectAll()
      .where('rep_id', '=', userId(rep))
      .orderBy('made_at')
      .orderBy('state', 'desc')
      .execute(),
  );
}

export function revisionsOf(world: World, logId: string) {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('one_on_one_log_revision')
      .selectAll()
      .where('log_id', '=', logId)
      .orderBy('revision')
      .execute(),
  );
}

export function occurrencesAbout(world: World, rep: string, kind: DutyKind = 'one_on_one') {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('occurrence')
      .selectAll()
      .where('about_id', '=', userId(rep))
      .where('kind', '=', kind)
      .orderBy('due_at')
      .execute(),
  );
}
