import type { KnownBlock } from '@slack/web-api';
import { type DutyKind, dutyKinds } from '#domain/occurrence.ts';
import { type Unanswered, unansweredSince } from '#storage/unanswered.ts';
import { note } from '../blocks.ts';
import { type Part, richText } from '../rich-text.ts';
import { nameOf } from '../text.ts';
import { type HomeRequest, seenOfAll } from './part.ts';

const weeks = 4;
/** Once happens to everybody. */
const repeatedly = 2;
const namesShown = 15;

const called: Record<DutyKind, readonly [one: string, many: string]> = {
  one_on_one: ['1:1', '1:1s'],
  observed_call: ['observed call', 'observed calls'],
  check_in: ['check-in', 'check-ins'],
  commitment: ['follow-up', 'follow-ups'],
  practice: ['practice', 'practices'],
  time_report: ['time report', 'time reports'],
};

/** Who has let several things close without an answer: for enablement, since nobody is reminded over and over. */
export async function unansweredBlocks(request: HomeRequest): Promise<KnownBlock[]> {
  const { trx, workspaceId, now } = request;
  if (seenOfAll(request, 'adherence') !== 'full') return [];
  const since = new Date(now - weeks * 7 * 24 * 60 * 60_000);
  const people = await unansweredSince(trx, workspaceId, since, repeatedly);
  if (people.length === 0) return [];
  const rest = people.length - namesShown;
  return [
    richText(
      { bold: 'Closed without an answer, more than once in four weeks' },
      ...people.slice(0, namesShown).map(lineOf),
      ...(rest > 0 ? [`\nand ${rest} more`] : []),
    ),
    note(
      'Named here only. What would make it easier: another day, fewer at once, a stand-in? They are not reminded again.',
    ),
  ];
}

/** In words, since "1 1:1" cannot be read. */
const inWords = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** "Dana Whitfield: two 1:1s, one time report" */
function lineOf({ name, counts }: Unanswered): Part {
  const parts = dutyKinds.flatMap((kind) => {
    const count = counts[kind] ?? 0;
    return count === 0 ? [] : [`${inWords[count] ?? count} ${called[kind][count === 1 ? 0 : 1]}`];
  });
  return `\n${nameOf(name)}: ${parts.join(', ')}`;
}
