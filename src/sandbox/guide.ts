import { checkInPeriod } from '#domain/duty.ts';
import { checkInsWhere } from '#storage/check-ins.ts';
import type { Trx } from '#storage/database.ts';
import type { Sandbox } from './sandbox.ts';
import { dana, sam } from './team.ts';

/** How far a visitor has come on the first minute's path, as the product's own records tell it. */
export interface GuideState {
  /** The 1:1 that has just ended is logged. */
  logged: boolean;
  /** On day 30, what each of the two has said. */
  day30: { rep: boolean; manager: boolean };
  /** What was agreed in it has been talked about in a later one. */
  closed: boolean;
}

/** Logs that were made in the past have views of the past; a visitor's log comes from a modal. */
const visitorsView = 'V%';

const day30 = 30;

export async function guideState({ application }: Sandbox): Promise<GuideState> {
  const { context, workspaceId } = application;
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const logId = await visitorsLog(trx, workspaceId);
    const [checkIn] = await checkInsWhere(trx, workspaceId, { repId: sam, day: day30 });
    return {
      logged: logId !== undefined,
      day30: {
        rep: checkIn != null && checkIn.rep !== null,
        manager: checkIn != null && checkIn.manager !== null,
      },
      closed: logId !== undefined && (await isClosed(trx, workspaceId, logId)),
    };
  });
}

async function visitorsLog(trx: Trx, workspaceId: string): Promise<string | undefined> {
  const log = await trx
    .selectFrom('one_on_one_log')
    .select('log_id')
    .where('workspace_id', '=', workspaceId)
    .where('manager_id', '=', dana)
    .where('rep_id', '=', sam)
    .where('view_id', 'like', visitorsView)
    .orderBy('logged_at')
    .executeTakeFirst();
  return log?.log_id;
}

async function isClosed(trx: Trx, workspaceId: string, logId: string): Promise<boolean> {
  const closed = await trx
    .selectFrom('commitment')
    .select('commitment_id')
    .where('workspace_id', '=', workspaceId)
    .where('log_id', '=', logId)
    .where('state', '=', 'closed')
    .executeTakeFirst();
  return closed !== undefined;
}

/** Where the guide travels to, and what Dana has been sent about Sam when one is there. */
const awaited = {
  'day-30': { kind: 'check_in', via: 'card', period: checkInPeriod(day30) },
  'follow-up': { kind: 'one_on_one', via: 'prompt', period: undefined },
} as const;

export type GuidedJourney = keyof typeof awaited;

/** Whether a message that has gone out since then is the one that the guide waits for. */
export async function hasArrived(
  { application }: Sandbox,
  to: GuidedJourney,
  since: number,
): Promise<boolean> {
  const { context, workspaceId } = application;
  const { kind, via, period } = awaited[to];
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const found = await trx
      .selectFrom('occurrence as o')
      .innerJoin('delivery_occurrence as link', (join) =>
        join
          .onRef('link.workspace_id', '=', 'o.workspace_id')
          .onRef('link.occurrence_id', '=', 'o.occurrence_id'),
      )
      .innerJoin('delivery as d', (join) =>
        join
          .onRef('d.workspace_id', '=', 'link.workspace_id')
          .onRef('d.delivery_id', '=', 'link.delivery_id'),
      )
      .select('o.occurrence_id')
      .where('o.workspace_id', '=', workspaceId)
      .where('o.kind', '=', kind)
      .where('o.about_id', '=', sam)
      .$if(period !== undefined, (query) => query.where('o.period', '=', period ?? ''))
      .where('d.receiver_id', '=', dana)
      .where('d.kind', '=', via)
      .where('d.state', '=', 'delivered')
      .where('d.due_at', '>', new Date(since))
      .where('o.due_at', '<=', new Date(context.clock.now()))
      .executeTakeFirst();
    return found !== undefined;
  });
}
