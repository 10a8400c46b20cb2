import type { KnownBlock } from '@slack/web-api';
import { checkInPeriod, isForManagerToo } from '#domain/duty.ts';
import { toLocal } from '#domain/time/zone.ts';
import { workingDayFrom } from '#domain/working-time.ts';
import { baselinesOf } from '#storage/baselines.ts';
import { type CheckInFacts, checkInsWhere } from '#storage/check-ins.ts';
import { dayZeroOf } from '#storage/day-zero.ts';
import { findMember, type Member, workingTimeOf } from '#storage/members.ts';
import { type Enrolment, enrolmentsWhere, listProgrammes, type Programme } from '#storage/programmes.ts';
import { differenceLines, scoreLines } from '../baseline/words.ts';
import { header, note } from '../blocks.ts';
import { ids as checkInIds, teamValue } from '../check-in/view.ts';
import { answersInWords, bothInWords } from '../check-in/words.ts';
import { dayInWords } from '../dates.ts';
import { type HomePart, type HomeRequest, mayForAll, seenHere } from '../home/part.ts';
import { richText } from '../rich-text.ts';
import { firstNameOf } from '../text.ts';
import { dayLine, daysOf, namesUpTo } from './state.ts';
import { actions, button, calledIn, ids, sessionDay } from './view.ts';

/** Trainings on Home: one's own, those of one's team, and for enablement who has not answered. */
export const programmeHome: HomePart = async (request) => {
  const { trx, workspaceId } = request;
  const programmes = await listProgrammes(trx, workspaceId);
  if (programmes.length === 0) return {};
  const running = programmes.filter(({ endedAt }) => endedAt === null);
  return {
    own: await ownPart(request, running),
    team: await teamPart(request, running),
    workspace: mayForAll(request, 'run_programme') ? await workspacePart(request, running) : [],
  };
};

const shownOwn = 3;
const shownOthers = 4;

async function ownPart(request: HomeRequest, running: readonly Programme[]): Promise<KnownBlock[]> {
  const { trx, workspaceId, person } = request;
  if ((await seenHere(request, 'programme')) === 'none') return [];
  const enrolments = await enrolmentsWhere(trx, workspaceId, { repIds: [person.id] });
  const own = running.flatMap((programme) => {
    const enrolment = enrolments.find(({ programmeId }) => programmeId === programme.id);
    return enrolment === undefined ? [] : [{ programme, enrolment }];
  });
  if (own.length === 0) return [];
  const checkIns = await checkInsWhere(trx, workspaceId, { repId: person.id });
  const blocks: KnownBlock[] = [];
  for (const { programme, enrolment } of own.slice(0, shownOwn)) {
    const ofIt = checkIns.filter(({ enrolmentId }) => enrolmentId === enrolment.id);
    const begins = await baselineLine(request, enrolment.id);
    blocks.push(...ownBlocks(request, programme, ofIt, begins));
  }
  return [header('Your training'), ...blocks];
}

async function baselineLine(
  { trx, workspaceId, settings, viewerId }: HomeRequest,
  enrolmentId: string,
): Promise<string> {
  const sides = await baselinesOf(trx, workspaceId, [enrolmentId]);
  const rep = sides.find(({ side }) => side === 'rep')?.answers;
  const manager = sides.find(({ side }) => side === 'manager');
  const { pillarNames } = settings;
  if (rep === undefined) return '';
  if (manager !== undefined) {
    const who = await findMember(trx, workspaceId, manager.answeredBy);
    const called = {
      rep: viewerId === undefined ? 'you' : 'they',
      manager: who === undefined ? 'the manager' : firstNameOf(who.name),
    };
    return `\nBefore it. ${differenceLines({ rep, manager: manager.answers }, pillarNames, called).join('. ')}.`;
  }
  // Nobody sees one side before both are in.
  return viewerId === undefined ? `\nBefore it. ${scoreLines(rep, pillarNames).join('. ')}.` : '';
}

/** A day off is passed over: the card of the next working day asks. */
function askedOn(dueAt: Date, person: Member): string {
  const { date } = toLocal(dueAt.getTime(), person.timeZone);
  return workingDayFrom(workingTimeOf(person), date);
}

function ownBlocks(
  { now, person, viewerId, settings }: HomeRequest,
  programme: Programme,
  checkIns: readonly CheckInFacts[],
  begins: string,
): KnownBlock[] {
  const next = checkIns.find(({ state, dueAt }) => state === 'planned' && dueAt.getTime() > now);
  const last = checkIns.findLast(({ rep }) => rep !== null);
  const upcoming =
    next === undefined ? '' : `\nNext check-in: day ${next.day}, ${dayInWords(askedOn(next.dueAt, person))}.`;
  return [
    richText(
      { bold: calledIn(programme) },
      `, session on ${sessionDay(programme.sessionOn)}.${upcoming}${begins}`,
      last === undefined ? '' : lastLine(last, viewerId, settings.pillarNames),
    ),
    ...(last === undefined || viewerId !== undefined
      ? []
      : [
          actions(`check_in_${programme.id}`, [
            button(
              `Day ${last.day}: see or change`,
              checkInIds.answer,
              last.occurrenceId,
              `See or change the check-in of day ${last.day}`,
            ),
          ]),
        ]),
  ];
}

