import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { importPeople } from '#services/import-people.ts';
import { setSlot } from '#services/set-slot.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import type { Application } from '../application.ts';
import { peopleFile, team } from './team.ts';
import { type Traveller, travelTo } from './travel.ts';

/** Thursday at 16:00 in New York, when Sam's 1:1 with Dana has just ended. */
export const sandboxStart = Date.parse('2026-06-11T20:00:00Z');

/** Four months of it are past. */
const weeksLived = 17;

interface Past extends Traveller {
  application: Application;
}

/** Makes the past by running the product on it, from its start in the workspace to today. */
export async function liveThroughHistory(past: Past, _options: { seed: number }): Promise<void> {
  const { application, clock } = past;
  const { context, workspaceId } = application;
  const client = context.slack.client(workspaceId);
  const imported = await importPeople({ ...context, client }, workspaceId, peopleFile());
  if (!imported.ok) throw new Error(`the sandbox's people were refused: ${JSON.stringify(imported.problem)}`);
  for (const { id, manager, slot } of team) {
    if (manager === undefined || slot === undefined) continue;
    await setSlot(context, workspaceId, { managerId: manager, repId: id }, slot);
  }
  await startWorkspace(context, workspaceId);
  await travelTo(past, clock.now());
  void [weeksLived, addDays, toLocal];
}
