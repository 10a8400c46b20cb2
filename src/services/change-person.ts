import { isDeepStrictEqual } from 'node:util';
import type { AuditEntry } from '#domain/audit.ts';
import { type PersonFieldName, type PersonFields, unfitFields } from '#domain/person-fields.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { noteInAudit } from '#storage/audit.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, type Member } from '#storage/members.ts';
import { lockPeople } from '#storage/people-lock.ts';
import { relationsTo } from '#storage/relations.ts';
import { currentManagerOf } from '#storage/reporting.ts';
import { hasOtherKeeper, reportsOf } from '#storage/reporting-chain.ts';
import type { ServiceContext } from '../context.ts';
import { applyPeople } from './apply-people.ts';
import { checkManager, type ManagerProblem } from './check-manager.ts';
import { denied } from './denials.ts';
import { fieldsOf, settableBy } from './person-fields.ts';

export interface PersonToChange {
  personId: string;
  /** Only these are set. */
  change: Partial<PersonFields>;
  /** What was shown to whoever changes it: where one of the fields is another by now, they are told. */
  seen: Partial<PersonFields>;
}

export type PersonProblem =
  | { kind: 'unknown' }
  | { kind: 'not_allowed'; fields: PersonFieldName[] }
  | { kind: 'unfit'; fields: PersonFieldName[] }
  | { kind: 'changed_meanwhile'; fields: PersonFieldName[]; now: PersonFields }
  /** Would be no manager any more, and these still report to them. */
  | { kind: 'has_reports'; names: string[] }
  /** Nobody would be left who may manage people. */
  | { kind: 'last_keeper' }
  | ManagerProblem;

/** Sets what is known of one person. Says whether anything has changed; the same once more changes nothing. */
export async function changePerson(
  context: ServiceContext,
  workspaceId: string,
  by: string,
  wish: PersonToChange,
): Promise<Result<{ changed: PersonFieldName[] }, PersonProblem>> {
  const at = new Date(context.clock.now());
  const changed = await context.database.inWorkspace(workspaceId, (trx) =>
    changeIn(trx, workspaceId, { ...wish, by, at }),
  );
  if (changed.ok && changed.value.changed.length > 0) context.wake(workspaceId);
  return changed;
}

async function changeIn(
  trx: Trx,
  workspaceId: string,
  { personId, change, seen, by, at }: PersonToChange & { by: string; at: Date },
): Promise<Result<{ changed: PersonFieldName[] }, PersonProblem>> {
  await lockPeople(trx, workspaceId);
  const before = await findMember(trx, workspaceId, personId);
  if (before === undefined) return refused({ kind: 'unknown' });
  const managerId = await currentManagerOf(trx, workspaceId, personId);
  const was = fieldsOf(before, managerId);
  const wanted = { ...was, ...change };
  const names = Object.keys(change) as PersonFieldName[];
  const fields = names.filter((field) => !isDeepStrictEqual(wanted[field], was[field]));
  const settable = settableBy(await relationsTo(trx, workspaceId, by, personId));
  const beyond = names.filter((field) => !settable.includes(field));
  if (settable.length === 0 || beyond.length > 0) {
    return denied({ kind: 'not_allowed', fields: beyond }, personId);
  }
  if (fields.length === 0) return done({ changed: [] });
  const unfit = unfitFields(wanted).filter((field) => names.includes(field));
  if (unfit.length > 0) return refused({ kind: 'unfit', fields: unfit });
  const others = fields.filter((field) => field in seen && !isDeepStrictEqual(seen[field], was[field]));
  if (others.length > 0) return refused({ kind: 'changed_meanwhile', fields: others, now: was });
  const problem =
    (await problemWithRoles(trx, workspaceId, before, wanted)) ??
    (fields.includes('managerId') ? await problemWithManager(trx, workspaceId, personId, wanted) : undefined);
  if (problem !== undefined) return refused(problem);

  const { managerId: to, ...ofMember } = wanted;
  const after: Member = { ...before, ...ofMember };
  const managers = fields.includes('managerId') ? new Map([[personId, to ?? undefined]]) : new Map();
  const save = fields.some((field) => field !== 'managerId') ? [{ before, after }] : [];
  await applyPeople(trx, workspaceId, { save, managers }, at);
  await noteInAudit(trx, workspaceId, ...entriesFor(fields, { by, personId, at, was, wanted }));
  return done({ changed: fields });
}

async function problemWithRoles(
  trx: Trx,
  workspaceId: string,
  before: Member,
  { roles }: PersonFields,
): Promise<PersonProblem | undefined> {
  if (before.roles.includes('manager') && !roles.includes('manager')) {
    const reports = await reportsOf(trx, workspaceId, before.id);
    if (reports.length > 0) return { kind: 'has_reports', names: reports.map(({ name }) => name) };
  }
  const keeps = (all: readonly string[]): boolean => all.includes('enablement') || all.includes('admin');
  if (!keeps(before.roles) || keeps(roles)) return undefined;
  return (await hasOtherKeeper(trx, workspaceId, [before.id])) ? undefined : { kind: 'last_keeper' };
}

async function problemWithManager(
  trx: Trx,
  workspaceId: string,
  personId: string,
  { managerId }: PersonFields,
): Promise<ManagerProblem | undefined> {
  if (managerId === null) return undefined;
  const manager = await checkManager(trx, workspaceId, managerId, [personId]);
  return manager.ok ? undefined : manager.problem;
}

function entriesFor(
  fields: readonly PersonFieldName[],
  {
    by: actorId,
    personId: aboutId,
    at,
    was,
    wanted,
  }: { by: string; personId: string; at: Date; was: PersonFields; wanted: PersonFields },
): AuditEntry[] {
  const others = fields.filter((field) => field !== 'roles' && field !== 'managerId');
  const about = { actorId, aboutId, at };
  return [
    ...(fields.includes('roles')
      ? [{ ...about, what: 'roles_changed' as const, detail: { from: was.roles, to: wanted.roles } }]
      : []),
    ...(fields.includes('managerId')
      ? [
          {
            ...about,
            what: 'manager_changed' as const,
            detail: { from: was.managerId, to: wanted.managerId },
          },
        ]
      : []),
    ...(others.length > 0 ? [{ ...about, what: 'person_changed' as const, detail: { fields: others } }] : []),
  ];
}
