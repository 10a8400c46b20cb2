import { certificationCoverage } from '#domain/coverage.ts';
import { certificationStandings } from '#storage/certification-standings.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { userId, type World } from '#test/world.ts';

/** What a manager does to certify, and what is in the database afterwards. */

export async function openCertify(manager: Person, rep: string): Promise<SeenModal> {
  await manager.run(`/coach certify @${rep}`);
  return manager.untilModal((modal) => modal.title.startsWith('Certify '));
}

export const words: Record<number, string> = {
  10: '10: strong',
  9: '9: strong',
  8: '8: strong',
  7: '7: foundation',
  4: '4: new',
};

export async function rate(modal: SeenModal, teach: number, tailor: number, control: number): Promise<void> {
  await modal.choose('Teach, on the whole', words[teach] ?? '');
  await modal.choose('Tailor, on the whole', words[tailor] ?? '');
  await modal.choose('Take Control, on the whole', words[control] ?? '');
}

/** What the modal says after it was sent in. */
export async function certifyAs(
  manager: Person,
  rep: string,
  scores: readonly [number, number, number],
): Promise<string> {
  const modal = await openCertify(manager, rep);
  await rate(modal, ...scores);
  const sent = await modal.submit();
  if (sent.status !== 'updated') throw new Error(`not saved: ${JSON.stringify(sent)}`);
  const said = manager.modal().texts.join('\n');
  await manager.modal().close();
  return said;
}

export const toldOnHome = async (person: Person, part: string): Promise<string> => {
  person.openHome();
  const home = await person.untilHome((one) => one.texts.join('\n').includes(part));
  return home.texts.join('\n');
};

export function certificationsAbout(world: World, rep: string) {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('certification')
      .selectAll()
      .where('rep_id', '=', userId(rep))
      .orderBy('judged_at')
      .execute(),
  );
}

export async function coverageAt(world: World, at: string) {
  const standings = await world.database.inWorkspace('T0WORLD', (trx) =>
    certificationStandings(trx, 'T0WORLD', new Date(at)),
  );
  const { ofEnrolled, ofEligible } = certificationCoverage(standings);
  const of = ({ total, apart }: typeof ofEnrolled) =>
    `${total.part}/${total.whole}${apart.whole === 0 ? '' : ` and ${apart.part}/${apart.whole}`}`;
  return `${of(ofEnrolled)} enrolled, ${of(ofEligible)} eligible`;
}

/** What people pressed so far; typing and choosing is counted apart. */
export const pressesIn = (world: World): number =>
  world.slack.calls.list().filter(({ method }) => ['block_actions', 'view_submission'].includes(method))
    .length;
