import type { KnownBlock, ModalView } from '@slack/web-api';
import { toLocal } from '#domain/time/zone.ts';
import type { OneOnOneHistory, SeenVersion } from '#services/view-one-on-one-history.ts';
import { section } from '../blocks.ts';
import { dayInWords } from '../dates.ts';
import { type Choice, whoSees } from '../form.ts';
import { type Part, plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine, nameOf } from '../text.ts';
import { evidenceChoices, outcomeChoices } from './fields.ts';
import { ids } from './view.ts';

const nothing: Part[] = [];

/** Over the form of the log, where one can go back to it, or by itself from Home. */
export function historyModal(
  { repName, isRep, timeZone, versions }: OneOnOneHistory,
  { onTop }: { onTop: boolean },
): ModalView {
  const first = firstNameOf(repName);
  return {
    type: 'modal',
    callback_id: ids.history,
    title: plain('What was saved'),
    close: plain(onTop ? 'Back' : 'Close'),
    blocks: [
      ...(versions.length === 0 ? [section('What was written here is no longer kept.')] : []),
      ...versions.map((version) => block(version, first, timeZone)),
      whoSees(
        `The latest first. ${isRep ? 'You see' : `${first} sees`} the one thing, its date and how last time went, in every version; ` +
          'a private note is shown to its writer alone.',
      ),
    ],
  };
}

function block({ savedAt, savedBy, content }: SeenVersion, first: string, timeZone: string): KnownBlock {
  const { date, time } = toLocal(savedAt.getTime(), timeZone);
  const head: Part = { bold: `${nameOf(savedBy)}, ${dayInWords(date)}, ${time}` };
  if (content === undefined) return richText(head, '\nWithdrawn.');
  const { takeaway, by, keep, last, nextOn } = content;
  const lines: Part[] = [
    `\n${keep ? 'Kept' : 'To try'} by ${dayInWords(by)}: ${shown(takeaway)}`,
    ...(last === undefined ? nothing : [`\nLast time: ${lastInWords(last, first)}`]),
    ...(nextOn === undefined ? nothing : [`\nNext 1:1: ${dayInWords(nextOn)}`]),
    ...rest(content),
  ];
  return richText(head, ...lines);
}

type Content = NonNullable<SeenVersion['content']>;

function lastInWords({ outcome, evidence, account }: NonNullable<Content['last']>, first: string): string {
  const word = (choices: readonly Choice[], value: string): string =>
    choices.find(([one]) => one === value)?.[1] ?? value;
  const where = account === undefined ? '' : `, on ${shown(account)}`;
  return `${word(outcomeChoices, outcome)}; ${word(evidenceChoices(first), evidence).toLowerCase()}${where}`;
}

/** What only some may see is simply not there for the others. */
function rest({ about, heldOn, gap, focus, minutes, blockers, privateNote }: Content): Part[] {
  const facts = [
    about === undefined ? undefined : about === 'skill' ? 'about a skill' : 'about a stuck deal',
    heldOn === undefined ? undefined : `held on ${dayInWords(heldOn)}`,
    gap === undefined ? undefined : `missing: ${gap}`,
    focus === undefined ? undefined : `focus: ${shown(focus)}`,
    minutes === undefined ? undefined : `${minutes} minutes`,
  ].filter((one) => one !== undefined);
  return [
    ...(facts.length === 0 ? nothing : [`\n${facts.join(', ')}`]),
    ...(blockers === undefined ? nothing : [`\nBlockers: ${shown(blockers)}`]),
    ...(privateNote === undefined ? nothing : [`\nPrivate note: ${shown(privateNote)}`]),
  ];
}

const shown = (text: string): string => fitted(inOneLine(text), 600);
