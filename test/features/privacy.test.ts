import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { erase } from '#services/erase-person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { type FaultySlack, startFaultySlack } from '#test/slack/faulty-slack.ts';
import { slackApp, startWorld, userId, type World } from '#test/world.ts';
import { fillLog, openLog } from './logging.ts';

const team = [
  { name: 'Ellen Park', zone: 'America/New_York', role: 'enablement' },
  { name: 'Ade Obi', zone: 'America/New_York', role: 'admin' },
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Ana Lima', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
];

/** Taken away and given back by a test. */
const granted = [...slackApp.scopes];
let world: World;
let faulty: FaultySlack;
beforeAll(async () => {
  world = await startWorld({
    database: 'postgres',
    now: '2026-03-02T14:00:00Z',
    team,
    scopes: granted,
    apiUrl: async (upstream) => {
      faulty = await startFaultySlack({ upstream: new URL(upstream).origin });
      return faulty.apiUrl;
    },
  });
  await world.travelTo('2026-03-05T21:30:00Z');
});
afterAll(async () => {
  await world.close();
  await faulty.close();
});

const wordsOf = (modal: SeenModal): string => modal.texts.join('\n');

async function privacyOf(name: string): Promise<SeenModal> {
  const person = world.person(name);
  if (person.hasModal()) await person.modal().close({ all: true });
  await person.run('/coach privacy');
  return person.untilModal((modal) => modal.title === 'Privacy');
}

test('a rep reads what is kept about them and who opened it, and nobody else does', async () => {
  const dana = world.person('Dana Whitfield');
  await (await fillLog(await openLog(dana, 'Sam Rivera'))).submit();
  const sam = world.person('Sam Rivera');
  const modal = await privacyOf('Sam Rivera');
  expect(wordsOf(modal)).toContain('• 1 1:1 that was logged with you, since Thu 5 Mar 2026');
  expect(wordsOf(modal)).toContain('Texts are kept until they are erased.');
  expect(wordsOf(modal)).toContain('*A copy* of all this comes into your messages with Sideline, as files.');
  await modal.press('Who opened it');
  const opened = await sam.untilModal((one) => one.title === 'Who opened it');
  expect(opened.texts[0]).toBe('*Dana Whitfield*, Thu 5 Mar 2026, 15:30\nyour 1:1s, to write');

  const ana = await privacyOf('Ana Lima');
  await ana.press('Who opened it');
  const ofAna = await world.person('Ana Lima').untilModal((one) => one.title === 'Who opened it');
  expect(wordsOf(ofAna)).toContain('Nobody has opened your record so far.');
});

const filesOf = (name: string): { name: string; text: string }[] => {
  const { files } = world.slack.snapshot();
  return world
    .person(name)
    .dm()
    .flatMap(({ shown }) =>
      shown.files.map((file) => ({
        name: file.name,
        text: Buffer.from(files[file.id]?.base64 ?? '', 'base64').toString(),
      })),
    );
};
const copyOf = async (name: string): Promise<string> => {
  await (await privacyOf(name)).press('Send me a copy');
  const said = await world
    .person(name)
    .untilModal((one) => one.title === 'A copy' && !one.texts.includes('One moment…'));
  return wordsOf(said);
};
const exportsNoted = () =>
  world.database.inWorkspace(world.application.workspaceId, (trx) =>
    trx.selectFrom('audit_entry').select(['actor_id', 'about_id']).where('what', '=', 'exported').execute(),
  );

test('a copy comes into the messages of whoever asks, once, without what they may not see', async () => {
  expect(await copyOf('Sam Rivera')).toContain('Your copy is in the messages with Sideline');
  const [toRead, toProcess, ...more] = filesOf('Sam Rivera');
  expect(more).toEqual([]);
  expect(toRead?.name).toBe('sideline-2026-03-05.txt');
  expect(toRead?.text).toContain('What Sideline keeps about Sam Rivera');
  expect(toRead?.text).toContain('When the buyer names a price');
  const { tables } = JSON.parse(toProcess?.text ?? '');
  expect(tables.one_on_one_log).toHaveLength(1);
  expect(tables.one_on_one_log[0]).not.toHaveProperty('private_note');
  expect(tables.member[0]).not.toHaveProperty('segment');
  const sam = userId('Sam Rivera');
  expect(await exportsNoted()).toEqual([{ actor_id: sam, about_id: sam }]);

  expect(await copyOf('Sam Rivera')).toContain('Your copy was sent on Thu 5 Mar 2026, 15:');
  expect(filesOf('Sam Rivera')).toHaveLength(2);
});

