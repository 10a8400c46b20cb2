import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { log } from './changing.ts';
import { composers } from './composers.ts';
import { asked, createEngine } from './engine.ts';
import { due, edits } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

describe('a message that cannot be composed', () => {
  /** Three managers, and a mistake in composing that strikes ben's message while the switch is on. */
  async function withMistake(on: { mistake: boolean }) {
    const pairs = ['ann', 'ben', 'cem'].map((manager) => ({ manager, rep: `${manager}sen` }));
    const stage = await setStage({ pairs });
    const engine = createEngine({
      ...stage,
      settings: {
        composers: {
          ...composers,
          prompt: async (trx, workspaceId, deliveryId) => {
            const { receiver_id } = await trx
              .selectFrom('delivery')
              .select('receiver_id')
              .where('delivery_id', '=', deliveryId)
              .executeTakeFirstOrThrow();
            if (on.mistake && receiver_id === stage.slack.userId('ben')) {
              // As a mistake in a query would: the transaction is unusable afterwards.
              await trx.selectFrom('member').select(sql`1 / 0`.as('x')).execute();
            }
            return composers.prompt(trx, workspaceId, deliveryId);
          },
        },
      },
    });
    return { stage, engine };
  }

  test('does not keep the others of its workspace from being posted', async () => {
    const on = { mistake: true };
    const { stage, engine } = await withMistake(on);
    await engine.travelTo(asked);
    expect((await due(stage)).map(({ state, last_answer }) => `${state} ${last_answer}`).sort()).toEqual([
      'delivered ok',
      'delivered ok',
      'pending cannot_be_composed',
    ]);
    on.mistake = false;
    stage.clock.pass(10 * 60_000);
    await engine.catchUp();
    expect(await stage.slack.messagesTo('ben')).toHaveLength(1);
  });

  test('does not keep the others of its workspace from being edited', async () => {
    const on = { mistake: false };
    const { stage, engine } = await withMistake(on);
    await engine.travelTo(asked);
    on.mistake = true;
    for (const rep of ['annsen', 'bensen', 'cemsen']) await log(stage, rep);
    await engine.catchUp();
    const text = async (manager: string) => (await stage.slack.messagesTo(manager)).map((one) => one.text);
    expect(await text('ann')).toEqual(['Nothing is open.']);
    expect(await text('cem')).toEqual(['Nothing is open.']);
    expect(await text('ben')).toEqual(['Open: bensen']);
    expect((await edits(stage)).map(({ state, last_answer }) => `${state} ${last_answer}`).sort()).toEqual([
      'done ok',
      'done ok',
      'pending cannot_be_composed',
    ]);
    on.mistake = false;
    stage.clock.pass(10 * 60_000);
    await engine.catchUp();
    expect(await text('ben')).toEqual(['Nothing is open.']);
  });
});
