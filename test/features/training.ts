import { baselineItems } from '#domain/baseline.ts';
import type { Person } from '#test/person.ts';
import type { SeenMessage } from '#test/person-surfaces.ts';
import type { SeenModal } from '#test/person-views.ts';
import { userId, type World } from '#test/world.ts';

/** What enablement, reps and managers do about a training, and what is in the database afterwards. */

export const team = [
  { name: 'Ellen Park', zone: 'America/New_York', role: 'enablement' },
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Priya Nair', zone: 'Europe/London', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Los_Angeles', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Kim Osei', zone: 'America/New_York', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Noor Haddad', zone: 'Europe/Berlin', role: 'rep', manager: 'Priya Nair' },
];

/** Opens the list, and the form for a new programme on top of it. */
export async function openNew(lead: Person): Promise<SeenModal> {
  await lead.run('/coach programme');
  // The light modal, which comes first where the data takes long, has the title already.
  const list = await lead.untilModal((modal) => modal.buttons.includes('New programme'));
  await list.press('New programme');
  return lead.untilModal((modal) => modal.title === 'New programme');
}

export async function fillProgramme(
  modal: SeenModal,
  what: { name?: string; sessionOn: string; reps?: string[] },
): Promise<void> {
  await modal.fill('Name', what.name ?? 'Winning Teach');
  await modal.pick('Session', what.sessionOn);
  if (what.reps !== undefined) await modal.choose('Reps', ...what.reps);
}

/** Two presses on Save: one to see what it will bring, one to do it. */
export async function makeProgramme(
  lead: Person,
  what: { name?: string; sessionOn: string; reps?: string[] },
): Promise<void> {
  const modal = await openNew(lead);
  await fillProgramme(modal, what);
  const previewed = await modal.submit();
  if (previewed.status !== 'updated') throw new Error(`no preview: ${JSON.stringify(previewed)}`);
  const saved = await modal.submit();
  if (!saved.closed) throw new Error(`not saved: ${JSON.stringify(saved)}`);
  await lead.modal().close();
}

/** The list, and in it the programme. */
export async function openProgramme(lead: Person, name = 'Winning Teach'): Promise<SeenModal> {
  await lead.run('/coach programme');
  const list = await lead.untilModal((modal) => modal.title === 'Programmes');
  await list.press('Open');
  return lead.untilModal((modal) => modal.title === name);
}

export async function fillBaseline(modal: SeenModal, numbers: readonly number[]): Promise<void> {
  for (const [index, number] of numbers.entries()) {
    const label = modal.labels.find((one) => one.startsWith(`${index + 1}. `));
    const choice = modal.choices(label ?? '')[number - 1];
    await modal.choose(label ?? '', choice ?? '');
  }
  if (numbers.length !== baselineItems.length) throw new Error('ten numbers, please');
}

/** Presses a button of the newest message that has it. */
export async function pressOnCard(person: Person, label: string): Promise<SeenModal> {
  const card = cardWith(person, label);
  if (card === undefined) throw new Error(`no card with ${label}: ${linesOf(person)}`);
  await card.press(label);
  return person.untilModal();
}

export const cardWith = (person: Person, label: string): SeenMessage | undefined =>
  person.dm().findLast(({ buttons }) => buttons.includes(label));

export const linesOf = (person: Person): string =>
  person
    .dm()
    .flatMap(({ texts }) => texts)
    .join('\n');

/** A rep's answer, the same for every pillar. */
export async function lookBack(rep: Person, answer: string): Promise<void> {
  const modal = await pressOnCard(rep, 'Look back');
  for (const label of ['Teach', 'Tailor', 'Take Control']) await modal.choose(label, answer);
  const saved = await modal.submit();
  if (!saved.closed) throw new Error(`not saved: ${JSON.stringify(saved)}`);
}

export function checkInOccurrences(world: World, rep: string) {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('occurrence')
      .selectAll()
      .where('kind', '=', 'check_in')
      .where('about_id', '=', userId(rep))
      .orderBy('due_at')
      .execute(),
  );
}

/** "D2 done, D7 due" */
export async function standing(world: World, rep: string): Promise<string> {
  const all = await checkInOccurrences(world, rep);
  return all.map(({ period, state }) => `${period} ${state}`).join(', ');
}

export function checkInsAbout(world: World, rep: string) {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('check_in')
      .innerJoin('enrolment', 'enrolment.enrolment_id', 'check_in.enrolment_id')
      .selectAll('check_in')
      .where('enrolment.rep_id', '=', userId(rep))
      .orderBy('check_in.day')
      .orderBy('check_in.side')
      .execute(),
  );
}