test('pressed while one is being made, and again after that, it is sent once', async () => {
  const hold = faulty.hold('files.completeUploadExternal', 'acceptance');
  const dana = world.person('Dana Whitfield');
  const pressed = (await privacyOf('Dana Whitfield')).press('Send me a copy');
  await dana.untilModal((one) => one.title === 'A copy' && one.texts.includes('One moment…'));
  await faulty.untilRequest(({ method }) => method === 'files.completeUploadExternal');
  expect(await copyOf('Dana Whitfield')).toContain('Your copy is being made.');
  hold.release();
  await pressed;
  await dana.untilMessage(({ shown }) => shown.files.length === 2);
  await expect.poll(() => copyOf('Dana Whitfield')).toContain('Your copy was sent on');
  expect(filesOf('Dana Whitfield')).toHaveLength(2);
});

test('what Slack did not take may be tried again, and what it may have taken is not sent twice', async () => {
  faulty.once('files.getUploadURLExternal', { kind: 'reset' });
  expect(await copyOf('Ana Lima')).toContain('nothing was sent. Close this and press again in a minute.');
  faulty.once('files.completeUploadExternal', { kind: 'rate-limited', retryAfterSeconds: 1 });
  expect(await copyOf('Ana Lima')).toContain('nothing was sent. Close this and press again in a minute.');
  faulty.once('files.completeUploadExternal', { kind: 'answer-lost' });
  expect(await copyOf('Ana Lima')).toContain('Slack did not say whether your copy has arrived.');
  expect(await copyOf('Ana Lima')).toContain('from an hour after that you can ask again');
  expect(filesOf('Ana Lima')).toHaveLength(2);
});

test('where files cannot be sent, whoever keeps the workspace sees who waits, and says when it is done', async () => {
  const ellen = world.person('Ellen Park');
  ellen.openHome();
  const waits = '*Ade Obi* asked for a copy of what is kept about them, on Thu 5 Mar 2026.';
  faulty.once('files.getUploadURLExternal', {
    kind: 'not-ok',
    error: 'file_uploads_disabled',
    accepted: false,
  });
  expect(await copyOf('Ade Obi')).toContain(
    'Slack does not take files from Sideline here (file_uploads_disabled)',
  );
  const home = await ellen.untilHome((one) => one.texts.join('\n').includes(waits));
  expect(home.texts.join('\n')).toContain(`npm run cli -- export --person ${userId('Ade Obi')} --out copy/`);
  expect(wordsOf(await privacyOf('Ade Obi'))).toContain('*You asked for a copy* on Thu 5 Mar 2026.');

  await home.press('Mark as done', { confirm: true });
  await world.person('Ade Obi').untilMessage(({ text }) => text.includes('is marked as handed over'));
  await ellen.untilHome((one) => !one.texts.join('\n').includes(waits));
});

test('without the scope it is said which, and once that is given the copy comes by a press', async () => {
  granted.splice(granted.indexOf('files:write'), 1);
  const said = await copyOf('Ellen Park');
  expect(said).toContain('Asked for on Thu 5 Mar 2026. Whoever runs Sideline makes the copy');
  expect(said).toContain('needs the scope files:write');
  expect(await copyOf('Ellen Park')).toContain('Asked for on Thu 5 Mar 2026.');
  const asked = await world.database.inWorkspace(world.application.workspaceId, (trx) =>
    trx.selectFrom('audit_entry').select('actor_id').where('what', '=', 'copy_asked').execute(),
  );
  expect(asked.map((one) => one.actor_id)).toEqual([userId('Ade Obi'), userId('Ellen Park')]);
  granted.push('files:write');

  const { owner } = world.database;
  const large = { workspace_id: 'T0WORLD', actor_id: userId('Ellen Park'), what: 'started', about_id: null };
  const detail = JSON.stringify({ large: 'x'.repeat(20_000_001) });
  await owner
    .insertInto('audit_entry')
    .values({ ...large, detail, at: new Date() })
    .execute();
  expect(await copyOf('Ellen Park')).toContain('It is too large to be sent in Slack.');
  expect(filesOf('Ellen Park')).toEqual([]);
  await sql`delete from audit_entry where detail ? 'large'`.execute(owner);

  expect(await copyOf('Ellen Park')).toContain('Your copy is in the messages with Sideline');
  expect(wordsOf(await privacyOf('Ellen Park'))).not.toContain('You asked for a copy');
});

