import { plan } from '#delivery/planner.ts';
import { type TravelClock, travelClock } from '#domain/clock.ts';
import type { Reflection, Verification } from '#domain/practice/rating.ts';
import { toLocal } from '#domain/time/zone.ts';
import { assignPractice, type Chosen } from '#services/assign-practice.ts';
import { reflectOnPractice } from '#services/reflect-practice.ts';
import { setManagers } from '#services/set-managers.ts';
import { verifyPractice } from '#services/verify-practice.ts';
import { saveMember } from '#storage/members.ts';
import { practiceTimesOf } from '#storage/practice-times.ts';
import { upsertInstallation } from '#storage/workspaces.ts';
import type { TestDatabase } from '#test/database.ts';

const zone = 'America/Los_Angeles';
export const workspaceId = 'T0PRACTICE';

/** Dana and Lee manage, Sam and Kim report to Dana; nobody sends anything. */
export class Gym {
  readonly database: TestDatabase;
  readonly clock: TravelClock;
  readonly context: { clock: TravelClock; database: TestDatabase; wake(): void };
  #forms = 0;

  private constructor(database: TestDatabase, now: string) {
    this.database = database;
    this.clock = travelClock(Date.parse(now));
    this.context = { clock: this.clock, database, wake: () => undefined };
  }

  static async open(database: TestDatabase, now = '2026-03-02T17:30:00Z'): Promise<Gym> {
    const gym = new Gym(database, now);
    await upsertInstallation(database.owner, {
      workspaceId,
      teamId: workspaceId,
      enterpriseId: null,
      name: 'Gym',
      botUserId: 'BOT',
      installedAt: new Date(gym.clock.now()),
    });
    for (const id of ['dana', 'lee']) await gym.member(id, { roles: ['manager'] });
    for (const id of ['sam', 'kim']) await gym.member(id, {});
    await gym.manages('dana', 'sam', 'kim');
    return gym;
  }

  member(
    id: string,
    changes: Partial<Pick<Parameters<typeof saveMember>[2], 'roles' | 'wave' | 'status'>>,
  ): Promise<void> {
    return this.database.inWorkspace(workspaceId, (trx) =>
      saveMember(trx, workspaceId, {
        id,
        name: id.charAt(0).toUpperCase() + id.slice(1),
        email: null,
        timeZone: zone,
        roles: ['rep'],
        segment: null,
        wave: null,
        startDate: null,
        country: null,
        status: 'active',
        workingDays: [1, 2, 3, 4, 5],
        workStarts: '09:00',
        workEnds: '17:00',
        updatedAt: new Date(this.clock.now()),
        ...changes,
      }),
    );
  }

  async manages(managerId: string | undefined, ...repIds: string[]): Promise<void> {
    const wanted = new Map(repIds.map((id) => [id, managerId]));
    const at = new Date(this.clock.now());
    await this.database.inWorkspace(workspaceId, (trx) => setManagers(trx, workspaceId, wanted, at));
  }

  async isAway(memberId: string, firstDay: string, lastDay: string, standInId: string | null = null) {
    await this.database.inWorkspace(workspaceId, (trx) =>
      trx
        .insertInto('absence')
        .values({
          workspace_id: workspaceId,
          absence_id: crypto.randomUUID(),
          member_id: memberId,
          first_day: firstDay,
          last_day: lastDay,
          stand_in_id: standInId,
          set_by: memberId,
          set_at: new Date(this.clock.now()),
          withdrawn_at: null,
        })
        .execute(),
    );
  }

  viewId(): string {
    this.#forms += 1;
    return `V${this.#forms}`;
  }

  assign(
    item: string | Chosen,
    dueOn: string,
    { by = 'dana', to = 'sam', viewId = this.viewId() }: { by?: string; to?: string; viewId?: string } = {},
  ) {
    const chosen = typeof item === 'string' ? { itemId: item } : item;
    const wanted = { viewId, managerId: by, repId: to, chosen, dueOn, why: undefined };
    return assignPractice(this.context, workspaceId, wanted);
  }

  reflect(
    occurrenceId: string,
    reflection: Reflection = 'did_it',
    { by = 'sam', viewId = this.viewId(), sentence = 'As it went.' } = {},
  ) {
    const words = { reflection, account: null, sentence, obstacle: null };
    return reflectOnPractice(this.context, workspaceId, { viewId, repId: by, occurrenceId, ...words });
  }

  verify(
    reviewId: string,
    verification: Verification | null = 'seen',
    { by = 'dana', viewId = this.viewId() }: { by?: string; viewId?: string | null } = {},
  ) {
    const given = {
      viewId: viewId ?? undefined,
      managerId: by,
      reviewId,
      verification,
      noteToRep: undefined,
    };
    return verifyPractice(this.context, workspaceId, given);
  }

  async times(repId = 'sam') {
    const times = await this.database.inWorkspace(workspaceId, (trx) =>
      practiceTimesOf(trx, workspaceId, [repId]),
    );
    return times.map((one) => ({ ...one, on: toLocal(one.dueAt.getTime(), zone).date }));
  }

  /** The open times, by their days. */
  async open(repId = 'sam') {
    return (await this.times(repId)).filter(({ state }) => state === 'planned' || state === 'due');
  }

  reviews() {
    return this.database.inWorkspace(workspaceId, (trx) =>
      trx.selectFrom('practice_review').selectAll().orderBy('reflected_at').execute(),
    );
  }

  notes() {
    return this.database.inWorkspace(workspaceId, (trx) =>
      trx.selectFrom('card_note').selectAll().orderBy('made_at').execute(),
    );
  }

  /** At noon where the reps are; the planner runs then. */
  async dayIs(date: string): Promise<void> {
    this.clock.travelTo(Date.parse(`${date}T20:00:00Z`));
    await plan(this.context);
  }

  /** As if the card of that day had gone out. */
  async markAsked(): Promise<void> {
    const now = new Date(this.clock.now());
    await this.database.inWorkspace(workspaceId, (trx) =>
      trx
        .updateTable('occurrence')
        .set({ asked_at: now })
        .where('state', '=', 'due')
        .where('asked_at', 'is', null)
        .execute(),
    );
  }
}
