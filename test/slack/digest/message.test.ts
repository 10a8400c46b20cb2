import { describe, expect, test } from 'vitest';
import { dutyKinds } from '#domain/occurrence.ts';
import { validateMessage, validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { Block } from '#sandbox/local-slack/surface/blocks.ts';
import { blockWords } from '#sandbox/local-slack/surface/words.ts';
import type { DigestFigures } from '#services/measure-digest.ts';
import type { MessageContent } from '#services/message-content.ts';
import { digestInWords, digestMessage } from '#slack/digest/message.ts';
import { previewModal } from '#slack/digest/view.ts';
import { atDay, certifiedOf, mixOf, nothing, retentionOf, share, teamOf } from './figures.ts';

const words = ({ blocks }: MessageContent): string =>
  (blocks as unknown as Block[]).flatMap((block) => blockWords(block)).join('\n');
const typesOf = ({ blocks }: MessageContent): string[] => blocks.map(({ type }) => type as string);
interface Chart {
  type: string;
  title: string;
  chart: {
    type: string;
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[] };
  };
}
const charts = ({ blocks }: MessageContent): Chart[] =>
  (blocks as unknown as Chart[]).filter(({ type }) => type === 'data_visualization');

describe.each([0, 1, 8, 60, 500])('with %i reps', (reps) => {
  const figures = reps === 0 ? nothing : teamOf(reps);

  test('Slack takes the message, the words and the preview', () => {
    expect(validateMessage(digestMessage(figures))).toEqual([]);
    expect(validateMessage(digestInWords(figures))).toEqual([]);
    expect(validateView(previewModal(figures))).toEqual([]);
    // In words there is nothing that a Slack without tables and charts could refuse.
    const plain = ['header', 'rich_text', 'context'];
    expect(typesOf(digestInWords(figures)).every((type) => plain.includes(type))).toBe(true);
  });

  test('below five there are counts and no rate', () => {
    const everything = `${digestMessage(figures).text}\n${words(digestInWords(figures))}`;
    // The reference, the target of the mix and the published mark are no rates of this team.
    const own = everything
      .split('\n')
      .filter((line) => !/Published elsewhere|reference/.test(line))
      .map((line) => line.replace('target 80 %', 'target'))
      .join('\n');
    if (reps < 5) expect(own).not.toContain('%');
    else expect(own).toContain('%');
  });
});

test('nothing to count is said, shortly', () => {
  expect(digestMessage(nothing).text).toBe('Coaching, 2–8 Mar: nothing to count yet.');
  expect(words(digestMessage(nothing))).toContain('Nothing to count yet');
  expect(typesOf(digestMessage(nothing))).toEqual(['header', 'rich_text', 'context']);
});

describe('adherence', () => {
  const one = (over: Partial<DigestFigures['duties'][number]>): DigestFigures => ({
    ...nothing,
    duties: [
      {
        duty: 'one_on_one',
        week: { done: 31, expired: 9, excused: 2, late: 1 },
        open: 0,
        before: { done: 141, expired: 19, excused: 0, late: 0 },
        ...over,
      },
    ],
  });

  test('a table of every duty, with excused and late beside the rate', () => {
    const table = digestMessage(teamOf(40)).blocks.find(({ type }) => type === 'table');
    const rows = (table as unknown as { rows: { text: string }[][] }).rows.map((row) =>
      row.map(({ text }) => text),
    );
    expect(rows).toHaveLength(1 + dutyKinds.length);
    expect(rows[0]).toEqual(['Duty', 'Done', 'Rate', 'Four weeks before', 'Open', 'Excused', 'Late']);
    expect(rows[1]).toEqual(['1:1s', '24 of 40', '60 %', '160 of 160 (100 %)', '0', '1', '1']);
  });

  test('in words the same figures', () => {
    expect(words(digestInWords(one({})))).toContain(
      '1:1s: 31 of 40 (78 %); the four weeks before: 141 of 160 (88 %). Excused 2, logged late 1.',
    );
  });

  test('while some of the week is open it has no rate, which would be too good', () => {
    const open = one({ week: { done: 31, expired: 0, excused: 0, late: 0 }, open: 9 });
    expect(words(digestInWords(open))).toContain('1:1s: 31 of 40, 9 still open;');
    expect(digestMessage(open).text).toBe('Coaching, 2–8 Mar: 1:1s 31 of 40, 9 still open.');
    // Nor does it count as a fall, or as the lowest.
    expect(words(digestInWords(open))).toContain('Nothing stands out this week.');
  });
});

