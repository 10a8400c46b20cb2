import { describe, expect, test } from 'vitest';
import { validateMessage, validateView } from '#sandbox/local-slack/blocks/validate.ts';
import { BLOCKS } from '#test/local-slack/blocks/blocks.ts';
import { ELEMENTS } from '#test/local-slack/blocks/elements.ts';
import {
  accessory,
  actions,
  cell,
  chart,
  home,
  input,
  type Json,
  letters,
  many,
  message,
  modal,
  plain,
  plot,
  problemsOn,
  type Surface,
  section,
  table,
} from '#test/local-slack/blocks/samples.ts';

const SURFACES: readonly Surface[] = ['message', 'modal', 'home'];

const BLOCK_SURFACES: Readonly<Record<string, readonly Surface[]>> = {
  actions: ['message', 'modal', 'home'],
  alert: ['modal'],
  card: ['message', 'modal', 'home'],
  carousel: ['message', 'home'],
  container: ['message', 'home'],
  context: ['message', 'modal', 'home'],
  context_actions: ['message'],
  data_table: ['message', 'home'],
  data_visualization: ['message'],
  divider: ['message', 'modal', 'home'],
  header: ['message', 'modal', 'home'],
  image: ['message', 'modal', 'home'],
  input: ['message', 'modal', 'home'],
  markdown: ['message'],
  plan: ['message'],
  rich_text: ['message', 'modal', 'home'],
  section: ['message', 'modal', 'home'],
  table: ['message', 'home'],
  task_card: ['message'],
  video: ['message', 'modal', 'home'],
};

describe('a block stands only where Slack shows it', () => {
  const cases = Object.entries(BLOCKS).flatMap(([type, examples]) =>
    SURFACES.flatMap((surface) => examples.map((block, index) => ({ type, surface, block, index }))),
  );

  test('every block is tried', () => {
    expect(Object.keys(BLOCKS).sort()).toEqual(Object.keys(BLOCK_SURFACES).sort());
  });

  test.each(cases)('$type (example $index) in a $surface', ({ type, surface, block }) => {
    // The blocks inside it may be off their surface too.
    const [first] = problemsOn(surface, block);
    const refused = `blocks[0]: a ${type} block cannot stand in a ${surface}`;
    expect(first).toBe(BLOCK_SURFACES[type]?.includes(surface) ? undefined : refused);
  });

  test.each(SURFACES)('an app cannot put a file block into a %s', (surface) => {
    const file = { type: 'file', external_id: 'F1', source: 'remote' };
    expect(problemsOn(surface, file)).toEqual([`blocks[0]: a file block cannot stand in a ${surface}`]);
  });
});

const CHOSEN = `checkboxes radio_buttons datepicker timepicker static_select external_select users_select
  conversations_select channels_select multi_static_select multi_external_select multi_users_select
  multi_conversations_select multi_channels_select`.split(/\s+/);
const WRITTEN = 'plain_text_input email_text_input url_text_input number_input rich_text_input file_input';

const HOLDERS: readonly {
  holder: string;
  path: string;
  make: (element: unknown) => Json;
  takes: string[];
}[] = [
  {
    holder: 'section',
    path: 'accessory',
    make: accessory,
    takes: [...CHOSEN, 'button', 'workflow_button', 'overflow', 'image'],
  },
  {
    holder: 'actions',
    path: 'elements[0]',
    make: actions,
    takes: [...CHOSEN, 'button', 'workflow_button', 'overflow', 'datetimepicker'],
  },
  {
    holder: 'input',
    path: 'element',
    make: input,
    takes: [...CHOSEN, 'datetimepicker', ...WRITTEN.split(' ')],
  },
  {
    holder: 'context',
    path: 'elements[0]',
    make: (element) => ({ type: 'context', elements: [element] }),
    takes: ['image'],
  },
  {
    holder: 'context_actions',
    path: 'elements[0]',
    make: (element) => ({ type: 'context_actions', elements: [element] }),
    takes: ['feedback_buttons', 'icon_button'],
  },
  {
    holder: 'card',
    path: 'actions[0]',
    make: (element) => ({ type: 'card', title: plain(), actions: [element] }),
    takes: ['button'],
  },
];

