import type { WebClient } from '@slack/web-api';
import type { Role } from '#domain/people.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { noteInAudit } from '#storage/audit.ts';
import { findMember, type Member } from '#storage/members.ts';
import { forgetNewcomers } from '#storage/newcomers.ts';
import { lockPeople } from '#storage/people-lock.ts';
import { hasOtherKeeper } from '#storage/reporting-chain.ts';
import { currentSettings } from '#storage/settings.ts';
import { homeOf } from '#storage/workspace-home.ts';
import { findWorkspace } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';
import { applyPeople } from './apply-people.ts';
import { denied } from './denials.ts';
import { asSlackPerson, type SlackPerson } from './slack-people.ts';
import type { SlackUser } from './slack-users.ts';

type KeeperContext = ServiceContext & { client: WebClient };

/** Whoever begins with it: enablement and admin at once, until they give a part of it to somebody else. */
const begins: readonly Role[] = ['enablement', 'admin'];

type NotForYou = { kind: 'has_keepers' } | { kind: 'not_in_charge' };

/**
 * Whether somebody may begin to set Sideline up, where nobody manages people yet: whoever installed it, and who is an
 * admin or owner in Slack. Slack is asked about the person only then.
 */
export async function mayBecomeKeeper(
  context: KeeperContext,
  workspaceId: string,
  userId: string,
): Promise<Result<SlackPerson, NotForYou>> {
  const { isFree, isInstaller, home } = await context.database.inWorkspace(workspaceId, async (trx) => ({
    isFree: !(await hasOtherKeeper(trx, workspaceId, [])),
    isInstaller: (await findWorkspace(trx, workspaceId))?.installedBy === userId,
    home: await homeOf(trx, workspaceId),
  }));
  if (!isFree) return refused({ kind: 'has_keepers' });
  const { user = {} } = await context.client.users.info({ user: userId });
  const person = asSlackPerson(user as SlackUser, home);
  const leads = user.is_admin === true || user.is_owner === true || user.is_primary_owner === true;
  if (person?.status !== 'active' || !(isInstaller || leads)) return refused({ kind: 'not_in_charge' });
  return done(person);
}

/** The first one to press it. */
export async function becomeKeeper(
  context: KeeperContext,
  workspaceId: string,
  userId: string,
): Promise<Result<undefined, NotForYou>> {
  const allowed = await mayBecomeKeeper(context, workspaceId, userId);
  if (!allowed.ok) return denied(allowed.problem);
  const at = new Date(context.clock.now());
  const became = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<undefined, NotForYou>> => {
      await lockPeople(trx, workspaceId);
      if (await hasOtherKeeper(trx, workspaceId, [])) return refused({ kind: 'has_keepers' });
      const before = await findMember(trx, workspaceId, userId);
      const from = before?.roles ?? [];
      const roles = [...new Set([...from, ...begins])];
      const { workingDays, workStarts, workEnds } = await currentSettings(trx, workspaceId);
      const { name, email, timeZone, status } = allowed.value;
      const unknown: Member = {
        id: userId,
        name,
        email,
        timeZone,
        status,
        roles,
        segment: null,
        wave: null,
        startDate: null,
        country: null,
        dmChannel: null,
        workingDays,
        workStarts,
        workEnds,
        inPilot: false,
      };
      const after = before === undefined ? unknown : { ...before, roles, status };
      await applyPeople(trx, workspaceId, { save: [{ before, after }], managers: new Map() }, at);
      await forgetNewcomers(trx, workspaceId, [userId]);
      const detail = { from, to: roles };
      await noteInAudit(trx, workspaceId, {
        actorId: userId,
        aboutId: userId,
        what: 'roles_changed',
        detail,
        at,
      });
      return done(undefined);
    },
  );
  if (became.ok) context.wake(workspaceId);
  return became;
}
