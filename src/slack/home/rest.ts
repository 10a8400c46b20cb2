import { ErrorCode } from '@slack/web-api';
import type { Request } from '../feature.ts';

/** Whose Homes are to be made after a break that Slack asked for, by person. */
type Rest = Map<string, () => void>;

type Asked = Pick<Request, 'context' | 'workspaceId' | 'userId'>;

const rests = new WeakMap<Request['context']['database'], Map<string, Rest>>();

/** For how many seconds Slack wants no more calls; undefined where it said something else. */
export function secondsToRest(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== ErrorCode.RateLimitedError)
    return undefined;
  return 'retryAfter' in error ? Number(error.retryAfter) : undefined;
}

/** Says whether Slack wants a break from this workspace's Homes; then the work is done once after it. */
export function restsFor({ context, workspaceId, userId }: Asked, work: () => void): boolean {
  const rest = rests.get(context.database)?.get(workspaceId);
  if (rest === undefined) return false;
  rest.set(userId, work);
  return true;
}

/** Begins a break. What is asked for meanwhile is made after it, each Home once; a stopped process forgets it. */
export function beginRest({ context, workspaceId }: Asked, seconds: number): void {
  const ofDatabase = rests.get(context.database) ?? new Map<string, Rest>();
  rests.set(context.database, ofDatabase);
  if (ofDatabase.has(workspaceId)) return;
  const rest: Rest = new Map();
  ofDatabase.set(workspaceId, rest);
  const end = (): void => {
    ofDatabase.delete(workspaceId);
    for (const work of rest.values()) work();
  };
  setTimeout(end, Math.max(1, seconds) * 1000).unref();
}