describe('an element stands only in the blocks that hold it', () => {
  const cases = HOLDERS.flatMap((holder) =>
    Object.entries(ELEMENTS).map(([type, element]) => ({ ...holder, type, element })),
  );
  test.each(cases)('$type in $holder', ({ type, element, path, make, takes }) => {
    const block = make(element);
    // Whichever surface takes both: an email input for example is for modals, context_actions for messages.
    const clean = SURFACES.some((surface) => problemsOn(surface, block).length === 0);
    expect(clean).toBe(takes.includes(type));
    if (takes.includes(type)) return;
    for (const surface of SURFACES) {
      expect(problemsOn(surface, block).join('\n')).toContain(
        `blocks[0].${path}.type: "${type}" is unknown or not allowed here`,
      );
    }
  });
});

describe('an element stands only on the surfaces that show it', () => {
  const only: Readonly<Record<string, readonly Surface[]>> = {
    datetimepicker: ['message', 'modal'],
    email_text_input: ['modal'],
    file_input: ['modal'],
    number_input: ['modal'],
    rich_text_input: ['modal', 'home'],
    url_text_input: ['modal'],
    workflow_button: ['message'],
  };
  const cases = Object.entries(ELEMENTS).flatMap(([type, element]) =>
    HOLDERS.filter(({ holder, takes }) => takes.includes(type) && holder !== 'context_actions').flatMap(
      (holder) => SURFACES.map((surface) => ({ ...holder, type, element, surface })),
    ),
  );
  test.each(cases)('$type in $holder in a $surface', ({ type, element, make, path, surface }) => {
    const allowed = only[type]?.includes(surface) ?? true;
    const refused = [`blocks[0].${path}: a ${type} cannot stand in a ${surface}`];
    expect(problemsOn(surface, make(element))).toEqual(allowed ? [] : refused);
  });

  test('inside a container too', () => {
    const container = { type: 'container', title: plain(), child_blocks: [input(ELEMENTS['file_input'])] };
    expect(problemsOn('message', container)).toEqual([
      'blocks[0].child_blocks[0].element: a file_input cannot stand in a message',
    ]);
  });
});

describe('how much a surface holds', () => {
  test.each([
    ['message', 50],
    ['modal', 100],
    ['home', 100],
  ] as const)('a %s holds %i blocks', (surface, most) => {
    const dividers = (count: number) => many(count, () => ({ type: 'divider' }));
    expect(problemsOn(surface, ...dividers(most))).toEqual([]);
    expect(problemsOn(surface, ...dividers(most + 1))).toEqual([
      `blocks: ${most + 1} blocks, at most ${most} in a ${surface}`,
    ]);
  });

  test('a view holds at least one block, a message may hold none', () => {
    expect(problemsOn('message')).toEqual([]);
    expect(validateMessage({ text: 'Text' })).toEqual([]);
    expect(problemsOn('modal')).toEqual(['blocks: 0 items, at least 1']);
    expect(problemsOn('home')).toEqual(['blocks: 0 items, at least 1']);
  });

  test('a message holds one table, a Home more', () => {
    const one = table([[cell()]]);
    expect(problemsOn('message', one)).toEqual([]);
    expect(problemsOn('message', one, one)).toEqual(['blocks: 2 table blocks, at most 1 in a message']);
    expect(problemsOn('home', one, one)).toEqual([]);
  });

  test('a table inside a container counts', () => {
    const container = { type: 'container', title: plain(), child_blocks: [table([[cell()]])] };
    expect(problemsOn('message', container, table([[cell()]]))).toEqual([
      'blocks: 2 table blocks, at most 1 in a message',
    ]);
  });

  test('a message holds two charts', () => {
    const one = chart(plot(['a'], ['s']));
    expect(problemsOn('message', one, one)).toEqual([]);
    expect(problemsOn('message', one, one, one)).toEqual([
      'blocks: 3 data_visualization blocks, at most 2 in a message',
    ]);
  });

  test('a message holds 12,000 characters of markdown in all', () => {
    const markdown = (count: number) => ({ type: 'markdown', text: letters(count) });
    expect(problemsOn('message', markdown(6000), markdown(6000))).toEqual([]);
    expect(problemsOn('message', markdown(6000), markdown(6001))).toEqual([
      'blocks: 12001 characters in all markdown blocks, at most 12000',
    ]);
  });

  test('the blocks of a message stay under 13,000 characters, those of a view need not', () => {
    const sections = [3000, 3000, 3000, 3000, 999].map((count) => section({ text: plain(letters(count)) }));
    expect(problemsOn('message', ...sections)).toEqual([]);
    const one = section({ text: plain('x') });
    expect(problemsOn('message', ...sections, one)).toEqual([
      'blocks: 13000 characters in all blocks, must be under 13000',
    ]);
    expect(problemsOn('modal', ...sections, one)).toEqual([]);
    expect(problemsOn('home', ...sections, one)).toEqual([]);
  });
});

