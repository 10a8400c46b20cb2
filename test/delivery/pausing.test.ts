import { expect, test } from 'vitest';
import { pauseWorkspace } from '#services/pause-workspace.ts';
import { resumeWorkspace } from '#services/start-workspace.ts';
import { asked } from './engine.ts';
import { due } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

test('a pause stops a wave that is going out after the batch that was begun', async () => {
  const pairs = Array.from({ length: 25 }, (_, nth) => ({ manager: `manager${nth}`, rep: `rep${nth}` }));
  const stage = await setStage({ pairs });
  const { slack, engine } = stage;
  await engine.travelTo('2026-03-05T16:29:59Z');
  const hold = slack.faulty.hold('chat.postMessage', 'answer');
  engine.jumpTo(asked);
  const draining = engine.catchUp();
  await hold.untilHeld();
  await pauseWorkspace(engine.context, slack.workspaceId);
  hold.release();
  await draining;
  const paused = await due(stage);
  expect(paused.filter(({ state }) => state === 'delivered')).toHaveLength(20);
  expect(paused.filter(({ state }) => state === 'pending')).toHaveLength(5);

  await resumeWorkspace(engine.context, slack.workspaceId);
  await engine.catchUp();
  expect(await due(stage)).toMatchObject(new Array(25).fill({ state: 'delivered' }));
});
