import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { log } from './changing.ts';
import { composers } from './composers.ts';
import { asked, createEngine } from './engine.ts';
import { due, edits } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

describe('a message that cannot be composed', () => {
  interface Switch {
    mistake: boolean;
    /** In code, and not in a query. */
    thrown?: boolean;
    /** How often it goes well before. */
    spares?: number;
  }

  /** Three managers, and a mistake in composing that strikes ben's message while the switch is on. */
  async function withMistake(on: Switch) {
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
            if (on.mistake && receiver_id === stage.slack.userId('ben') && !isSpared(on)) {
              if (on.thrown) throw new Error('a mistake');
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

  function isSpared(on: Switch): boolean {
    const { spares = 0 } = on;
    on.spares = spares - 1;
    return spares > 0;
  }

  test.each([
    { where: 'in a query', thrown: false },
    { where: 'in code', thrown: true },
  ])(
    'does not keep the others of its workspace from being posted, if it fails $where',
    async ({ thrown }) => {
      const on = { mistake: true, thrown };
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
    },
  );

  test('is recorded as posted all the same if it fails only afterwards', async () => {
    const on = { mistake: true, spares: 1 };
    const { stage, engine } = await withMistake(on);
    await engine.travelTo(asked);
    expect((await due(stage)).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
    expect([...stage.slack.faulty.copiesByKey().values()]).toEqual([1, 1, 1]);
    expect((await edits(stage)).map(({ state, last_answer }) => `${state} ${last_answer}`).sort()).toEqual([
      'done unchanged',
      'done unchanged',
      'pending cannot_be_composed',
    ]);
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
