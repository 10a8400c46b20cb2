import { afterEach, describe, expect, test } from 'vitest';
import { keepPressed } from '#services/keep-pressed.ts';
import { type RawApp, startRawApp } from '#test/local-slack/raw-app.ts';
import { Person } from '#test/person.ts';
import { askedStage, log, shown } from './changing.ts';
import { callsOf, type Stage } from './engine.ts';
import { edits } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

const update = 'chat.update';

describe('a pressed message', () => {
  let app: RawApp | undefined;
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  /** Dana presses the button of her message; what came with the press is kept. */
  async function press(stage: Stage): Promise<void> {
    const { local, workspaceId } = stage.slack;
    if (local === undefined) throw new Error('only ours has buttons');
    app ??= await startRawApp(local);
    await new Person(local, stage.slack.userId('dana')).dm()[0]?.press('Log');
    const payload = app.received.at(-1)?.payload as {
      response_url: string;
      container: { channel_id: string; message_ts: string };
    };
    const message = { channel: payload.container.channel_id, ts: payload.container.message_ts };
    await keepPressed(stage.engine.context, workspaceId, message, payload.response_url);
  }

  test('is edited through the address that came with the press, and costs no call', async () => {
    const stage = await askedStage(setStage);
    await press(stage);
    await log(stage, 'sam');
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Open: kim, lee']);
    expect(callsOf(stage, update)).toBe(0);
  });

  test('is edited the ordinary way, and at once, when Slack refuses that address', async () => {
    const stage = await askedStage(setStage);
    await press(stage);
    const [edit] = await edits(stage);
    // Slack takes five uses; these are somebody else's.
    for (let use = 0; use < 5; use += 1) {
      await fetch(edit?.response_url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ response_type: 'ephemeral', text: 'used' }),
      });
    }
    await log(stage, 'sam');
    expect(await stage.engine.drainOnce()).toBe(1);
    expect(await shown(stage)).toEqual(['Open: kim, lee']);
    expect(callsOf(stage, update)).toBe(1);

    // And it is not tried again.
    expect(await edits(stage)).toMatchObject([{ state: 'done', response_url: null }]);
  });

  test('is edited the ordinary way when the address leads nowhere', async () => {
    const stage = await askedStage(setStage);
    const [message] = await stage.slack.messagesTo('dana');
    const { channel } = await stage.database.inWorkspace(stage.slack.workspaceId, (trx) =>
      trx
        .selectFrom('message')
        .select('channel')
        .where('ts', '=', message?.ts ?? '')
        .executeTakeFirstOrThrow(),
    );
    await keepPressed(
      stage.engine.context,
      stage.slack.workspaceId,
      { channel, ts: message?.ts ?? '' },
      'http://127.0.0.1:9/',
    );
    await log(stage, 'sam');
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Open: kim, lee']);
    expect(callsOf(stage, update)).toBe(1);
  });

  test('is edited the ordinary way half an hour later', async () => {
    const stage = await askedStage(setStage);
    await press(stage);
    stage.clock.pass(29 * 60_000);
    await log(stage, 'sam');
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Open: kim, lee']);
    expect(callsOf(stage, update)).toBe(1);
  });

  test('is edited although the limit of edits is used up', async () => {
    const stage = await askedStage(setStage);
    stage.slack.faulty.once(update, { kind: 'rate-limited', retryAfterSeconds: 60 });
    await log(stage, 'sam');
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Open: kim, lee, sam']);
    await press(stage);
    await log(stage, 'kim');
    await stage.engine.catchUp();
    expect(await shown(stage)).toEqual(['Open: lee']);
    expect(callsOf(stage, update)).toBe(1);
  });
});
