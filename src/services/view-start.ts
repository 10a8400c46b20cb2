import { done, type Result, refused } from '#domain/result.ts';
import { defaultSettings, settingKeys } from '#domain/settings.ts';
import type { Trx } from '#storage/database.ts';
import { findDigest } from '#storage/digest.ts';
import { findMember, listMembers, type Member } from '#storage/members.ts';
import { currentLines } from '#storage/reporting.ts';
import { currentSettings } from '#storage/settings.ts';
import { findWorkspace } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';
import { takingPart } from './pilot.ts';
import { type PersonWeek, previewWeek } from './preview-week.ts';
import { startersIn } from './running-state.ts';

export type NotYoursToStart = { kind: 'you_are_unknown' } | { kind: 'not_permitted'; starters: string[] };

/** How a workspace stands before it starts, or while it runs. */
export interface StartView {
  startedAt: number | null;
  pausedAt: number | null;
  /** The managers of the pilot group it runs for; undefined where it runs for everybody, or has not started. */
  pilot: string[] | undefined;
  viewer: Pick<Member, 'id' | 'timeZone'>;
  managers: number;
  reps: number;
  /** Names of reps whom nobody coaches. */
  unmanaged: string[];
  /** How many settings are not the defaults. */
  settingsChanged: number;
  digestChannel: string | null;
  /** Whoever would take part, those who hear first coming first. */
  weeks: PersonWeek[];
  nameOf(id: string): string;
}

/** What would happen in the first week, if it started now for everybody or for a pilot group. Changes nothing. */
export async function viewStart(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  userId: string,
  /** The managers of a pilot group; as it is where left out. */
  choice?: { pilot: readonly string[] | undefined },
): Promise<Result<StartView, NotYoursToStart>> {
  const now = context.clock.now();
  return context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<StartView, NotYoursToStart>> => {
      const viewer = await starterOf(trx, workspaceId, userId, 'see_preview');
      if (!viewer.ok) return viewer;
      const workspace = await findWorkspace(trx, workspaceId);
      const members = await listMembers(trx, workspaceId);
      const lines = await currentLines(trx, workspaceId);
      const settings = await currentSettings(trx, workspaceId);
      const everybody = takingPart(members, lines, undefined);
      const managing = new Set(lines.map(({ managerId }) => managerId));
      const runsForPilot = workspace?.startedAt != null && workspace.pilot;
      const pilot = runsForPilot
        ? members.filter((one) => one.inPilot && managing.has(one.id)).map(({ id }) => id)
        : undefined;
      const managed = new Set(lines.map(({ repId }) => repId));
      const reps = everybody.filter(({ roles }) => roles.includes('rep'));
      const people = takingPart(members, lines, choice === undefined ? pilot : choice.pilot);
      const weeks = await previewWeek(trx, workspaceId, { members: people, lines, settings }, now);
      const names = new Map(members.map(({ id, name }) => [id, name]));
      return done({
        startedAt: workspace?.startedAt?.getTime() ?? null,
        pausedAt: workspace?.pausedAt?.getTime() ?? null,
        pilot,
        viewer: viewer.value,
        managers: everybody.filter(({ id }) => managing.has(id)).length,
        reps: reps.length,
        unmanaged: reps.filter(({ id }) => !managed.has(id)).map(({ name }) => name),
        settingsChanged: settingKeys.filter(
          (key) => JSON.stringify(settings[key]) !== JSON.stringify(defaultSettings[key]),
        ).length,
        digestChannel: (await findDigest(trx, workspaceId))?.channel ?? null,
        weeks: weeks.toSorted(inOrder),
        nameOf: (id) => names.get(id) ?? id,
      });
    },
  );
}

function inOrder(one: PersonWeek, other: PersonWeek): number {
  const first = ({ messages }: PersonWeek): number => messages[0]?.at ?? Number.POSITIVE_INFINITY;
  if (first(one) !== first(other)) return first(one) < first(other) ? -1 : 1;
  return one.person.name.localeCompare(other.person.name);
}

/** The asker, if they may start, pause and resume, or see what would come of it. */
export async function starterOf(
  trx: Trx,
  workspaceId: string,
  userId: string,
  action: 'start_workspace' | 'see_preview' = 'start_workspace',
): Promise<Result<Member, NotYoursToStart>> {
  const asker = await findMember(trx, workspaceId, userId);
  if (asker === undefined) return refused({ kind: 'you_are_unknown' });
  if (await may(trx, { workspaceId, viewerId: userId }, action)) return done(asker);
  return denied({ kind: 'not_permitted', starters: await startersIn(trx, workspaceId) });
}
