import type { Clock } from '#domain/clock.ts';
import type { Database } from '#storage/database.ts';
import { findWorkspaces } from '#storage/workspaces.ts';
import { RecentlyUsed } from '../recently-used.ts';

/** A workspace as far as a request from Slack needs it. */
export interface KnownWorkspace {
  workspaceId: string;
  botUserId: string;
  /** The app was removed; what comes all the same is refused. */
  ended: boolean;
}

/** Where Slack says a request comes from. */
export interface RequestOrigin {
  teamId: string | undefined;
  enterpriseId: string | undefined;
  isEnterpriseInstall: boolean;
}

export interface KnownWorkspaces {
  find(origin: RequestOrigin): Promise<KnownWorkspace | undefined>;
  /** What is known of all of them is asked anew. */
  forget(): void;
}

/** Asked again in the background from then on, so that nobody waits for it; later than twice that, it is waited for. */
const freshFor = 30_000;
const mostKept = 20_000;

interface Found {
  workspace: KnownWorkspace;
  at: number;
}

/**
 * Which workspace a request belongs to. Other processes install and end workspaces as well: what is remembered here
 * is at most a minute old. Who is not known is always looked up, so that a new workspace is known everywhere at once.
 *
 * `only`: there is a token for that one alone, whatever else is in the database.
 */
export function knownWorkspaces(
  { database, clock }: { database: Pick<Database, 'owner'>; clock: Pick<Clock, 'monotonic'> },
  only?: string,
): KnownWorkspaces {
  const kept = new RecentlyUsed<Found>(mostKept);

  async function look(name: string, origin: RequestOrigin): Promise<KnownWorkspace | undefined> {
    const at = clock.monotonic();
    const ids = only === undefined ? idsOf(origin) : [only];
    const [found] = ids.length === 0 ? [] : await findWorkspaces(database.owner, ids);
    if (found === undefined) {
      kept.delete(name);
      return undefined;
    }
    const workspace = { workspaceId: found.id, botUserId: found.botUserId, ended: found.ended };
    kept.set(name, { workspace, at });
    return workspace;
  }

  return {
    async find(origin) {
      const name = only ?? nameOf(origin);
      if (only !== undefined && !idsOf(origin).includes(only)) return undefined;
      const known = kept.get(name);
      const age = known === undefined ? Number.POSITIVE_INFINITY : clock.monotonic() - known.at;
      if (known === undefined || age > 2 * freshFor) return look(name, origin);
      if (age > freshFor) {
        // Not twice at once; and where it fails, whoever comes next asks, waits and is told why.
        kept.set(name, { ...known, at: clock.monotonic() });
        look(name, origin).catch(() => kept.delete(name));
      }
      return known.workspace;
    },
    forget: () => kept.clear(),
  };
}

/** One that was installed for a whole organisation goes by the organisation's id, all others by the team's. */
function idsOf({ teamId, enterpriseId, isEnterpriseInstall }: RequestOrigin): string[] {
  const ids = isEnterpriseInstall ? [enterpriseId] : [teamId, enterpriseId];
  return ids.filter((id) => id !== undefined);
}

const nameOf = (origin: RequestOrigin): string => idsOf(origin).join(' ');
