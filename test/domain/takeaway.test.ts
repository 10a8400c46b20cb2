import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doubtAbout } from '#domain/takeaway.ts';

test.each([
  'When the buyer names a price, ask what it is compared with.',
  'On the next call with Acme, name the cost of waiting before the demo.',
  'Instead of answering at once, count to five.',
  'ask who else decides before sending a quote',
])('a moment or an act is specific enough: %s', (text) => {
  expect(doubtAbout(text)).toBeUndefined();
});

test.each(['', '   ', 'Improve discovery', 'Be better', 'Ask more questions', 'a\nb\tc d'])(
  'too few words for a situation and an act: %j',
  (text) => {
    expect(doubtAbout(text)).toBe('too_short');
  },
);

test.each([
  'Improve your discovery skills in general quickly',
  'Be more confident and get better results overall',
])('a wish names nothing that somebody else could see: %s', (text) => {
  expect(doubtAbout(text)).toBe('no_situation');
});

test('the words are looked for as words: "asked", "unopened" and "recall" are none', () => {
  expect(doubtAbout('Unopened envelopes recall bashful masks everywhere')).toBe('no_situation');
});

test.each(['値引きを求められたら、まず理由を聞く', 'כאשר הקונה שואל על מחיר', 'когда покупатель молчит'])(
  'a language that the check cannot read is believed: %s',
  (text) => {
    expect(doubtAbout(text)).toBeUndefined();
  },
);

test('but not when there is next to nothing', () => {
  expect(doubtAbout('聞く')).toBe('too_short');
  expect(doubtAbout('🧨')).toBe('too_short');
});

test('blanks around a text and between its words change nothing', () => {
  fc.assert(
    fc.property(fc.string(), (rest) => {
      const text = `ask ${rest}`;
      const spread = `  ${text.replaceAll(' ', '   ')}\n`;
      expect(doubtAbout(spread)).toBe(doubtAbout(text));
    }),
  );
});
