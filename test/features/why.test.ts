import { afterEach, describe, expect, test } from 'vitest';
import { pauseWorkspace } from '#services/pause-workspace.ts';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { type FaultySlack, startFaultySlack } from '#test/slack/faulty-slack.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { refusals } from './inert.ts';

const team = [
  { name: 'Ellen Park', zone: 'Europe/London', role: 'enablement' },
  { name: 'Ade Obi', zone: 'Europe/London', role: 'admin' },
  { name: 'Vera Holm', zone: 'America/New_York', role: 'manager' },
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager', manager: 'Vera Holm' },
  { name: 'Sam Rivera', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Ana Lima', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
];
const strangers = [{ name: 'Nora New', zone: 'Europe/Berlin' }];

let world: World;
let faulty: FaultySlack | undefined;
afterEach(async () => {
  await world.close();
  await faulty?.close();
  faulty = undefined;
});

/** Monday 2 March 2026, before work. */
async function start(options: Partial<Parameters<typeof startWorld>[0]> = {}) {
  world = await startWorld({ now: '2026-03-02T11:00:00Z', team, strangers, ...options });
  return {
    dana: world.person('Dana Whitfield'),
    sam: world.person('Sam Rivera'),
    ellen: world.person('Ellen Park'),
  };
}

async function ask(person: Person, typed = ''): Promise<SeenModal> {
  await person.run(`/coach why ${typed}`.trim());
  return person.untilModal((modal) => modal.title === 'Why this message?');
}

const read = (modal: SeenModal): string => modal.texts.join('\n');

async function answer(person: Person, typed: string): Promise<string> {
  const before = person.ephemeral().length;
  await person.run(typed);
  return (await person.until(() => person.ephemeral()[before])).text;
}

const about = (name: string, modal: SeenModal): boolean => read(modal).startsWith(name);

describe.each(oneDatabase)('two weeks of messages (%s)', (database) => {
  test('are explained to whom they went to, the latest first and more on request', async () => {
    const { dana, sam } = await start({ database });
    await world.travelTo('2026-03-13T21:30:00Z');
    const modal = await ask(dana);
    const lines = modal.texts;
    expect(lines[0]).toBe(
      [
        'Your messages',
        'It is outside your working time. What comes up now is left to the card of Mon 16 Mar, 09:00.',
        'Next: Mon 16 Mar, 09:00, your card of the day (time report, 1:1 with Ana, 1:1 with Sam), if it is still open then.',
      ].join('\n'),
    );
    expect(lines[1]).toBe(
      'Fri 13 Mar, 15:00 — your prompt for the time report went out; Slack took it at once.',
    );
    expect(lines[3]).toBe(
      'Thu 12 Mar, 16:30 — your prompt after the last 1:1 of the day (1:1 with Ana, 1:1 with Sam) went out; Slack took it at once.',
    );
    expect(lines).toHaveLength(1 + 6 + 1);
    await modal.press('More');
    const whole = await dana.untilModal(({ buttons }) => !buttons.includes('More'));
    expect(whole.texts.slice(0, 7)).toEqual(lines.slice(0, 7));
    expect(whole.texts.length).toBeGreaterThan(lines.length);
    expect(whole.texts.at(-2)).toMatch(/^Mon 2 Mar, 09:00 — your card of the day/);

    // Sam's day ends an hour later.
    expect(read(await ask(sam))).toContain(
      'Wed 11 Mar, 09:00 — your card of the day (question before the 1:1) went out; Slack took it at once.',
    );
    expect(refusals(world.slack.calls.list())).toEqual([]);
  });
});

test('an absence is named, by whose it is', async () => {
  const { dana, sam } = await start();
  await sam.run('/coach away 2026-03-05 2026-03-06');
  await (await sam.untilModal()).submit();
  await world.travelTo('2026-03-05T22:00:00Z');
  expect(read(await ask(dana))).toContain(
    'Thu 5 Mar, 16:00 — 1:1 with Sam of Thu 5 Mar, 16:00 waits for Sat 7 Mar: Sam is away until then.',
  );
  expect(read(await ask(sam))).toContain(
    'You are away until Fri 6 Mar. What waits comes on the card of Mon 9 Mar, 09:00.',
  );
});

test('what Slack put off is said, and when it is tried again', async () => {
  const { dana } = await start({
    apiUrl: async (direct) => {
      faulty = await startFaultySlack({ upstream: new URL(direct).origin });
      return faulty.apiUrl;
    },
  });
  await world.travelTo('2026-03-05T21:29:00Z');
  faulty?.once('chat.postMessage', { kind: 'rate-limited', retryAfterSeconds: 300 });
  await world.travelTo('2026-03-05T21:30:00Z');
  const said = read(await ask(dana));
  expect(said).toContain('Slack asked for a break: nothing is posted to anybody before it has passed.');
  expect(said).toMatch(
    /Thu 5 Mar, 16:30 — your prompt after .* waits: Slack asked to try later \(ratelimited\); tried again in 5 minutes\./,
  );
});

test('before the start that is what there is to say', async () => {
  const { dana } = await start({ start: false });
  expect(read(await ask(dana))).toMatch(
    /^Your messages\nSideline has not started here, .*\nNothing has been due so far, so nothing was decided\./,
  );
});

test('in a pause that is said', async () => {
  const { dana } = await start();
  await world.travelTo('2026-03-02T15:00:00Z');
  await pauseWorkspace(world.application.context, 'T0WORLD');
  expect(read(await ask(dana))).toContain(
    'Sideline is paused since Mon 2 Mar, 10:00, so nothing is sent to anybody.',
  );
});

describe('somebody else is asked about', () => {
  test('by their manager, enablement and admins, by mention or a part of the name', async () => {
    const { dana, ellen } = await start();
    expect(about('Messages to Sam Rivera', await ask(dana, '@Sam Rivera'))).toBe(true);
    expect(about('Messages to Sam Rivera', await ask(ellen, 'rivera'))).toBe(true);
    expect(about('Messages to Dana Whitfield', await ask(world.person('Vera Holm'), 'dana'))).toBe(true);
    const modal = await ask(world.person('Ade Obi'), '@Dana Whitfield');
    expect(read(modal)).toContain('Dana, their manager, enablement and admins can look this up.');
    expect(about('Your messages', await ask(dana, '@Dana Whitfield'))).toBe(true);
  });

  test('whose name is not clear is chosen', async () => {
    const { dana } = await start();
    await dana.run('/coach why i');
    const question = await dana.untilMessage(({ text }) => text.endsWith('Whose messages?'));
    expect(question.buttons).toEqual(['Ana Lima', 'Dana Whitfield', 'Sam Rivera']);
    await question.press('Ana Lima');
    await dana.untilModal((modal) => about('Messages to Ana Lima', modal));
  });

  test('by nobody else', async () => {
    const { dana, sam } = await start();
    const notYours = /^The messages to .* are for them, their manager, enablement and admins to look up/;
    expect(await answer(sam, '/coach why @Ana Lima')).toMatch(notYours);
    expect(await answer(sam, '/coach why @Dana Whitfield')).toMatch(notYours);
    expect(await answer(world.person('Vera Holm'), '/coach why @Sam Rivera')).toMatch(notYours);
    expect(await answer(dana, '/coach why @Ellen Park')).toMatch(notYours);
    expect(await answer(dana, '/coach why @Nora New')).toBe(
      `Sideline does not know <@${userId('Nora New')}>, so nothing is sent to them. An admin or your enablement lead can add them.`,
    );
    expect(await answer(dana, '/coach why <@U0SIDELINE|sideline>')).toMatch(/^That is me/);
    expect(await answer(world.person('Nora New'), '/coach why')).toContain('you are not on its list yet');
    expect(dana.hasModal()).toBe(false);
  });

  test('whoever loses the right while looking sees no more', async () => {
    await start();
    const vera = world.person('Vera Holm');
    await world.travelTo('2026-03-13T21:30:00Z');
    const modal = await ask(vera, '@Dana Whitfield');
    await world.database.owner.updateTable('reporting').set({ until: new Date() }).execute();
    await modal.press('More');
    const refused = await vera.untilModal((one) => read(one).startsWith('The messages to Dana Whitfield'));
    expect(refused.buttons).toEqual([]);
  });
});