function lastLine(
  last: CheckInFacts,
  viewerId: string | undefined,
  names: HomeRequest['settings']['pillarNames'],
): string {
  const both = bothInWords(last, viewerId === undefined ? 'rep' : 'manager', names);
  if (both !== undefined && (viewerId === undefined || viewerId === last.managerId)) {
    return `\nDay ${last.day}. ${both}`;
  }
  if (viewerId !== undefined || last.rep === null) return '';
  return `\nDay ${last.day}. You: ${answersInWords('rep', last.rep.answers, last.pillars, names)}.`;
}

async function teamPart(request: HomeRequest, running: readonly Programme[]): Promise<KnownBlock[]> {
  const { trx, workspaceId, person, now, settings, viewerId } = request;
  const enrolments = await enrolmentsWhere(trx, workspaceId);
  const ofTeam = enrolments.filter(({ managerId }) => managerId === person.id);
  const withTeam = running.filter(({ id }) => ofTeam.some(({ programmeId }) => programmeId === id));
  if (withTeam.length === 0) return [];
  const checkIns = await checkInsWhere(trx, workspaceId, { managerId: person.id });
  const blocks: KnownBlock[] = [];
  for (const programme of withTeam.slice(0, shownOthers)) {
    const reps = ofTeam.filter(({ programmeId }) => programmeId === programme.id);
    const days = daysOf(
      checkIns.filter(({ programmeId }) => programmeId === programme.id),
      settings,
      now,
    );
    const zero = await withoutDayZero(request, programme, reps);
    blocks.push(
      richText(
        { bold: calledIn(programme) },
        `, session on ${sessionDay(programme.sessionOn)}: ${reps.length} of your reps.`,
        ...days.map((one) => `\n${dayLine(one, 'you')}.`),
        zero.length === 0 ? '' : `\nDay 0 is not recorded for ${zero.length}.`,
      ),
    );
    const last = days.find(({ day }) => isForManagerToo(checkInPeriod(day), settings));
    const elements = [
      ...(zero.length === 0 ? [] : [button('Day 0', ids.dayZero, programme.id, 'What each showed on day 0')]),
      ...(last === undefined
        ? []
        : [
            button(
              `Day ${last.day}: see or change`,
              checkInIds.teamAll,
              teamValue(programme.id, last.day),
              `See or change day ${last.day} of ${calledIn(programme, 30)}`,
            ),
          ]),
      button('Open', ids.open, programme.id, `Open ${calledIn(programme, 60)}`),
    ];
    if (viewerId === undefined) blocks.push(actions(`team_programme_${programme.id}`, elements));
  }
  return [header('Training of your team'), ...blocks, ...others(withTeam.length)];
}

async function withoutDayZero(
  { trx, workspaceId, person, now }: HomeRequest,
  programme: Programme,
  reps: readonly Enrolment[],
): Promise<Enrolment[]> {
  if (toLocal(now, person.timeZone).date < programme.sessionOn) return [];
  const recorded = new Set((await dayZeroOf(trx, workspaceId, programme.id)).map(({ repId }) => repId));
  return reps.filter(({ repId, asked }) => asked && !recorded.has(repId));
}

const namesShown = 30;

async function workspacePart(request: HomeRequest, running: readonly Programme[]): Promise<KnownBlock[]> {
  const { trx, workspaceId, now, settings, viewerId } = request;
  const blocks: KnownBlock[] = [];
  for (const programme of running.slice(0, shownOthers)) {
    const days = daysOf(await checkInsWhere(trx, workspaceId, { programmeId: programme.id }), settings, now);
    const [latest] = days;
    blocks.push(
      richText(
        { bold: calledIn(programme) },
        `, session on ${sessionDay(programme.sessionOn)}.`,
        latest === undefined ? '' : `\n${dayLine(latest, 'managers')}.`,
        ...days.flatMap(({ day, waitingReps, waitingManagers }) => {
          const waiting = [...waitingReps, ...waitingManagers];
          return waiting.length === 0
            ? []
            : [`\nDay ${day}, not answered yet: ${namesUpTo(waiting, namesShown)}.`];
        }),
      ),
    );
    if (viewerId === undefined) {
      const open = button('Open', ids.open, programme.id, `Open ${calledIn(programme, 60)}`);
      blocks.push(actions(`programme_${programme.id}`, [open]));
    }
  }
  if (blocks.length === 0) return [];
  return [
    header('Programmes'),
    ...blocks,
    ...others(running.length),
    note('Who has not answered is named here only, in no channel.'),
  ];
}

function others(count: number): KnownBlock[] {
  const rest = count - shownOthers;
  return rest > 0 ? [richText(`${rest} more: /coach programme.`)] : [];
}
