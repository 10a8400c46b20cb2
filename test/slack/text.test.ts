import { describe, expect, test } from 'vitest';
import { asTyped, fitted, inMarkup, inOneLine, mentionedUsers, nameOf, storable } from '#slack/text.ts';

describe('text', () => {
  test.each([
    ['R&D <bob>', 'R&amp;D &lt;bob&gt;'],
    ['snake_case and 2*3*4 stay', 'snake_case and 2*3*4 stay'],
    ['*a* _b_ ~c~ `d`', '∗a∗ ˍbˍ ∼c∼ ˋdˋ'],
    ['&amp;', '&amp;amp;'],
  ])('%s in mark-up is %s', (text, shown) => {
    expect(inMarkup(text)).toBe(shown);
  });

  test.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['one word too many', 9, 'one word…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 12, '👩‍👩‍👧‍👦…'],
    ['🧑🏽‍🚀', 3, '…'],
  ])('%s fitted into %d is %s', (text, most, shown) => {
    expect(fitted(text, most)).toBe(shown);
    expect(fitted(text, most).length).toBeLessThanOrEqual(most);
  });

  test('in one line has no line breaks, no control characters and nothing that turns the line', () => {
    expect(inOneLine(' a\n\tb\u0000c \u202Ed\u2066 ')).toBe('a b c d');
    expect(inOneLine('שלום')).toBe('שלום');
  });

  test.each([
    ['', 'somebody'],
    ['\u202E', 'somebody'],
    ['Sam Rivera', 'Sam Rivera'],
    ['שרה', '\u2068שרה\u2069'],
  ])('the name %j is shown as %j', (name, shown) => {
    expect(nameOf(name)).toBe(shown);
  });

  test('a name that reads to the left is closed again, however short it is cut', () => {
    const cut = nameOf('שרה'.repeat(40), 10);
    expect(cut).toMatch(/^\u2068.*…\u2069$/);
    expect(cut).toHaveLength(10);
  });

  test.each([
    ['<@U123|sam> and more', ['U123']],
    ['log <@W9AB>', ['W9AB']],
    ['<@U123|sam> <@W9AB> <@U123>', ['U123', 'W9AB']],
    ['@sam', []],
    ['<!subteam^S123|@leads>', []],
    ['<#C123|general>', []],
  ])('%s mentions %s', (text, users) => {
    expect(mentionedUsers(text)).toEqual(users);
  });

  test.each([
    ['<@U123|sam> <#C1|general> <!subteam^S1|@leads>', '@sam #general @leads'],
    ['<!here> <@U123> <https://a.example|a> <https://b.example>', '@here @U123 a https://b.example'],
    ['R&amp;D &lt;b&gt; &amp;lt;', 'R&D <b> &lt;'],
  ])('%s was typed as %s', (sent, typed) => {
    expect(asTyped(sent)).toBe(typed);
  });

  test.each([
    ['  kept\nas it is\t ', 'kept\nas it is'],
    ['nul\u0000 bell\u0007 end\r\n', 'nul bell end'],
    ['half \ud83e', 'half \ufffd'],
    [' \u0000\n ', undefined],
  ])('%j is stored as %j', (written, stored) => {
    expect(storable(written)).toBe(stored);
  });
});
