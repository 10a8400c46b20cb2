import type { WebClient } from '@slack/web-api';
import { mayBeMessaged } from '#domain/people.ts';
import { listMembers, type Member } from '#storage/members.ts';
import { currentLines } from '#storage/reporting.ts';
import type { WantedPerson } from './plan-people.ts';
import type { Calling } from './slack-calls.ts';
import { slackErrorOf } from './slack-error.ts';
import { type ProfileFacts, readProfiles } from './slack-profiles.ts';

/** What became of looking into profiles. */
export type ProfilesRead =
  /** `unfit`: profiles that name a manager who is none here. */
  | { kind: 'read'; people: number; unfit: number }
  | { kind: 'too_many'; people: number }
  | { kind: 'not_granted' };

/** Each costs a call, of which Slack allows a hundred a minute. */
export const mostProfiles = 200;

/** Start dates and managers that are neither known nor told, as the profiles in Slack have them. */
export async function fillFromProfiles(
  context: Calling & { client: WebClient },
  workspaceId: string,
  wanted: readonly WantedPerson[],
  progress?: (read: number) => void,
): Promise<{ wanted: WantedPerson[]; profiles: ProfilesRead }> {
  const { known, lines } = await context.database.inWorkspace(workspaceId, async (trx) => ({
    known: new Map((await listMembers(trx, workspaceId)).map((one) => [one.id, one])),
    lines: await currentLines(trx, workspaceId),
  }));
  const managed = new Set(lines.map(({ repId }) => repId));
  const missing = (one: WantedPerson) => ({
    startDate: (one.startDate === undefined ? known.get(one.person.id)?.startDate : one.startDate) == null,
    manager: one.managerId === undefined ? !managed.has(one.person.id) : one.managerId === null,
  });
  const lacking = wanted.filter((one) => isInATeam(one) && (missing(one).startDate || missing(one).manager));
  if (lacking.length > mostProfiles) {
    return { wanted: [...wanted], profiles: { kind: 'too_many', people: lacking.length } };
  }
  const ids = lacking.map(({ person }) => person.id);
  const facts = await unlessNotGranted(readProfiles(context.client, context, workspaceId, ids, progress));
  if (facts === undefined) return { wanted: [...wanted], profiles: { kind: 'not_granted' } };

  const managers = managersAfter(wanted, known);
  let unfit = 0;
  const filled = wanted.map((one) => {
    const { startDate, managerId } = facts.get(one.person.id) ?? nothing;
    const { startDate: lacksStart, manager: lacksManager } = missing(one);
    const isFit = managerId !== undefined && managers.has(managerId) && managerId !== one.person.id;
    if (lacksManager && managerId !== undefined && !isFit) unfit += 1;
    const takes = {
      ...(lacksStart && startDate !== undefined ? { startDate } : {}),
      ...(lacksManager && isFit ? { managerId } : {}),
    };
    const fromProfile = Object.keys(takes) as (keyof typeof takes)[];
    return fromProfile.length === 0 ? one : { ...one, ...takes, fromProfile };
  });
  return { wanted: filled, profiles: { kind: 'read', people: ids.length, unfit } };
}

const isInATeam = ({ roles }: WantedPerson): boolean => roles.includes('rep') || roles.includes('manager');

const nothing: ProfileFacts = { startDate: undefined, managerId: undefined };

/** Who may manage somebody once the import is done. */
function managersAfter(wanted: readonly WantedPerson[], known: ReadonlyMap<string, Member>): Set<string> {
  const after = new Map([...known].map(([id, { roles, status }]) => [id, { roles, status }]));
  for (const { person, roles } of wanted) after.set(person.id, { roles: [...roles], status: person.status });
  return new Set(
    [...after].flatMap(([id, { roles, status }]) =>
      roles.includes('manager') && mayBeMessaged(status) ? [id] : [],
    ),
  );
}

async function unlessNotGranted<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (slackErrorOf(error) === 'missing_scope') return undefined;
    throw error;
  }
}
