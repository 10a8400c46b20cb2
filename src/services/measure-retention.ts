import { type ObservedRetention, observedRetention } from '#domain/retention.ts';
import type { Trx } from '#storage/database.ts';
import { checkInRows, dayZeroRows, enrolmentRows } from '#storage/retention-rows.ts';

export interface RetentionAtDay extends ObservedRetention {
  /** Days after training. */
  day: number;
}

/** What was seen at each check-in day, of trainings held in a period (both dates included) or of all. */
export async function measureRetention(
  trx: Trx,
  workspaceId: string,
  days: readonly number[],
  sessions: { from: string; until: string } = { from: '', until: '9999-12-31' },
): Promise<RetentionAtDay[]> {
  const enrolled = await enrolmentRows(trx, workspaceId);
  const held = new Set(
    enrolled
      .filter(({ sessionOn }) => sessionOn >= sessions.from && sessionOn <= sessions.until)
      .map(({ programmeId }) => programmeId),
  );
  const isHeld = ({ programmeId }: { programmeId: string }): boolean => held.has(programmeId);
  const dayZero = (await dayZeroRows(trx, workspaceId)).filter(isHeld);
  const checkIns = (await checkInRows(trx, workspaceId)).filter(isHeld);
  return days.map((day) => ({ day, ...observedRetention(day, dayZero, checkIns) }));
}