describe('a message', () => {
  test.each([
    ['a missing', undefined, 'text: missing, must be a string'],
    ['an empty', '', 'text: must not be blank: notifications and screen readers have nothing else'],
    ['a blank', ' \n', 'text: must not be blank: notifications and screen readers have nothing else'],
    ['a numeric', 4, 'text: 4, must be a string'],
    ['a longer', letters(4001), 'text: 4001 characters, at most 4000'],
  ])('with %s text is refused', (_, text, line) => {
    expect(validateMessage({ text, blocks: [section()] })).toEqual([line]);
  });

  test('with 4,000 characters of text is taken', () => {
    expect(validateMessage({ text: letters(4000) })).toEqual([]);
  });

  test('may carry what is not Block Kit', () => {
    expect(validateMessage({ ...message(section()), ...{ channel: 'D1', thread_ts: '1.2' } })).toEqual([]);
  });

  test('has a list of blocks, not a string of them', () => {
    expect(validateMessage({ text: 'Text', blocks: '[]' })).toEqual(['blocks: "[]", must be a list']);
  });
});

describe('a view', () => {
  test('takes every property of a modal', () => {
    const whole = modal([section()], {
      close: plain(),
      private_metadata: '{}',
      callback_id: 'c',
      external_id: 'e',
      clear_on_close: true,
      notify_on_close: true,
      submit_disabled: false,
    });
    expect(validateView(whole)).toEqual([]);
  });

  test('takes every property of a Home', () => {
    const whole = home([section()], { private_metadata: '{}', callback_id: 'c', external_id: 'e' });
    expect(validateView(whole)).toEqual([]);
  });

  test('a modal has a title, a Home none', () => {
    const { title, ...untitled } = modal([section()]);
    expect(validateView(untitled)).toEqual(['title: missing, must be an object']);
    expect(validateView(home([section()], { title }))).toEqual(['view: unknown property "title"']);
  });

  test('takes nothing misspelt', () => {
    expect(validateView(modal([section()], { submti: plain() }))).toEqual([
      'view: unknown property "submti"',
    ]);
    expect(validateView(home([section()], { calback_id: 'c' }))).toEqual([
      'view: unknown property "calback_id"',
    ]);
  });

  test('a modal with inputs needs a submit, one without does not, a Home never', () => {
    const field = input(ELEMENTS['plain_text_input']);
    const { submit, ...bare } = modal([field]);
    expect(validateView({ ...bare, submit })).toEqual([]);
    expect(validateView(bare)).toEqual(['submit: missing, a modal with input blocks needs it']);
    expect(validateView({ ...bare, blocks: [section()] })).toEqual([]);
    expect(validateView(home([field]))).toEqual([]);
  });

  test('has a type that Slack knows', () => {
    expect(validateView({ ...home([section()]), type: 'hom' })).toEqual([
      'type: "hom" is unknown or not allowed here, allowed: modal, home',
    ]);
    expect(validateView({ blocks: [] })).toEqual(['type: missing, must be one of modal, home']);
    expect(validateView('modal')).toEqual(['view: "modal", must be an object']);
  });

  test('focuses at most one element', () => {
    const fields = ['a', 'b'].map((value) =>
      input({ type: 'plain_text_input', action_id: value, focus_on_load: value === 'a' }),
    );
    expect(validateView(modal(fields))).toEqual([]);
    const both = [...fields, input({ type: 'plain_text_input', focus_on_load: true })];
    expect(validateView(modal(both))).toEqual([
      'blocks[2].element.focus_on_load: only one element may be focused',
    ]);
  });

  test('offers a response_url only from an input block of a modal', () => {
    const select = { type: 'conversations_select', response_url_enabled: true };
    const refused = 'response_url_enabled: works only in an input block of a modal';
    expect(problemsOn('modal', input(select))).toEqual([]);
    expect(problemsOn('modal', actions(select))).toEqual([`blocks[0].elements[0].${refused}`]);
    expect(problemsOn('home', input(select))).toEqual([`blocks[0].element.${refused}`]);
  });
});
