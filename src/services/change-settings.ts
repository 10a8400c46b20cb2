import { isDeepStrictEqual } from 'node:util';
import { done, type Result, refused } from '#domain/result.ts';
import { type SettingKey, type Settings, settingKeys, settingsSchema } from '#domain/settings.ts';
import { noteInAudit } from '#storage/audit.ts';
import type { Trx } from '#storage/database.ts';
import { addSettings, readSettings, setInView, takeTurns } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';
import { admitGuests } from './admit-guests.ts';
import { alignRules } from './align-rules.ts';
import { alignDigest } from './plan-digests.ts';
import { type NotYourSettings, setterOf } from './view-settings.ts';

export type SettingsProblem = NotYourSettings | { kind: 'do_not_fit' };

/**
 * Sets what differs from what holds. The same form sent again changes nothing, even if somebody else has set
 * the same since.
 */
export async function changeSettings(
  context: Pick<ServiceContext, 'clock' | 'database'>,
  workspaceId: string,
  given: { userId: string; viewId: string; wanted: Partial<Settings> },
): Promise<Result<Settings, SettingsProblem>> {
  const at = new Date(context.clock.now());
  return context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<Settings, SettingsProblem>> => {
      const asker = await setterOf(trx, workspaceId, given.userId);
      return asker.ok ? setInWorkspace(trx, workspaceId, given, at) : asker;
    },
  );
}

/** The same, for a person who may, in a transaction that does more. */
export async function setInWorkspace(
  trx: Trx,
  workspaceId: string,
  given: { userId: string; viewId: string; wanted: Partial<Settings> },
  at: Date,
): Promise<Result<Settings, { kind: 'do_not_fit' }>> {
  await takeTurns(trx, workspaceId);
  const { settings } = await readSettings(trx, workspaceId);
  const said = await setInView(trx, workspaceId, given.viewId);
  const changes = new Map<SettingKey, unknown>();
  for (const key of settingKeys) {
    const value = given.wanted[key];
    if (value === undefined || isDeepStrictEqual(value, settings[key])) continue;
    if (said.has(key) && isDeepStrictEqual(said.get(key), value)) continue;
    changes.set(key, value);
  }
  const wanted = settingsSchema.safeParse({ ...settings, ...Object.fromEntries(changes) });
  if (!wanted.success) return refused({ kind: 'do_not_fit' });
  await addSettings(trx, workspaceId, { changes, at, by: given.userId, viewId: given.viewId });
  if (changes.size > 0) {
    const detail = { keys: [...changes.keys()] };
    await noteInAudit(trx, workspaceId, { actorId: given.userId, what: 'settings_changed', detail, at });
  }
  if (changes.has('digestWeekday') || changes.has('digestTime')) {
    await alignDigest(trx, workspaceId, wanted.data, at.getTime());
  }
  if (changes.has('guestsAllowed')) await admitGuests(trx, workspaceId, wanted.data, at);
  await alignRules(
    trx,
    workspaceId,
    { settings: wanted.data, changed: new Set(changes.keys()) },
    at.getTime(),
  );
  return done(wanted.data);
}
