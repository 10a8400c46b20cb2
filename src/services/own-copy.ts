import { done, type Result, refused } from '#domain/result.ts';
import { noteInAudit } from '#storage/audit.ts';
import { addCopy, lastCopy, moveCopy } from '#storage/copy-requests.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { exportPerson } from '#storage/person-export.ts';
import type { ServiceContext } from '../context.ts';
import { keepersOf } from './ask-for-erasure.ts';
import type { PersonExported } from './export-person.ts';
import { setterOf } from './view-settings.ts';

type CopyContext = Pick<ServiceContext, 'clock' | 'database'>;

/** A copy that is to be sent now, by whoever began it and nobody else. */
export interface CopyBegun extends PersonExported {
  copyId: string;
  dmChannel: string | null;
  timeZone: string;
}

export type NotBegun =
  | { kind: 'you_are_unknown' }
  | { kind: 'being_made' }
  /** It lies in Slack already, or Slack did not say whether it does. */
  | { kind: 'lately'; at: Date; isSure: boolean; timeZone: string };

/** Long enough for Slack's answers; who dies in between does not keep anybody from asking again. */
const leaseFor = 5 * 60_000;
/** The same again is no news; whoever presses twice has not meant two. */
const newsAfter = 60 * 60_000;

/** Begins to make a copy of what is kept about whoever asks: what they see in Sideline anyway. */
export function beginCopy(
  { clock, database }: CopyContext,
  workspaceId: string,
  personId: string,
): Promise<Result<CopyBegun, NotBegun>> {
  const now = clock.now();
  const machine = clock.machineNow();
  return database.inWorkspace(workspaceId, async (trx): Promise<Result<CopyBegun, NotBegun>> => {
    const person = await findMember(trx, workspaceId, personId);
    if (person === undefined) return refused({ kind: 'you_are_unknown' });
    const { name, timeZone, dmChannel } = person;
    const leasedUntil = new Date(machine + leaseFor);
    const last = await lastCopy(trx, workspaceId, personId);
    if (last?.state === 'making') {
      if ((last.leasedUntil?.getTime() ?? 0) > machine) return refused({ kind: 'being_made' });
      await settleIn(trx, workspaceId, { copyId: last.id, personId }, 'unsure', new Date(now));
    } else if (last?.state === 'sent' || last?.state === 'unsure') {
      const at = last.settledAt ?? last.askedAt;
      if (at.getTime() > now - newsAfter) {
        return refused({ kind: 'lately', at, isSure: last.state === 'sent', timeZone });
      }
    }
    // Whoever waits for an operator need not, once the app was given the scope.
    const isOurs =
      last?.state === 'waiting' &&
      (await moveCopy(trx, workspaceId, last.id, 'waiting', { state: 'making', leasedUntil }));
    const copyId = isOurs
      ? last.id
      : await addCopy(trx, workspaceId, personId, { state: 'making', askedAt: new Date(now), leasedUntil });
    if (copyId === undefined) return refused({ kind: 'being_made' });
    const tables = await exportPerson(trx, workspaceId, personId, { formal: false });
    return done({ copyId, dmChannel, timeZone, person: { id: personId, name }, tables });
  });
}

/** How it ended: only what never reached Slack may be tried again at once. */
export function settleCopy(
  { clock, database }: CopyContext,
  workspaceId: string,
  copy: { copyId: string; personId: string },
  ended: 'sent' | 'unsure' | 'not_sent',
): Promise<void> {
  const at = new Date(clock.now());
  return database.inWorkspace(workspaceId, (trx) => settleIn(trx, workspaceId, copy, ended, at));
}

async function settleIn(
  trx: Trx,
  workspaceId: string,
  { copyId, personId }: { copyId: string; personId: string },
  ended: 'sent' | 'unsure' | 'not_sent',
  at: Date,
): Promise<void> {
  const isEnded = await moveCopy(trx, workspaceId, copyId, 'making', { state: ended, settledAt: at });
  if (!isEnded || ended === 'not_sent') return;
  const by = { actorId: personId, aboutId: personId, at };
  await noteInAudit(trx, workspaceId, { ...by, what: 'exported', detail: { formal: false } });
}

/** Sideline cannot send it here: whoever runs it makes the copy. Says who is told of it, and since when it waits. */
export function askForCopy(
  { clock, database }: CopyContext,
  workspaceId: string,
  personId: string,
  begunId?: string,
): Promise<Result<{ told: string[]; since: Date; timeZone: string }, { kind: 'you_are_unknown' }>> {
  const at = new Date(clock.now());
  return database.inWorkspace(workspaceId, async (trx) => {
    const person = await findMember(trx, workspaceId, personId);
    if (person === undefined) return refused({ kind: 'you_are_unknown' });
    const isMoved =
      begunId !== undefined && (await moveCopy(trx, workspaceId, begunId, 'making', { state: 'waiting' }));
    const isNew =
      isMoved ||
      (await addCopy(trx, workspaceId, personId, { state: 'waiting', askedAt: at, leasedUntil: null })) !==
        undefined;
    if (isNew) {
      const by = { actorId: personId, aboutId: personId, at };
      await noteInAudit(trx, workspaceId, { ...by, what: 'copy_asked' });
    }
    const since = (await lastCopy(trx, workspaceId, personId))?.askedAt ?? at;
    return done({ told: await keepersOf(trx, workspaceId), since, timeZone: person.timeZone });
  });
}

export interface CopyHandedOver {
  dmChannel: string | null;
  /** Whose Home showed that somebody waits. */
  told: string[];
}

export type NotHandedOver = { kind: 'not_permitted' } | { kind: 'nobody_waits' };

/** Somebody who keeps the workspace says that the copy is with the person it is about. */
export function handOverCopy(
  { clock, database }: CopyContext,
  workspaceId: string,
  by: string,
  personId: string,
): Promise<Result<CopyHandedOver, NotHandedOver>> {
  const at = new Date(clock.now());
  return database.inWorkspace(workspaceId, async (trx): Promise<Result<CopyHandedOver, NotHandedOver>> => {
    if (!(await setterOf(trx, workspaceId, by, 'erase_people')).ok) return refused({ kind: 'not_permitted' });
    const person = await findMember(trx, workspaceId, personId);
    const last = await lastCopy(trx, workspaceId, personId);
    const ended = { state: 'handed_over', settledAt: at } as const;
    if (
      person === undefined ||
      last === undefined ||
      !(await moveCopy(trx, workspaceId, last.id, 'waiting', ended))
    ) {
      return refused({ kind: 'nobody_waits' });
    }
    await noteInAudit(trx, workspaceId, { actorId: by, aboutId: personId, what: 'copy_handed_over', at });
    return done({ dmChannel: person.dmChannel, told: await keepersOf(trx, workspaceId) });
  });
}
