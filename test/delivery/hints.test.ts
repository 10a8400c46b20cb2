import { expect, test } from 'vitest';
import { sparingly } from '#delivery/hints.ts';

test('the first hint goes at once, and all that come while it rests go after it as one', async () => {
  const hinted: string[] = [];
  const wake = sparingly((workspaceId) => hinted.push(workspaceId));
  wake('T1');
  expect(hinted).toEqual(['T1']);
  for (let more = 0; more < 5; more += 1) wake('T1');
  wake('T2');
  expect(hinted).toEqual(['T1', 'T2']);
  await expect.poll(() => hinted).toEqual(['T1', 'T2', 'T1']);
});
