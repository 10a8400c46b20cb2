import { describe } from 'vitest';
import { hold } from '#test/local-slack/blocks/hold.ts';
import { type Json, paragraph, richText } from '#test/local-slack/blocks/samples.ts';

const inParagraph = (leaf: Json): Json => richText(paragraph(leaf));
const date = (format: string): Json => inParagraph({ type: 'date', timestamp: 1, format });

describe('rich text', () => {
  hold('message', [
    [
      'a date shows something',
      date('{date_short_pretty} {time}'),
      date('then'),
      '.elements[0].elements[0].format: must hold date tokens that Slack knows, such as {date_short_pretty}',
    ],
    [
      'a date token is known',
      date('{date_long_full}'),
      date('{date} {weekday}'),
      '.elements[0].elements[0].format: must hold date tokens that Slack knows, such as {date_short_pretty}',
    ],
    [
      'a colour is hex',
      inParagraph({ type: 'color', value: '#abc123' }),
      inParagraph({ type: 'color', value: 'red' }),
      '.elements[0].elements[0].value: must be a hex colour such as #F405B3',
    ],
    [
      'an emoji has no colons',
      inParagraph({ type: 'emoji', name: 'wave' }),
      inParagraph({ type: 'emoji', name: ':wave:' }),
      '.elements[0].elements[0].name: must be a name without colons',
    ],
    [
      'a broadcast has a range',
      inParagraph({ type: 'broadcast', range: 'everyone' }),
      inParagraph({ type: 'broadcast', range: 'all' }),
      '.elements[0].elements[0].range: "all", must be one of here, channel, everyone',
    ],
    [
      'a border is on or off',
      richText({ type: 'rich_text_quote', elements: [], border: 1 }),
      richText({ type: 'rich_text_quote', elements: [], border: 2 }),
      '.elements[0].border: 2, must be one of 0, 1',
    ],
    [
      'a list holds sections',
      richText({ type: 'rich_text_list', style: 'bullet', elements: [paragraph()] }),
      richText({ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'text', text: 'a' }] }),
      '.elements[0].elements[0].type: "text" is unknown or not allowed here, allowed: rich_text_section',
    ],
    [
      'code holds text and links',
      richText({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a' }] }),
      richText({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }),
      '.elements[0].elements[0].type: "user" is unknown or not allowed here, allowed: text, link',
    ],
    [
      'a leaf stands in a section',
      richText(paragraph()),
      richText({ type: 'text', text: 'a' }),
      '.elements[0].type: "text" is unknown or not allowed here, allowed: rich_text_section, rich_text_list, rich_text_quote, rich_text_preformatted',
    ],
  ]);
});
