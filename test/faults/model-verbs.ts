import { pauseWorkspace } from '#services/pause-workspace.ts';
import { resumeWorkspace, startWorkspace } from '#services/start-workspace.ts';
import type { Model } from './model.ts';
import { workspaceId } from './model-people.ts';
import { observe } from './model-rules.ts';
import type { Stop, World } from './model-world.ts';

/** Both clocks go on. */
export function wait({ clock }: World, milliseconds: number): void {
  clock.pass(milliseconds);
  clock.travelTo(clock.now() + milliseconds);
}

export async function start(model: Model, { engines }: World): Promise<void> {
  await startWorkspace(engines.A.context, workspaceId);
  model.started = true;
}

export async function pause(model: Model, { engines, clock }: World): Promise<void> {
  await pauseWorkspace(engines.A.context, workspaceId);
  model.paused = clock.now();
}

export async function resume(model: Model, { engines }: World): Promise<void> {
  await resumeWorkspace(engines.A.context, workspaceId);
  model.paused = undefined;
}

/** Somebody else than before. */
export function actsAnew(model: Model): void {
  model.actors += 1;
  model.actor = model.actors;
}

export async function freeze(model: Model, world: World, stop: Stop): Promise<void> {
  if (await world.freeze(stop)) model.frozen.push(model.actor);
}

/** The one that has stood longest goes on. */
export async function thaw(model: Model, world: World): Promise<void> {
  model.actor = model.frozen.shift() ?? model.actor;
  await world.thaw();
  await observe(model, world, true);
}
