import { expect } from 'vitest';
import { markMessagesOf } from '#storage/messages.ts';
import { markDone } from '#storage/occurrences.ts';
import { asked, type Stage } from './engine.ts';
import { occurrences } from './ledger.ts';
import type { SetStage } from './stages.ts';

export const threeReps = ['sam', 'kim', 'lee'].map((rep) => ({ manager: 'dana', rep }));

/** The stage at which dana's message stands. */
export async function askedStage(setStage: SetStage, options: Parameters<SetStage>[0] = {}): Promise<Stage> {
  const stage = await setStage({ pairs: threeReps, ...options });
  await stage.engine.travelTo(asked);
  expect(await shown(stage)).toEqual(['Open: kim, lee, sam']);
  return stage;
}

/** What a service does when somebody logs a 1:1. */
export async function log({ database, slack, clock, ...stage }: Stage, rep: string): Promise<void> {
  const open = (await occurrences({ ...stage, database, slack })).find(
    ({ about, state }) => about === rep && state === 'due',
  );
  await database.inWorkspace(slack.workspaceId, async (trx) => {
    await markDone(trx, slack.workspaceId, open?.occurrence_id ?? '', new Date(clock.now()));
    await markMessagesOf(trx, slack.workspaceId, open?.occurrence_id ?? '');
  });
}

export const shown = async ({ slack }: Stage): Promise<string[]> =>
  (await slack.messagesTo('dana')).map(({ text }) => text);