test('erasure is asked for, can be called off, is confirmed by an admin and told to the person', async () => {
  const sam = world.person('Sam Rivera');
  const ade = world.person('Ade Obi');
  const ask = async () => {
    await (await privacyOf('Sam Rivera')).press('Ask for erasure');
    const form = await sam.untilModal((one) => one.title === 'Ask for erasure');
    expect(wordsOf(form)).toContain('*It deletes* the messages from Sideline to you.');
    await form.submit();
    await sam.untilModal((one) => wordsOf(one).startsWith('Asked. Nothing is erased until'));
  };
  await ask();
  ade.openHome();
  const asksOn = '*Sam Rivera* asked to be erased, on Thu 5 Mar 2026.';
  await ade.untilHome((home) => home.texts.join('\n').includes(asksOn));
  await (await privacyOf('Sam Rivera')).press('Call it off');
  await sam.untilModal((one) => one.buttons.includes('Ask for erasure'));
  await ade.untilHome((home) => !home.texts.join('\n').includes('asked to be erased'));

  await ask();
  const home = await ade.untilHome((one) => one.texts.join('\n').includes(asksOn));
  await home.press('What it means');
  const review = await ade.untilModal((one) => one.title === 'Erasure');
  expect(wordsOf(review)).toContain('• 1 1:1 that was logged with them, since Thu 5 Mar 2026');
  expect(wordsOf(review)).toContain('and what they wrote about others, without their name.');
  expect(wordsOf(review)).not.toContain('buyer');
  await expect(review.press('Erase Sam')).rejects.toThrow('does not come back');
  await review.press('Erase Sam', { confirm: true });
  await ade.untilModal(
    (one) => wordsOf(one).includes('*Sam Rivera* is erased') || wordsOf(one).includes('Sam Rivera is erased'),
  );
  await sam.untilMessage((message) => message.text.startsWith('What Sideline kept about you is erased'));
  await sam.run('/coach privacy');
  await sam.untilMessage(
    (message) => message.shown.ephemeral && message.text.includes('you are not on its list yet'),
  );
});

test('who is neither admin nor enablement cannot confirm, nor can anybody erase who has not asked', async () => {
  const { workspaceId, context } = world.application;
  const ana = userId('Ana Lima');
  for (const [by, problem] of [
    ['Dana Whitfield', 'not_permitted'],
    ['Ana Lima', 'not_permitted'],
    ['Ade Obi', 'unknown'],
  ] as const) {
    expect(await erase(context, workspaceId, ana, userId(by))).toMatchObject({
      ok: false,
      problem: { kind: problem },
    });
  }
});

test('the audit trail tells who did what, and not whose erasure it was', async () => {
  const ade = world.person('Ade Obi');
  if (ade.hasModal()) await ade.modal().close({ all: true });
  await ade.run('/coach settings');
  const settings = await ade.untilModal((one) => one.title === 'Settings');
  await settings.press('Audit trail');
  const trail = await ade.untilModal((one) => one.title === 'Audit trail');
  expect(trail.texts[0]).toMatch(/^\*Ade Obi\*, Thu 5 Mar 2026, 16:\d\d\nerased a person$/);
  expect(wordsOf(trail)).toContain('*Somebody erased*, Thu 5 Mar 2026');
  expect(wordsOf(trail)).not.toContain('Sam Rivera');
});

test('messages to whoever was erased go from Slack, and what Slack refuses is counted', async () => {
  const { peopleSweep, context } = world.application;
  const dana = world.person('Dana Whitfield');
  const isCard = ({ shown }: { shown: { files: unknown[] } }) => shown.files.length === 0;
  const cards = (): number => dana.dm().filter(isCard).length;
  const before = cards();
  expect(before).toBeGreaterThan(1);
  const ofAna = world.person('Ana Lima').dm().length;
  expect(await erase(context, 'T0WORLD', userId('Dana Whitfield'), 'operator')).toMatchObject({ ok: true });

  faulty.once('chat.delete', { kind: 'not-ok', error: 'cant_delete_message', accepted: false });
  faulty.once('chat.delete', { kind: 'answer-lost' });
  await peopleSweep.tick();
  const left = () =>
    world.database.inWorkspace('T0WORLD', (trx) => trx.selectFrom('message_to_delete').selectAll().execute());
  expect(cards()).toBe(before - 1);
  expect(await left()).not.toEqual([]);
  // An hour of machine time is not waited for.
  await world.database.owner.updateTable('message_to_delete').set({ leased_until: null }).execute();
  await peopleSweep.tick();
  expect(cards()).toBe(1);
  expect(await left()).toEqual([]);
  expect(world.person('Ana Lima').dm()).toHaveLength(ofAna);
  const noted = await world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('audit_entry')
      .select('detail')
      .where('what', '=', 'messages_deleted')
      .orderBy('entry_id', 'desc')
      .executeTakeFirst(),
  );
  expect(noted?.detail).toEqual({ deleted: expect.any(Number), refused: 1 });
});
