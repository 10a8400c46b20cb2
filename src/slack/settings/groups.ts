import type { SettingKey } from '#domain/settings.ts';
import type { Field, Kind, Unit } from './field.ts';

/** What is shown and changed together, in the order of the screen. */
export interface Group {
  id: string;
  title: string;
  /** What these are about, where the labels alone do not say it. */
  about?: string;
  fields: readonly Field[];
}

const days: Unit = ['day', 'days'];
const workingDays: Unit = ['working day', 'working days'];
const messages: Unit = ['message', 'messages'];

const count = (unit?: Unit): Kind => (unit === undefined ? { is: 'count' } : { is: 'count', unit });

function field(
  name: SettingKey | readonly [SettingKey, string],
  label: string,
  kind: Kind,
  hint?: string,
): Field {
  const [key, part] = typeof name === 'string' ? [name] : name;
  return {
    key,
    label,
    kind,
    ...(part === undefined ? {} : { part }),
    ...(hint === undefined ? {} : { hint }),
  };
}

export const groups: readonly Group[] = [
  {
    id: 'working_time',
    title: 'Working time',
    about: 'For everybody who has set nothing of their own.',
    fields: [
      field('workingDays', 'Working days', { is: 'weekdays' }),
      field('workStarts', 'Day starts', { is: 'time' }),
      field('workEnds', 'Day ends', { is: 'time' }, 'Nothing is sent after it.'),
      field('fiscalYearStart', 'Fiscal year starts in', { is: 'month' }),
    ],
  },
  {
    id: 'messages',
    title: 'Messages',
    about: 'What does not fit waits for the next card.',
    fields: [
      field(
        'cardTime',
        'Morning card',
        { is: 'time' },
        "Or the start of a person's working day, if that is later.",
      ),
      field(['budget', 'managerPerDay'], 'Most to a manager in a day', count(messages)),
      field(['budget', 'managerPerWeek'], 'Most to a manager in a week', count(messages)),
      field(['budget', 'repPerDay'], 'Most to a rep in a day', count(messages)),
      field(['budget', 'repPerWeek'], 'Most to a rep in a week', count(messages)),
      field(
        'guestsAllowed',
        'Guests get messages',
        { is: 'yes_no' },
        'Guests of this workspace. People of other organisations never do.',
      ),
    ],
  },
  {
    id: 'one_on_ones',
    title: '1:1s',
    about: 'Day and time are for pairs without a slot of their own.',
    fields: [
      field('oneOnOneWeekday', 'Day', { is: 'weekday' }),
      field('oneOnOneTime', 'Time', { is: 'time' }),
      field(
        'commitmentOnCardAfterWorkingDays',
        'A commitment moves to the card after',
        count(workingDays),
        'Counted from its date, if no 1:1 comes before.',
      ),
      field('commitmentClosesAfterDays', 'A commitment closes after', count(days)),
      field('habitApplications', 'A habit: seen or heard unasked', count(['time', 'times'])),
      field('habitAccounts', 'A habit: on at least', count(['account', 'accounts'])),
      field('habitWeeks', 'A habit: over at least', count(['week', 'weeks'])),
    ],
  },
  {
    id: 'observed_calls',
    title: 'Observed calls',
    fields: [
      field('observedCallDay', 'First asked on', { is: 'call_day' }),
      field(
        'observedCallFollowUps',
        'Asked again on working days',
        { is: 'counts' },
        'Days of the month with commas between them. Leave it empty to ask once.',
      ),
      field('quietDaysAtQuarterEnd', 'Silent before a fiscal quarter ends', count(workingDays)),
    ],
  },
  {
    id: 'check_ins',
    title: 'Check-ins',
    fields: [
      field('checkInDays', 'Days after training', { is: 'counts' }, 'With commas between them.'),
      field('checkInRepAloneUntilDay', 'Only the rep is asked up to day', count()),
      field('checkInAskedAgainAfterWorkingDays', 'Asked again after', count(workingDays)),
      field('checkInClosesAfterDays', 'Closes after', count(days)),
    ],
  },
  {
    id: 'practice',
    title: 'Practice',
    fields: [
      field('practicePerWeek', 'For a rep in a week', count(['item', 'items'])),
      field('practiceClosesAfterDays', 'Closes after', count(days)),
      field(
        'practiceLongestIntervalDays',
        'Longest interval',
        count(days),
        'An item that goes well twice in a row at this interval is retired.',
      ),
    ],
  },
  {
    id: 'time',
    title: 'Time',
    about: 'The weekly report of a manager, and the mix it is compared with.',
    fields: [
      field('timeReportWeekday', 'Asked on', { is: 'weekday' }),
      field('timeReportTime', 'Asked at', { is: 'time' }),
      field(
        'timeReportClosesWeekday',
        'Closes on',
        { is: 'weekday' },
        'The first such day after it was asked.',
      ),
      field('timeReportClosesTime', 'Closes at', { is: 'time' }),
      field(['referenceMix', 'innovating'], 'Reference mix: innovating', { is: 'share' }, 'In percent.'),
      field(['referenceMix', 'coaching'], 'Reference mix: coaching', { is: 'share' }, 'In percent.'),
      field(['referenceMix', 'selling'], 'Reference mix: selling', { is: 'share' }, 'In percent.'),
      field(
        ['referenceMix', 'allocation'],
        'Reference mix: resource allocation',
        { is: 'share' },
        'In percent. The four sum to 100.',
      ),
    ],
  },
  {
    id: 'certification',
    title: 'Certification',
    fields: [
      field('certificationRating', "Manager's rating, at least", count()),
      field('certificationEarliestDay', 'Evidence counts from day', count(), 'After training.'),
      field('certificationEvidenceDays', 'Evidence is no older than', count(days)),
      field('certificationValidDays', 'Valid for', count(days)),
      field('certificationCoverageTarget', 'Aim: share of eligible reps', count(['%', '%'])),
    ],
  },
  {
    id: 'digest',
    title: 'Digest',
    about: 'In the time zone of the digest.',
    fields: [
      field('digestWeekday', 'Posted on', { is: 'weekday' }),
      field('digestTime', 'Posted at', { is: 'time' }),
    ],
  },
  {
    id: 'words',
    title: 'Words',
    about: 'What the three pillars are called here.',
    fields: [
      field(['pillarNames', 'teach'], 'Teach', { is: 'name' }),
      field(['pillarNames', 'tailor'], 'Tailor', { is: 'name' }),
      field(['pillarNames', 'takeControl'], 'Take Control', { is: 'name' }),
    ],
  },
  {
    id: 'privacy',
    title: 'Privacy',
    about: 'What people wrote is removed when it is older than this, every night; what is counted stays.',
    fields: [
      field(
        'textsKeptMonths',
        'Texts are kept for',
        { is: 'count', unit: ['month', 'months'], zero: 'no limit' },
        'In months. 0: until somebody is erased. What is removed does not come back.',
      ),
    ],
  },
];

export const settingsFields: readonly Field[] = groups.flatMap(({ fields }) => fields);

export const groupOf = (id: string): Group | undefined => groups.find((group) => group.id === id);

export const keysOf = (group: Group): SettingKey[] => [...new Set(group.fields.map(({ key }) => key))];
