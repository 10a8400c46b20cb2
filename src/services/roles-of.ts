import type { Role } from '#domain/people.ts';
import type { Database } from '#storage/database.ts';
import { rolesOfMembers } from '#storage/members.ts';

/** So many questions of one workspace are on their way at a time; under load each is about several people. */
const mostUnderWay = 2;

type Found = ReadonlyMap<string, Role[]>;

interface Line {
  underWay: number;
  /** Whoever comes now is asked about in this one, which has not left yet. */
  next: { userIds: Set<string>; found: Promise<Found>; leave: () => void } | undefined;
}

const lines = new WeakMap<Pick<Database, 'askInWorkspace'>, Map<string, Line>>();

/**
 * The roles of whoever types a command. What is asked leaves at once, or with the next question where two are on their
 * way: never in one that has left, so that everybody is told what holds after they asked.
 */
export async function rolesOf(
  database: Pick<Database, 'askInWorkspace'>,
  workspaceId: string,
  userId: string,
): Promise<Role[] | undefined> {
  const ofDatabase = lines.get(database) ?? new Map<string, Line>();
  lines.set(database, ofDatabase);
  const line = ofDatabase.get(workspaceId) ?? { underWay: 0, next: undefined };
  ofDatabase.set(workspaceId, line);
  if (line.next === undefined) {
    const userIds = new Set<string>();
    const { promise, resolve: leave } = Promise.withResolvers<void>();
    const found = promise.then(async (): Promise<Found> => {
      const rows = await database.askInWorkspace(workspaceId, rolesOfMembers(workspaceId, [...userIds]));
      return new Map(rows.map((row) => [row.user_id, row.roles]));
    });
    line.next = { userIds, found, leave };
  }
  const { userIds, found } = line.next;
  userIds.add(userId);
  if (line.underWay < mostUnderWay) depart(line);
  return (await found).get(userId);
}

function depart(line: Line): void {
  const { next } = line;
  if (next === undefined) return;
  line.next = undefined;
  line.underWay += 1;
  next.leave();
  const arrive = (): void => {
    line.underWay -= 1;
    depart(line);
  };
  next.found.then(arrive, arrive);
}
