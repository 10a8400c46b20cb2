import type { KnownBlock, ModalView } from '@slack/web-api';
import type { Imported, ProposedImport } from '#services/apply-import.ts';
import { mostProfiles } from '#services/fill-from-profiles.ts';
import type { FileProblem } from '#services/people-file.ts';
import type { FieldChange, PlannedMove } from '#services/plan-people.ts';
import { whoSees } from '../form.ts';
import { wordsModal } from '../modal.ts';
import { plain, richText } from '../rich-text.ts';
import { counted } from '../start/words.ts';
import { fitted, inOneLine, nameOf } from '../text.ts';
import { ids, title } from './view.ts';

/** What a screen takes; the counts above tell the rest. */
const mostLines = 12;
const mostProblems = 20;

/** `showsTier`: an admin is told that a segment or wave changes, not from what to what. */
export function previewModal(
  proposed: ProposedImport,
  { showsTier, notice }: { showsTier: boolean; notice?: string },
): ModalView {
  const { importId, digest, plan, open, filled, leftOut } = proposed;
  const { added, changed, moved, unchanged } = plan;
  const isFilled = (id: string, field: 'startDate' | 'managerId') => filled.get(id)?.includes(field) === true;
  const nothing = added.length + changed.length + moved.length === 0;
  const counts = [
    `${added.length} added`,
    `${changed.length} changed`,
    `${moved.length} with another manager`,
    `${unchanged} as they are`,
  ].join(', ');
  const blocks: KnownBlock[] = [
    ...(notice === undefined ? [] : [section(notice)]),
    section(nothing ? `Nothing would change: ${counts}.` : `This would change: ${counts}.`),
    ...(leftOut === 0
      ? []
      : [section(`${leftOut} left out, who get no messages: guests, bots, deactivated or erased.`)]),
    ...othersInWords(proposed).map(section),
    ...list('Added', added, ({ id, name, roles, startDate }) =>
      [
        `${nameOf(name)}: ${roles.join(', ')}`,
        ...(isFilled(id, 'startDate') ? [`start date ${startDate} ${fromProfile}`] : []),
      ].join('; '),
    ),
    ...list(
      'Changed',
      changed,
      ({ id, name, changes }) =>
        `${nameOf(name)}: ${changes
          .map(
            (one) =>
              changeInWords(one, showsTier) +
              (one.field === 'startDate' && isFilled(id, 'startDate') ? ` ${fromProfile}` : ''),
          )
          .join('; ')}`,
    ),
    ...list('Another manager', moved, (move) =>
      moveInWords(move, open, isFilled(move.rep.id, 'managerId') ? ` ${fromProfile}` : ''),
    ),
    whoSees('Only you see this. That you imported, and how many it changed, is kept in the audit trail.'),
  ];
  return {
    type: 'modal',
    callback_id: ids.previewModal,
    private_metadata: JSON.stringify({ importId, digest }),
    title: plain(title),
    ...(nothing ? {} : { submit: plain('Apply') }),
    close: plain(nothing ? 'Close' : 'Not now'),
    blocks,
  };
}

const goesOn = (commitments: number, along: boolean): string => {
  const one = commitments === 1;
  return along ? (one ? 'goes along' : 'go along') : one ? 'waits' : 'wait';
};

const fromProfile = '(from their Slack profile)';

/** Of whom it says nothing, and what came of looking into profiles. */
function othersInWords({ source, others, profiles }: ProposedImport): string[] {
  const lines = [];
  if (source === 'file' && others > 0) {
    lines.push(
      others === 1
        ? '1 person known to Sideline is not in the file; they stay as they are.'
        : `${others} people known to Sideline are not in the file; they stay as they are.`,
    );
  }
  return profiles === undefined ? lines : [...lines, profilesInWords(profiles)];
}

function profilesInWords(profiles: NonNullable<ProposedImport['profiles']>): string {
  switch (profiles.kind) {
    case 'not_granted':
      return 'Nothing was taken from Slack profiles: this app was not given the scope users.profile:read.';
    case 'too_many':
      return (
        `Nothing was taken from Slack profiles: start date or manager of ${profiles.people} people is missing, ` +
        `and up to ${mostProfiles} are looked up at once. Import them in several files.`
      );
    case 'read':
      return profiles.unfit === 0
        ? `${counted(profiles.people, 'Slack profile')} read.`
        : `${counted(profiles.people, 'Slack profile')} read. ${profiles.unfit} of them ` +
            `${profiles.unfit === 1 ? 'names' : 'name'} as manager somebody who is none here; that was not taken.`;
  }
}

