import { describe, expect, test } from 'vitest';
import { BLOCKS } from '#test/local-slack/blocks/blocks.ts';
import { ELEMENTS } from '#test/local-slack/blocks/elements.ts';
import {
  accessory,
  actions,
  input,
  type Json,
  problemsOn,
  type Surface,
  section,
} from '#test/local-slack/blocks/samples.ts';

const SURFACES: readonly Surface[] = ['message', 'modal', 'home'];
const REFUSED = 'is unknown or not allowed here';

/** Every object in a sample, with the path that a problem with it must name. */
function objects(
  value: unknown,
  path: string,
): { path: string; replace: (key: string, to: unknown) => unknown }[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      objects(item, `${path}[${index}]`).map(({ path, replace }) => ({
        path,
        replace: (key: string, to: unknown) => value.with(index, replace(key, to)),
      })),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([name, item]) =>
    objects(item, `${path}.${name}`).map(({ path, replace }) => ({
      path,
      replace: (key: string, to: unknown) => ({ ...value, [name]: replace(key, to) }),
    })),
  );
  return [{ path, replace: (key, to) => ({ ...value, [key]: to }) }, ...inner];
}

const examples = Object.entries(BLOCKS).flatMap(([type, blocks]) => blocks.map((block) => ({ type, block })));
const elements = Object.entries(ELEMENTS).map(([type, element]) => {
  const holder = [accessory, actions, input, inContextActions].find((make) =>
    SURFACES.some((surface) => problemsOn(surface, make(element)).length === 0),
  );
  return { type, block: (holder ?? accessory)(element) };
});

function inContextActions(element: unknown): Json {
  return { type: 'context_actions', elements: [element] };
}

describe('a misspelt property never passes, at any depth', () => {
  test.each([...examples, ...elements])('$type', ({ block }) => {
    const surface = SURFACES.find((surface) => problemsOn(surface, block).length === 0);
    expect(surface, 'the sample itself is good').toBeDefined();
    for (const { path, replace } of objects(block, 'blocks[0]')) {
      expect(problemsOn(surface ?? 'message', replace('txet', 'x'))).toContain(
        `${path}: unknown property "txet"`,
      );
    }
  });
});

describe('an unknown type never passes', () => {
  test.each(SURFACES)('of a block in a %s', (surface) => {
    expect(problemsOn(surface, { type: 'sektion' }).join()).toContain(`blocks[0].type: "sektion" ${REFUSED}`);
    expect(problemsOn(surface, {}).join()).toContain(
      'blocks[0].type: missing, must be one of actions, alert,',
    );
    expect(problemsOn(surface, { type: 'constructor' }).join()).toContain(`"constructor" ${REFUSED}`);
  });

  test.each([
    ['accessory', accessory],
    ['elements[0]', actions],
    ['element', input],
    ['elements[0]', inContextActions],
  ] as const)('of an element (%s)', (path, make) => {
    expect(problemsOn('message', make({ type: 'knopf', action_id: 'a' })).join()).toContain(
      `blocks[0].${path}.type: "knopf" ${REFUSED}`,
    );
  });

  test('of a text', () => {
    expect(problemsOn('message', section({ text: { type: 'text', text: 'a' } }))).toEqual([
      `blocks[0].text.type: "text" ${REFUSED}, allowed: plain_text, mrkdwn`,
    ]);
    expect(problemsOn('message', section({ text: 'a' }))).toEqual(['blocks[0].text: "a", must be an object']);
  });

  test('of a button style', () => {
    expect(problemsOn('message', actions({ ...ELEMENTS['button'], style: 'default' }))).toEqual([
      'blocks[0].elements[0].style: "default", must be one of primary, danger',
    ]);
  });
});

describe('what Slack requires is missed', () => {
  const without = (from: Json | undefined, key: string): Json =>
    Object.fromEntries(Object.entries(from ?? {}).filter(([name]) => name !== key));

  const blocks: Readonly<Record<string, string>> = {
    actions: 'elements',
    alert: 'text',
    carousel: 'elements',
    context: 'elements',
    context_actions: 'elements',
    data_table: 'rows',
    data_visualization: 'chart',
    header: 'text',
    image: 'alt_text',
    input: 'label',
    markdown: 'text',
    plan: 'title',
    rich_text: 'elements',
    table: 'rows',
    task_card: 'task_id',
    video: 'video_url',
  };
  test.each(Object.entries(blocks))('by %s without %s', (type, key) => {
    const problems = problemsOn('message', without(BLOCKS[type]?.[0], key));
    expect(problems.join('\n')).toContain(`blocks[0].${key}: missing, must be `);
  });

  const needed: Readonly<
    Record<string, readonly [key: string, make: (element: unknown) => Json, path: string]>
  > = {
    button: ['text', actions, 'elements[0]'],
    checkboxes: ['options', actions, 'elements[0]'],
    radio_buttons: ['options', actions, 'elements[0]'],
    overflow: ['options', actions, 'elements[0]'],
    number_input: ['is_decimal_allowed', input, 'element'],
    rich_text_input: ['action_id', input, 'element'],
    workflow_button: ['action_id', actions, 'elements[0]'],
    feedback_buttons: ['positive_button', inContextActions, 'elements[0]'],
    icon_button: ['icon', inContextActions, 'elements[0]'],
    image: ['alt_text', accessory, 'accessory'],
  };
  test.each(Object.entries(needed))('by %s', (type, [key, make, path]) => {
    const problems = problemsOn('message', make(without(ELEMENTS[type], key)));
    expect(problems.join('\n')).toContain(`blocks[0].${path}.${key}: missing, must be `);
  });
});
