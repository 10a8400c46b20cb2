import { mayDo } from '#domain/action.ts';
import { relationsByRole } from '#domain/relation.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, listMembers, type Member } from '#storage/members.ts';
import { loadSettingChanges, readSettings, type SettingChange } from '#storage/settings.ts';
import type { AppContext } from '../context.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';

export type NotYourSettings =
  | { kind: 'you_are_unknown' }
  /** With the ids of who may. */
  | { kind: 'not_permitted'; keepers: string[] };

export async function viewSettings(
  context: Pick<AppContext, 'database' | 'log'>,
  workspaceId: string,
  userId: string,
): Promise<Result<Settings, NotYourSettings>> {
  return context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<Settings, NotYourSettings>> => {
      const asker = await setterOf(trx, workspaceId, userId);
      if (!asker.ok) return asker;
      const { settings, unfit } = await readSettings(trx, workspaceId);
      if (unfit.length > 0)
        context.log.warn({ workspaceId, unfit }, 'settings no longer fit: the defaults hold');
      return done(settings);
    },
  );
}

const pageLength = 40;

export interface SettingsHistory {
  /** The newest first. */
  changes: SettingChange[];
  /** There are earlier ones. */
  earlier: boolean;
  timeZone: string;
}

export async function viewSettingsHistory(
  context: Pick<AppContext, 'database'>,
  workspaceId: string,
  userId: string,
  before?: string,
): Promise<Result<SettingsHistory, NotYourSettings>> {
  return context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<SettingsHistory, NotYourSettings>> => {
      const asker = await setterOf(trx, workspaceId, userId);
      if (!asker.ok) return asker;
      const found = await loadSettingChanges(trx, workspaceId, { before, most: pageLength + 1 });
      return done({
        changes: found.slice(0, pageLength),
        earlier: found.length > pageLength,
        timeZone: asker.value.timeZone,
      });
    },
  );
}

/** The asker, if they may see and set what holds here, or do what else is for those who keep the workspace. */
export async function setterOf(
  trx: Trx,
  workspaceId: string,
  userId: string,
  action: 'change_settings' | 'erase_people' | 'see_audit' = 'change_settings',
): Promise<Result<Member, NotYourSettings>> {
  const asker = await findMember(trx, workspaceId, userId);
  if (asker === undefined) return refused({ kind: 'you_are_unknown' });
  if (await may(trx, { workspaceId, viewerId: userId }, action)) return done(asker);
  const keepers = (await listMembers(trx, workspaceId)).filter(
    ({ status, roles }) => status === 'active' && mayDo(relationsByRole(roles), action),
  );
  return denied({ kind: 'not_permitted', keepers: keepers.map(({ id }) => id) });
}
