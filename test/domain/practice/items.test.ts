import { expect, test } from 'vitest';
import { pillars } from '#domain/pillar.ts';
import { skillNames, skills } from '#domain/practice/item.ts';
import { practiceItem, practiceItems } from '#domain/practice/items.ts';
import { defaultSettings } from '#domain/settings.ts';

const textsOf = (item: (typeof practiceItems)[number]) => [
  item.title,
  item.situation,
  item.task,
  item.reflection,
];

test('the bank has at least 36 items, and at least twelve for each pillar', () => {
  expect(practiceItems.length).toBeGreaterThanOrEqual(36);
  for (const pillar of pillars) {
    expect(practiceItems.filter((item) => item.pillar === pillar).length).toBeGreaterThanOrEqual(12);
  }
});

test('each skill has at least two items, and a name', () => {
  for (const skill of skills) {
    expect(practiceItems.filter((item) => item.skill === skill).length).toBeGreaterThanOrEqual(2);
    expect(skillNames[skill]).toMatch(/^[A-Z]/);
  }
});

test('an item is found by its id, which is words and nobody else’s', () => {
  for (const item of practiceItems) {
    expect(item.id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(practiceItem(item.id)).toBe(item);
  }
  expect(new Set(practiceItems.map(({ id }) => id)).size).toBe(practiceItems.length);
  expect(practiceItem('no-such-item')).toBeUndefined();
});

test.each(practiceItems.map((item) => [item.id, item] as const))('%s is short and calm', (_, item) => {
  expect(item.title.length).toBeLessThanOrEqual(60);
  for (const text of textsOf(item)) {
    expect(text).toBe(text.trim());
    expect(text.length).toBeGreaterThanOrEqual(10);
    expect(text.length).toBeLessThanOrEqual(400);
    expect(text).not.toMatch(/[!<>&*_~`]/);
    expect(text).not.toMatch(/\b(leverage|synerg|stakeholder|ROI|KPI|MEDDPICC|BANT|CRM)/i);
  }
  expect(item.title).not.toMatch(/[.?]$/);
  expect(item.situation).toMatch(/[.”]$/);
  expect(item.reflection).toMatch(/\?$/);
});

test('no two items say the same thing in the same words', () => {
  const texts = practiceItems.flatMap(textsOf).map((text) => text.toLowerCase().replaceAll(/[^a-z ]/g, ''));
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
});

test('no two tasks share most of their words', () => {
  const words = practiceItems.map(({ task }) => new Set(task.toLowerCase().match(/[a-z]{4,}/g) ?? []));
  for (const [index, some] of words.entries()) {
    for (const others of words.slice(index + 1)) {
      const shared = [...some].filter((word) => others.has(word)).length / Math.min(some.size, others.size);
      expect(shared).toBeLessThan(0.6);
    }
  }
});

test('a pillar is called by the key under which a workspace may rename it', () => {
  expect(Object.keys(defaultSettings.pillarNames)).toEqual([...pillars]);
});
