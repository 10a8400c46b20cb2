import { type Kysely, sql } from 'kysely';
import { defaultSettings } from '#domain/settings.ts';
import type { Trx } from '#storage/database.ts';
import type { Tables } from '#storage/schema/index.ts';
import type { Parameter, Service } from './every-service.ts';

/** A workspace that was lived in, as arguments for its services: who, and the ids of what there is about Dana and Sam. */
export interface TheirRecord {
  /** Handed back or not, they tell nothing. */
  ids: readonly string[];
  argument(service: Service, parameter: Parameter, means: Means): unknown;
}

interface Means {
  context: { database: unknown };
  trx: Trx | undefined;
  workspaceId: string;
}

const enablement = 'U0PRIYA';
const manager = 'U0DANA';
const rep = 'U0SAM';

export async function recordOf(
  owner: Kysely<Tables>,
  workspaceId: string,
  now: number,
): Promise<TheirRecord> {
  const who = async (query: string): Promise<string> => {
    const { rows } = await sql<{ id: string }>`${sql.raw(query)}`.execute(owner);
    return rows[0]?.id ?? rep;
  };
  /** One id of theirs, of the latest that is meant. */
  const one = async (query: string): Promise<string> => {
    const found = await who(query);
    if (found === rep) throw new Error(`there is none of theirs: ${query}`);
    return found;
  };
  const at = new Date(now);
  const today = at.toISOString().slice(0, 10);
  const where = `where workspace_id = '${workspaceId}'`;
  const open = `${where} and state in ('planned', 'due')`;
  const logId = await one(
    `select log_id as id from one_on_one_log ${where} and manager_id = '${manager}' and rep_id = '${rep}' order by held_on desc, log_id`,
  );
  const commitmentId = await one(
    `select commitment_id as id from commitment ${where} and manager_id = '${manager}' and rep_id = '${rep}' order by (state = 'open') desc, commitment_id`,
  );
  const occurrenceId = await one(
    `select occurrence_id as id from occurrence ${open} and asked_id = '${manager}' and kind = 'one_on_one' order by due_at`,
  );
  const programmeId = await one(`select programme_id as id from programme ${where}`);
  const enrolmentId = await one(
    `select enrolment_id as id from enrolment ${where} order by (rep_id = '${rep}') desc`,
  );
  const debriefId = await one(
    `select debrief_id as id from debrief ${where} and observer_id = '${manager}' and rep_id = '${rep}' order by held_on desc`,
  );
  const assignmentId = await one(
    `select assignment_id as id from practice_assignment ${where} and rep_id = '${rep}'`,
  );
  const reviewId = await one(
    `select review_id as id from practice_review ${where} and rep_id = '${rep}' order by reflected_at desc`,
  );
  const certificationId = await one(
    `select certification_id as id from certification ${where} and judged_by = '${manager}'`,
  );
  const deliveryId = await one(`select delivery_id as id from delivery ${where}`);
  const absenceId = await one(`select absence_id as id from absence ${where}`);
  const channel = await one(`select channel as id from message ${where} order by posted_at desc, message_id`);
  const ts = await one(`select ts as id from message ${where} order by posted_at desc, message_id`);
  const planId = await one(`select plan_id as id from call_plan ${where}`);

  const others = {
    enrolled: await who(`select rep_id as id from enrolment ${where} order by (rep_id = '${rep}') desc`),
    checkIn: await one(
      `select occurrence_id as id from occurrence ${where} and kind = 'check_in' order by state in ('planned', 'due') desc, due_at desc, occurrence_id`,
    ),
    checkedIn: await who(
      `select asked_id as id from occurrence ${where} and kind = 'check_in' order by state in ('planned', 'due') desc, due_at desc, occurrence_id`,
    ),
    reflection: await one(
      `select occurrence_id as id from occurrence ${where} and kind = 'practice' order by state in ('planned', 'due') desc, due_at desc, occurrence_id`,
    ),
    reflector: await who(
      `select asked_id as id from occurrence ${where} and kind = 'practice' order by state in ('planned', 'due') desc, due_at desc, occurrence_id`,
    ),
    note: await one(
      `select subject_id as id from card_note ${where} and receiver_id = '${rep}' and kind = 'debrief_shared' order by settled_at nulls first`,
    ),
  };

  const member = {
    id: rep,
    name: 'Sam',
    email: null,
    timeZone: 'UTC',
    roles: ['rep'],
    segment: null,
    wave: 1,
    startDate: null,
    country: null,
    dmChannel: null,
    status: 'active',
    workingDays: [1, 2, 3, 4, 5],
    workStarts: '09:00',
    workEnds: '17:00',
    inPilot: false,
    isGuest: false,
    away: null,
  };
  const lead = { ...member, id: manager, roles: ['manager'] };
  const pair = { managerId: manager, repId: rep };
  const ids = {
    ...{ viewId: 'V0FORGED', userId: enablement, personId: rep, viewerId: enablement, memberId: rep },
    ...{
      ...pair,
      observerId: manager,
      readerId: rep,
      actorId: enablement,
      watcherId: manager,
      by: enablement,
    },
    ...{
      logId,
      occurrenceId,
      occurrenceIds: [occurrenceId],
      commitmentId,
      programmeId,
      enrolmentId,
      debriefId,
    },
    ...{
      assignmentId,
      reviewId,
      certificationId,
      deliveryId,
      planId,
      absenceId,
      copyId: absenceId,
      importId: absenceId,
    },
    ...{ repIds: [rep], subjectId: debriefId, channel, ts, threadTs: ts, writerId: manager, digest: 'x' },
  };
  const agreement = {
    pair,
    takeaway: 'When they name a price, ask what it is compared with.',
    keep: false,
    by: today,
    last: undefined,
  };
  const given = {
    ...ids,
    ...agreement,
    ...{
      now,
      at,
      settings: defaultSettings,
      managerZone: 'UTC',
      today,
      since: at,
      machineNow: now,
      reason: 'gone',
    },
    ...{
      guestsAllowed: true,
      agreement,
      open: undefined,
      changed: new Set(['checkInCloses']),
      side: 'manager',
    },
    ...{
      source: 'file',
      plan: { added: [], changed: [], moved: [], unchanged: 0 },
      todo: { save: [], managers: new Map() },
      wanted: [],
    },
    ...{
      imported: {},
      save: [{ before: lead, after: { ...lead, wave: 3 } }],
      managers: new Map([[rep, enablement]]),
    },
    ...{ observer: lead, rep: member, before: member, after: { ...member, timeZone: 'Asia/Tokyo' } },
    ...{
      rows: [],
      columns: new Set(),
      outcome: 'reminded',
      evidence: 'saw',
      account: 'Hooli',
      answer: 'It went well.',
      text: 'Yes.',
    },
    ...{
      callOn: today,
      answers: [4, 3, 4, 4, 2, 2, 3, 2, 2, 3],
      lookFor: undefined,
      worked: 'Asked first',
      moment: 'The price',
    },
    ...{
      id: programmeId,
      ids: [rep],
      change: { wave: 3 },
      roles: ['rep'],
      as: 'retired',
      name: 'Teach',
      sessionOn: '2026-05-15',
      pillars: ['teach'],
    },
    ...{
      content: { name: 'Teach', sessionOn: '2026-05-15', pillars: ['teach'] },
      choice: { picked: [rep], teamsOf: [], waves: [], pasted: '' },
    },
    ...{
      seen: {},
      weekday: 2,
      time: '09:00',
      kind: 'digest',
      excuse: 'other',
      words: 'x',
      most: 20,
      formal: true,
      kinds: ['debrief_shared'],
    },
    ...{
      heldOn: today,
      about: 'skill',
      insisted: true,
      dueOn: today,
      why: 'x',
      chosen: { itemId: 'ask-why-three-times' },
      itemId: 'ask-why-three-times',
    },
    ...{
      from: '2026-02-01',
      until: today,
      zone: 'UTC',
      day: 2,
      all: true,
      pilot: undefined,
      replaces: undefined,
      firstDay: today,
      lastDay: today,
      standInId: undefined,
      isSure: true,
    },
    ...{
      ratings: [{ pillar: 'teach', score: 8, knownBy: 'A call' }],
      week: '2026-06-08',
      unit: 'hours',
      minutes: new Map(),
      note: undefined,
    },
    ...{
      spent: { innovating: 7, coaching: 6, selling: 14, allocation: 9, everythingElse: 6 },
      shown: [{ repId: rep, pillar: 'teach', shown: true }],
    },
    ...{
      reflection: 'did_it',
      sentence: 'I waited.',
      obstacle: null,
      verification: 'unasked',
      noteToRep: undefined,
    },
    ...{
      habitApplications: 3,
      habitAccounts: 2,
      habitWeeks: 2,
      awayId: manager,
      state: 'open',
      askedId: manager,
      aboutId: rep,
    },
    ...{
      workspaceId,
      askedByRep: false,
      review: null,
      focus: null,
      outcomeLogId: null,
      receiverId: rep,
      limit: 20,
    },
  };
  const commitment = { ...given, id: commitmentId, text: 'Ask why', by: today };
  const programme = { ...given, endedAt: null };
  const time = { days: [1, 2, 3, 4, 5], starts: '09:00', ends: '17:00', zone: 'UTC', country: null };
  const enrolment = { ...given, id: enrolmentId, repName: 'Sam', repTime: time, wave: 1, asked: true };
  const byType: [RegExp, unknown][] = [
    [/^readonly SlackPerson\[\]$/, [{ ...member, name: 'Samuel' }]],
    [/^(SlackPerson|Member|Pick<Member.*)$/, member],
    [/^(readonly Member\[\]|readonly \{ id: string; name: string; timeZone.*)$/, [member]],
    [
      /Map<string, Member>$/,
      new Map([
        [rep, member],
        [manager, lead],
      ]),
    ],
    [/Map<string, string \| undefined>$/, new Map([[rep, enablement]])],
    [
      /before: Member; after: Member \}\[\]$/,
      [{ before: member, after: { ...member, timeZone: 'Asia/Tokyo' } }],
    ],
    [/isGuest: boolean; away/, [{ id: rep, isGuest: false, away: null }]],
    [/^(Commitment|Asked|Pick<Commitment.*)$/, commitment],
    [/^CallPlan$/, { ...given, id: planId }],
    [/^Programme$/, programme],
    [/^readonly Enrolment\[\]$/, [enrolment]],
    [/^readonly LineMoved\[\]$/, [{ repId: rep, from: manager, to: enablement }]],
    [/^readonly NoteToPut\[\]$/, [{ ...given, kind: 'debrief_shared' }]],
    [/^NoteToPut$/, { ...given, kind: 'debrief_shared' }],
    [/^readonly SlotWish\[\]$/, [{ repId: rep, change: undefined }]],
    [/^readonly (LedgerDuty|CheckInFacts)\[\]$/, []],
    [/^(Settings|Pick<Settings.*)$/, defaultSettings],
    [/WantedPerson\[\]$/, []],
    [/^(readonly )?string\[\]( \| undefined)?$/, [rep]],
    [/^ReadonlySet<string>$/, new Set<string>()],
    [
      /^\{ members: readonly Member\[\]/,
      { members: [member, lead], lines: [pair], settings: defaultSettings },
    ],
    [/^readonly number\[\]$/, [2, 30]],
    [/^Date$/, at],
    [/^number$/, now],
    [/^boolean$/, false],
    [/^'|^(MemberStatus|Verdict|StepTaken)$/, undefined],
  ];
  const byName: Record<string, unknown> = {
    ...ids,
    ...{
      named: rep,
      text: 'slack_user_id,role\nU0SAM,rep\n',
      responseUrl: 'https://hooks.example/x',
      eventId: 'Ev1',
      month: '2026-05',
      monday: '2026-06-08',
    },
    ...{
      from: '2026-02-01',
      until: today,
      zone: 'UTC',
      date: '2026-06-20',
      method: 'chat.postMessage',
      repIds: [rep],
      status: 'deactivated',
    },
    ...{
      measure: 'adherence',
      step: 'defaults',
      verdict: 'delivered',
      wish: 'ask',
      reason: 'withdrawn',
      when: 'soon',
      to: 'pause',
      ended: 'sent',
    },
    ...{
      days: [2, 30],
      most: 20,
      skip: 0,
      seconds: 1,
      limit: 20,
      action: 'see_preview',
      resource: 'conversation',
    },
  };
  const optional = new Set([
    'progress',
    'touching',
    'standIns',
    'begunId',
    'before',
    'pilot',
    'choice',
    'sessions',
    'options',
    'page',
    'filter',
    'goesOn',
    'client',
  ]);

  return {
    ids: [...Object.values(ids), ...Object.values(others)]
      .filter((id) => /^[^U].*\d/.test(String(id)))
      .map(String),
    argument({ name: service }, { name, type }, { context, trx, workspaceId: set }) {
      if (name === 'workspaceId') return set;
      if (type === 'Trx') return trx;
      if (/Context|Calling|\bMeans\b/.test(type)) return context;
      if (/Database/.test(type)) return context.database;
      const wish = special[service]?.({ ...ids, ...others, at, today, rep, manager, enablement });
      if (wish !== undefined && name in wish) return wish[name];
      if (name === 'goesOn') return () => false;
      if (name === 'client') return (context as unknown as { client: unknown }).client;
      if (name === 'filter' || name === 'page' || name === 'options') return {};
      if (optional.has(name)) return undefined;
      const known = byType.find(([pattern, value]) => pattern.test(type) && value !== undefined);
      if (known !== undefined && !(name in byName && type === 'number')) return known[1];
      if (name in byName && !/^\{|^[A-Z]/.test(type)) return byName[name];
      if (
        name in byName &&
        typeof byName[name] === 'string' &&
        /^(MemberStatus|Verdict|StepTaken|Action|Resource)$/.test(type)
      )
        return byName[name];
      if (/^string|^'/.test(type) || (type === '' && name !== ''))
        throw new Error(`${service} takes ${name}, which nothing is known to forge`);
      return { ...given, workspaceId: set, ...wish };
    },
  };
}

type Special = Record<string, unknown>;

/** Where it is asked by somebody else, or about another of its kind. */
const special: Record<string, (known: Record<string, unknown>) => Special> = {
  answerBaseline: ({ enrolled: userId }) => ({ userId }),
  answerCheckIns: ({ checkIn: occurrenceId, checkedIn: userId }) => ({
    userId,
    side: 'rep',
    rows: [{ occurrenceId, answers: { teach: 'unasked' }, example: undefined }],
  }),
  applyPeople: ({ rep, enablement }) => ({ managers: new Map([[rep, enablement]]) }),
  chooseDigest: () => ({ channel: 'C0DIGEST' }),
  decideAnew: () => ({}),
  exportMeasure: ({ today }) => ({ measure: 'adherence', since: '2026-02-01', until: today }),
  excuse: ({ manager: personId }) => ({ personId }),
  logOneOnOne: () => ({ logId: undefined, minutes: 30 }),
  movableBy: ({ manager: personId }) => ({ personId, action: 'snooze_occurrence' }),
  openBaseline: ({ enrolled: userId }) => ({ userId }),
  openCheckIn: ({ checkIn: occurrenceId, checkedIn: repId }) => ({ occurrenceId, repId }),
  openExcuse: ({ manager: personId }) => ({ personId }),
  openReflection: ({ reflection: occurrenceId, reflector: repId }) => ({ occurrenceId, repId }),
  openTimeReport: () => ({ named: undefined }),
  putOffOccurrence: ({ manager: personId }) => ({ personId, wanted: 'tomorrow' }),
  readNote: ({ note: subjectId }) => ({ subjectId }),
  recordDayZero: ({ manager: userId }) => ({ userId }),
  openDayZero: ({ manager: userId }) => ({ userId }),
  reflectOnPractice: ({ reflection: occurrenceId, reflector: repId }) => ({ occurrenceId, repId }),
  standingReasons: ({ at }) => ({ now: at }),
  startAs: () => ({ named: undefined }),
  startIn: () => ({ pilot: undefined }),
  viewOneOnOneHistory: ({ manager: viewerId }) => ({ viewerId }),
};