const section = (text: string): KnownBlock => ({ type: 'section', text: plain(fitted(text, 2_900)) });

function list<T>(heading: string, all: readonly T[], line: (one: T) => string): KnownBlock[] {
  if (all.length === 0) return [];
  const lines = all.slice(0, mostLines).map((one) => `• ${fitted(line(one), 220)}`);
  const more = all.length - lines.length;
  const text = fitted(['', ...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n'), 2_900);
  return [richText({ bold: heading }, text)];
}

const labels: Record<FieldChange['field'], string> = {
  name: 'name',
  email: 'address',
  timeZone: 'time zone',
  roles: 'roles',
  segment: 'segment',
  wave: 'wave',
  startDate: 'start date',
  country: 'country',
  workingDays: 'working days',
  workStarts: 'day starts',
  workEnds: 'day ends',
  inPilot: 'pilot group',
  status: 'status in Slack',
};

function changeInWords({ field, before, after }: FieldChange, showsTier: boolean): string {
  if ((field === 'segment' || field === 'wave') && !showsTier) return `${labels[field]} changes`;
  return `${labels[field]} ${valueInWords(before)} → ${valueInWords(after)}`;
}

const valueInWords = (value: unknown): string =>
  value === null ? 'none' : fitted(inOneLine(Array.isArray(value) ? value.join(', ') : String(value)), 60);

function moveInWords({ rep, from, to }: PlannedMove, open: ProposedImport['open'], source: string): string {
  const { excused = 0, commitments = 0 } = open.get(rep.id) ?? {};
  const moves = [
    ...(excused > 0 ? [`${excused} open ${excused === 1 ? 'is' : 'are'} excused`] : []),
    ...(commitments > 0 ? [`${counted(commitments, 'commitment')} ${goesOn(commitments, to !== null)}`] : []),
  ];
  const line = `${nameOf(rep.name)}: ${from === null ? 'nobody' : nameOf(from.name)} → ${to === null ? 'nobody' : nameOf(to.name)}${source}`;
  return moves.length === 0 ? line : `${line}; ${moves.join(', ')}`;
}

export function problemsModal(problems: readonly FileProblem[], source: 'file' | 'group'): ModalView {
  const kinds = [...Map.groupBy(problems, ({ reason }) => reason)];
  const shown = kinds.slice(0, mostProblems);
  const more = kinds.slice(mostProblems).reduce((sum, [, same]) => sum + same.length, 0);
  const lines = shown.map(([reason, same]) => {
    const words = fitted(inOneLine(reason), 130);
    return source === 'file' ? `• ${linesInWords(same)}: ${words}` : `• ${words}`;
  });
  const next =
    source === 'file'
      ? 'Correct these lines and import the file again; it is taken as a whole or not at all.'
      : 'Choose otherwise, or import a file.';
  return closing(
    section('Nothing was changed.'),
    section([...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n')),
    section(next),
  );
}

/** What is wrong in the same way is said once. */
function linesInWords(same: readonly FileProblem[]): string {
  const numbers = same.slice(0, mostNumbers).map(({ line }) => line);
  const rest = same.length - numbers.length;
  if (rest > 0) return `lines ${numbers.join(', ')} and ${rest} more`;
  return same.length === 1 ? `line ${numbers[0]}` : `lines ${numbers.join(', ')}`;
}

const mostNumbers = 6;

export function resultModal({ added, updated, managersChanged, unchanged }: Imported): ModalView {
  const text = `Done: ${added} added, ${updated} changed, ${managersChanged} with another manager, ${unchanged} as they were.`;
  return closing(section(text));
}

export const saying = (text: string): ModalView => closing(section(text));

const closing = (...blocks: KnownBlock[]): ModalView => ({
  ...wordsModal(title, '', blocks),
  close: plain('Close'),
});
