import type { Pillar } from '#domain/pillar.ts';
import type { CheckInAnswer, CheckInSide } from '#domain/retention.ts';
import type { Settings } from '#domain/settings.ts';
import type { CheckInAnswers, CheckInFacts } from '#storage/check-ins.ts';
import type { Choice } from '../form.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';

type Names = Settings['pillarNames'];

/** The same answers, in the words of who gives them. One cannot have failed to watch oneself. */
export const choicesOf: Record<CheckInSide, readonly (Choice & readonly [CheckInAnswer, string])[]> = {
  rep: [
    ['unasked', 'Did it unasked'],
    ['reminded', 'When reminded'],
    ['not_seen', 'Not this time'],
    ['no_chance', 'No chance'],
  ],
  manager: [
    ['unasked', 'Unasked'],
    ['reminded', 'When reminded'],
    ['not_seen', 'Not seen'],
    ['no_chance', 'No chance'],
    ['not_watched', "Haven't watched"],
  ],
};

export function answerInWords(side: CheckInSide, answer: CheckInAnswer | undefined): string {
  const found = choicesOf[side].find(([value]) => value === answer);
  return (found?.[1] ?? 'no answer').toLowerCase();
}

/** "Teach unasked, Tailor no chance" */
export function answersInWords(
  side: CheckInSide,
  answers: CheckInAnswers,
  pillars: readonly Pillar[],
  names: Names,
): string {
  return pillars
    .map((pillar) => `${inOneLine(names[pillar])} ${answerInWords(side, answers[pillar])}`)
    .join(', ');
}

export const programmeInLine = (name: string, most = 60): string => fitted(inOneLine(name), most);

/** What both said, for either of them; nothing before both are in. */
export function bothInWords(facts: CheckInFacts, reader: CheckInSide, names: Names): string | undefined {
  const { rep, manager, pillars, repName, managerName } = facts;
  if (rep === null || manager === null) return undefined;
  const ofRep = answersInWords('rep', rep.answers, pillars, names);
  const ofManager = answersInWords('manager', manager.answers, pillars, names);
  return reader === 'rep'
    ? `You: ${ofRep}. ${firstNameOf(managerName ?? 'your manager')}: ${ofManager}.`
    : `${firstNameOf(repName)}: ${ofRep}. You: ${ofManager}.`;
}
