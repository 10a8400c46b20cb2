import { awayOn } from '#domain/absence.ts';
import type { PublicHoliday } from '#domain/holidays.ts';
import type { MemberStatus } from '#domain/people.ts';
import { decideSending, limitsOf, type Waits } from '#domain/sending.ts';
import { slackLimits } from '#domain/slack-limits.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { holidayAtWork } from '#domain/working-time.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';
import { receiversOf } from '#storage/receivers.ts';
import { currentSettings } from '#storage/settings.ts';
import { hasToWait } from '#storage/slack-limits.ts';
import { findWorkspace } from '#storage/workspaces.ts';
import { receiverOf } from './receiver.ts';

/** Why nothing would go to somebody just now. */
export type Standing =
  | { kind: 'not_started' }
  | { kind: 'paused'; since: Date }
  | { kind: 'not_in_pilot' }
  | { kind: 'status'; status: Exclude<MemberStatus, 'active'> }
  | { kind: 'away'; lastDay: string; cardAt: Date }
  /** What comes up now is left to a card; `most` messages may go out in a day or week, where that decides. */
  | {
      kind: 'later';
      because: Exclude<Waits, 'away'>;
      cardAt: Date;
      most: number;
      holiday?: PublicHoliday | undefined;
    }
  /** Slack asked not to post before a while has passed. */
  | { kind: 'slack_waits' };

const cutOff: ReadonlySet<Standing['kind']> = new Set(['not_started', 'paused', 'not_in_pilot', 'status']);

/** Whether nothing goes out at all, whatever is planned. */
export const isNothingSent = (standing: readonly Standing[]): boolean =>
  standing.some(({ kind }) => cutOff.has(kind));

export async function standingReasons(
  trx: Trx,
  workspaceId: string,
  person: Member,
  { now, machineNow }: { now: Date; machineNow: number },
): Promise<Standing[]> {
  const workspace = await findWorkspace(trx, workspaceId);
  const slackWaits = await hasToWait(trx, workspaceId, 'chat.postMessage', slackLimits, new Date(machineNow));
  const { status } = person;
  const known: Standing[] = [
    ...(workspace?.startedAt == null ? [{ kind: 'not_started' } as const] : []),
    ...(workspace?.pausedAt != null ? [{ kind: 'paused', since: workspace.pausedAt } as const] : []),
    ...(workspace?.startedAt != null && workspace.pilot && !person.inPilot
      ? [{ kind: 'not_in_pilot' } as const]
      : []),
    ...(status === 'active' ? [] : [{ kind: 'status', status } as const]),
    ...(slackWaits ? [{ kind: 'slack_waits' } as const] : []),
  ];
  if (isNothingSent(known)) return known;
  const waiting = await whatWouldWait(trx, workspaceId, person, now.getTime());
  return waiting === undefined ? known : [...known, waiting];
}

/** The same rules as for a message that is due, asked about one that were due now. */
async function whatWouldWait(
  trx: Trx,
  workspaceId: string,
  person: Member,
  now: number,
): Promise<Standing | undefined> {
  const today = toLocal(now, person.timeZone).date;
  const row = (await receiversOf(trx, workspaceId, [person.id], addDays(today, -8))).get(person.id);
  if (row === undefined) return undefined;
  const settings = await currentSettings(trx, workspaceId);
  const sending = decideSending({ kind: 'prompt', dueAt: now }, now, receiverOf(row, today), settings);
  if (sending.kind === 'send') return undefined;
  const { because } = sending;
  const cardAt = new Date(sending.at);
  if (because === 'away') {
    const absence = awayOn(row.absences, person.id, today);
    return { kind: 'away', lastDay: absence?.lastDay ?? today, cardAt };
  }
  const { perDay, perWeek } = limitsOf(row.roles, settings.budget);
  const holiday = holidayAtWork(row.time, today);
  return { kind: 'later', because, cardAt, most: because === 'week_is_full' ? perWeek : perDay, holiday };
}