describe('certification', () => {
  const line = (certification: DigestFigures['certification']): string | undefined =>
    words(digestInWords({ ...teamOf(8), certification }))
      .split('\n')
      .find((one) => one.startsWith('Certified'));

  test('of those enrolled and of all, by wave, the fourth apart, against the target', () => {
    expect(line(certifiedOf(3, 8, 12))).toBe(
      'Certified: 3 of 8 (38 %) enrolled reps; of all reps 3 of 12 (25 %), target 80 %. ' +
        'By wave, of all reps: wave 1: 3 of 12 (25 %). Wave 4, apart: 0 of 2.',
    );
  });

  test('below five only counts; before anybody is enrolled it says so', () => {
    expect(line(certifiedOf(1, 2, 4))).toContain('1 of 2 enrolled reps; of all reps 1 of 4, target 80 %.');
    expect(line(certifiedOf(0, 0, 12))).toContain(
      'nobody is enrolled in a training yet; of all reps 0 of 12',
    );
  });
});

describe('retention', () => {
  const withDays = (...retention: DigestFigures['retention']): DigestFigures => ({ ...nothing, retention });

  test('each day with n, and with how many had no chance, were not watched, did not answer', () => {
    const seen = withDays(
      atDay(7, retentionOf(12, 8, 5, [2, 3, 4])),
      atDay(30, retentionOf(3, 2, 1, [0, 1, 6])),
    );
    expect(words(digestInWords(seen))).toContain(
      [
        'After training',
        'Day 7: seen 8 of 12 (67 %), unasked 5 (42 %). Beside them: no chance 2, not watched 3, unanswered 4.',
        'Day 30: seen 2 of 3, unasked 1. Beside them: no chance 0, not watched 1, unanswered 6.',
      ].join('\n'),
    );
  });

  test('the published figure is one mark with its source, and called no measurement of this team', () => {
    const said = words(digestInWords(withDays(atDay(30, retentionOf(6, 3, 1)))));
    expect(said).toContain(
      'Published elsewhere: 13 % left at day 30. Rackham at Xerox: change in skill without coaching, one company, ' +
        '30 days as it is retold. It was not measured here.',
    );
  });

  test('the illustration is named one, and ends at the mark', () => {
    const seen = [2, 7, 14, 30, 60, 90].map((day) => atDay(day, retentionOf(10, 8, 4)));
    const message = digestMessage(withDays(...seen));
    const [chart] = charts(message);
    expect(chart?.chart.axis_config.categories).toEqual(['Day 2', 'Day 7', 'Day 14', 'Day 30']);
    expect(chart?.chart.series.map(({ name, data }) => [name, data.map(({ value }) => value)])).toEqual([
      ['Seen here', [80, 80, 80, 80]],
      ['Unasked here', [40, 40, 40, 40]],
      ['Illustration only', [87, 62, 39, 13]],
    ]);
    expect(words(message)).toContain(
      'Illustration of that figure, not a measurement: day 2 87 %, day 7 62 %, day 14 39 %, day 30 13 %.',
    );
    expect(words(message)).toContain('Day 90: seen 8 of 10 (80 %)');
  });

  test('what was seen of fewer than five is in no chart, and one day makes no line', () => {
    const few = [2, 7, 14].map((day) => atDay(day, retentionOf(4, 4, 4)));
    expect(charts(digestMessage(withDays(...few)))).toEqual([]);
    expect(charts(digestMessage(withDays(...few, atDay(30, retentionOf(5, 4, 4)))))).toEqual([]);
  });
});

