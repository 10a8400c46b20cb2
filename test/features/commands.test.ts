import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { startWorld, userId, type World } from '#test/world.ts';

const team = [
  { name: 'Priya Raman', zone: 'Europe/London', role: 'enablement+admin' },
  { name: 'Adam Stone', zone: 'Europe/London', role: 'admin' },
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Lone Manager', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Samuel Okafor', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Ana Lima', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Other Rep', zone: 'America/Chicago', role: 'rep', manager: 'Lone Manager' },
];

describe.each(oneDatabase)('/coach (%s)', (database) => {
  let world: World;
  let dana: Person;
  beforeAll(async () => {
    const strangers = [{ name: 'Nora New', zone: 'Europe/Berlin' }];
    world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team, strangers });
    dana = world.person('Dana Whitfield');
  });
  afterAll(() => world.close());

  /** What only the person sees, in answer to a command that opens nothing. */
  async function answerTo(person: Person, command: string): Promise<string> {
    const before = person.ephemeral().length;
    expect(await person.run(command)).toEqual({ status: 'done' });
    expect(person.hasModal()).toBe(false);
    const [answer, ...more] = person.ephemeral().slice(before);
    expect(more).toEqual([]);
    return answer?.text ?? '';
  }

  test.each([
    '/coach',
    '/coach help',
    '/coach log',
    '/coach log Sam',
    '/coach log @Sam Rivera',
    '/coach lgo',
  ])('somebody unknown who runs %s learns who can add them', async (command) => {
    const answer = await answerTo(world.person('Nora New'), command);
    expect(answer).toContain('you are not on its list yet');
    expect(answer).toContain(`Ask <@${userId('Adam Stone')}> or <@${userId('Priya Raman')}> to add you.`);
  });

  test.each(['/coach', '/coach help', '/coach HELP', '/coach  help  me'])(
    '%s tells a manager of logging',
    async (command) => {
      const answer = await answerTo(dana, command);
      expect(answer).toContain('`/coach log @name`');
      expect(answer).toContain('`/coach help`');
    },
  );

  test('help tells a rep only of what a rep can do', async () => {
    const answer = await answerTo(world.person('Sam Rivera'), '/coach help');
    expect(answer).toContain('`/coach help`');
    expect(answer).not.toContain('/coach log');
  });

  test.each([
    ['/coach lgo', 'log'],
    ['/coach logg @Sam Rivera', 'log'],
    ['/coach Hlep', 'help'],
  ])('%s is answered with the nearest word', async (command, word) => {
    const [, typed] = command.split(' ');
    const answer = await answerTo(dana, command);
    expect(answer).toContain(`There is no “/coach ${typed}”. Did you mean \`/coach ${word}\`?`);
  });

  test('a word like none is answered without a guess', async () => {
    const answer = await answerTo(dana, '/coach quarterly');
    expect(answer).toContain('There is no “/coach quarterly”. `/coach help` lists what there is.');
  });

  describe('log', () => {
    test('of a mentioned report opens the modal', async () => {
      await dana.run('/coach log @Sam Rivera');
      expect(dana.modal().title).toBe('1:1 with Sam');
      await dana.modal().close();
    });

    test('of a name that only one report has opens the modal, too', async () => {
      await dana.run('/coach log ana');
      expect(dana.modal().title).toBe('1:1 with Ana');
      await dana.modal().close();
    });

    test('alone offers each report as a button, and the button opens the modal', async () => {
      expect(await answerTo(dana, '/coach log')).toBe('Whose 1:1?');
      const offer = dana.ephemeral().at(-1);
      expect(offer?.buttons).toEqual(['Ana Lima', 'Sam Rivera', 'Samuel Okafor']);
      await offer?.press('Samuel Okafor');
      await dana.untilModal((modal) => modal.title === '1:1 with Samuel');
      await dana.modal().close();
    });

    test('of a name that several have offers those', async () => {
      expect(await answerTo(dana, '/coach log sam')).toBe('“sam” is not clear. Whose 1:1?');
      expect(dana.ephemeral().at(-1)?.buttons).toEqual(['Sam Rivera', 'Samuel Okafor']);
    });

    test('of a name that none has offers all, and repeats it as it was typed', async () => {
      expect(await answerTo(dana, '/coach log R&D <bob>')).toBe(
        '“R&amp;D &lt;bob&gt;” is not clear. Whose 1:1?',
      );
      expect(dana.ephemeral().at(-1)?.buttons).toHaveLength(3);
    });

    test('of oneself is explained', async () => {
      expect(await answerTo(dana, '/coach log @Dana Whitfield')).toMatch(/^That is you\./);
    });

    test('of the app itself is explained', async () => {
      expect(await answerTo(dana, `/coach log <@U0SIDELINE|sideline>`)).toMatch(/^That is me/);
    });

    test('of somebody unknown says who can add them', async () => {
      const answer = await answerTo(dana, '/coach log @Nora New');
      expect(answer).toContain(`Sideline does not know <@${userId('Nora New')}>`);
      expect(answer).toContain('an admin or your enablement lead can add them');
    });

    test("of somebody else's report says why not, and who can change it", async () => {
      const answer = await answerTo(dana, '/coach log @Other Rep');
      expect(answer).toContain('Other Rep does not report to you in Sideline');
      expect(answer).toContain('can change the manager');
    });

    test('of anybody by a rep is not theirs', async () => {
      const answer = await answerTo(world.person('Sam Rivera'), '/coach log @Ana Lima');
      expect(answer).toContain('Ana Lima does not report to you');
    });

    test('by somebody without reports says so', async () => {
      expect(await answerTo(world.person('Priya Raman'), '/coach log')).toContain('Nobody reports to you');
    });
  });
});
