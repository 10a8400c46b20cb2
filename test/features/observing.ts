import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { userId, type World } from '#test/world.ts';

/** What people do around a call that is listened to, and what is in the database afterwards. */

export interface Written {
  Account: string;
  'How did you follow it?': 'Live' | 'Recording';
  'What worked, and why?': string;
  'One moment to replay': string;
  Teach: string;
  Tailor: string;
  'Take Control': string;
}

export const written: Written = {
  Account: 'Acme',
  'How did you follow it?': 'Live',
  'What worked, and why?': 'The number came first, so the buyer did the sum aloud.',
  'One moment to replay': 'At minute 12 the price came up. Ask what it is compared with.',
  Teach: 'Unasked',
  Tailor: 'When reminded',
  'Take Control': 'No chance',
};

const chosen: readonly (keyof Written)[] = ['How did you follow it?', 'Teach', 'Tailor', 'Take Control'];

export async function fillDebrief(modal: SeenModal, other: Partial<Written> = {}): Promise<SeenModal> {
  const all = { ...written, ...other };
  for (const [label, value] of Object.entries(all) as [keyof Written, string][]) {
    if (chosen.includes(label)) await modal.choose(label, value);
    else await modal.fill(label, value);
  }
  return modal;
}

export async function openObserve(manager: Person, rep: string): Promise<SeenModal> {
  await manager.run(`/coach observe @${rep}`);
  return manager.untilModal((modal) => modal.title.startsWith('After '));
}

export async function shareOnce(manager: Person, rep: string, other: Partial<Written> = {}): Promise<void> {
  const modal = await fillDebrief(await openObserve(manager, rep), other);
  const submitted = await modal.submit();
  if (!submitted.closed) throw new Error(`not shared: ${JSON.stringify(submitted)}`);
}

/** The form with all its fields. */
export async function withMore(person: Person, modal: SeenModal): Promise<SeenModal> {
  await modal.press('More');
  return person.untilModal((one) => one.labels.includes('Private note'));
}

export function debriefsAbout(world: World, rep: string) {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx.selectFrom('debrief').selectAll().where('rep_id', '=', userId(rep)).orderBy('logged_at').execute(),
  );
}

export function sightingsAbout(world: World, rep: string) {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('sighting')
      .selectAll()
      .where('rep_id', '=', userId(rep))
      .orderBy('held_on')
      .orderBy('pillar')
      .execute(),
  );
}

export function observationsAbout(world: World, rep: string) {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('occurrence')
      .selectAll()
      .where('about_id', '=', userId(rep))
      .where('kind', '=', 'observed_call')
      .orderBy('due_at')
      .execute(),
  );
}

export function plansAbout(world: World, rep: string) {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('call_plan')
      .selectAll()
      .where('rep_id', '=', userId(rep))
      // The clock of a test stands still: what is made at one moment has an order, too.
      .orderBy('made_at')
      .orderBy('call_on')
      .execute(),
  );
}

export function debriefRevisions(world: World, debriefId: string) {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('record_revision')
      .selectAll()
      .where('record_kind', '=', 'debrief')
      .where('record_id', '=', debriefId)
      .orderBy('revision')
      .execute(),
  );
}