describe("managers' time", () => {
  const mix = { innovating: 0.35, coaching: 0.15, selling: 0.3, allocation: 0.2 };

  test('against the reference, drawn and in words', () => {
    const figures = { ...nothing, mix: mixOf(5, mix) };
    const [chart] = charts(digestMessage(figures));
    expect(chart?.chart.series.map(({ name, data }) => [name, data.map(({ value }) => value)])).toEqual([
      ['Here, 5 managers', [35, 15, 30, 20]],
      ['Reference mix', [29, 28, 27, 16]],
    ]);
    const said = words(digestInWords(figures));
    expect(said).toContain('Developing people 15 %, reference 28 %');
    expect(said).toContain('Average of 5 managers over four weeks.');
    expect(said).toContain('it was not published as a target');
  });

  test.each([
    [0, 'No manager has reported'],
    [1, 'One manager has reported'],
    [4, '4 managers have reported'],
  ])('of %i managers no average is shown', (n, said) => {
    const figures = { ...teamOf(8), mix: mixOf(n, undefined) };
    expect(words(digestMessage(figures))).toContain(
      `${said}: too few reports to show an average without names.`,
    );
    expect(charts(digestMessage(figures)).map(({ title }) => title)).not.toContain(
      "Managers' time over four weeks",
    );
  });
});

describe('three things to look at', () => {
  const questions = (figures: DigestFigures): string[] =>
    words(digestInWords(figures))
      .split('\n')
      .filter((line) => /^\d\. /.test(line));
  const duty = (name: DigestFigures['duties'][number]['duty'], week: number, before: number) => ({
    duty: name,
    week: { done: week, expired: 100 - week, excused: 0, late: 0 },
    open: 0,
    before: { done: before, expired: 100 - before, excused: 0, late: 0 },
  });

  test('at most three, as questions: the largest fall, the lowest, what nobody looked at', () => {
    const figures: DigestFigures = {
      ...teamOf(60),
      duties: [duty('one_on_one', 70, 90), duty('practice', 85, 100), duty('time_report', 55, 56)],
    };
    expect(questions(figures)).toEqual([
      '1. 1:1s went from 90 % to 70 %. What got in the way?',
      '2. Time reports stand lowest, at 55 %. What would make them easier to keep?',
      '3. 24 of 60 reps are without an observed call this month so far. Which calls of this week could be joined?',
    ]);
  });

  test('a month that is over is not asked about any more; then answers, watching, and the mix', () => {
    const figures: DigestFigures = {
      ...nothing,
      calls: { ...nothing.calls, over: true, coverage: { ...nothing.calls.coverage, total: share(1, 12) } },
      retention: [atDay(7, retentionOf(5, 5, 5, [0, 1, 2])), atDay(30, retentionOf(5, 5, 5, [0, 3, 1]))],
      mix: mixOf(6, { innovating: 0.35, coaching: 0.1, selling: 0.35, allocation: 0.2 }),
    };
    expect(questions(figures)).toEqual([
      '1. At day 7 the answer about 2 reps is missing. What would make it quicker to give?',
      '2. At day 30 nobody had watched 3 reps. Which call would show it?',
      '3. Developing people: 18 points under the reference mix. What could move to make room?',
    ]);
  });

  test('certification below the target, once somebody is enrolled', () => {
    const asked = questions({ ...nothing, certification: certifiedOf(3, 8, 12) });
    expect(asked).toEqual([
      '1. Certification stands at 25 % against a target of 80 %. Which evidence is missing most often?',
    ]);
    expect(
      questions({ ...nothing, duties: [duty('one_on_one', 95, 95)], certification: certifiedOf(0, 0, 12) }),
    ).toEqual([]);
  });

  test('none where nothing stands out', () => {
    expect(questions({ ...nothing, duties: [duty('one_on_one', 95, 95)] })).toEqual([]);
  });
});
