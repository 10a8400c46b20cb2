import type { InputBlock, KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import { type Pillar, pillars } from '#domain/pillar.ts';
import { skillNames } from '#domain/practice/item.ts';
import { practiceItem, practiceItems } from '#domain/practice/items.ts';
import type { PracticeToAssign } from '#services/assign-practice.ts';
import { datePicker, filledIn, select, textInput, whoSees } from '../form.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';
import { fields, ids, within } from './view.ts';

/** The choice that opens the fields for the manager's own words. */
export const ownWords = 'own';

export const most = { title: 75, task: 500, why: 300 } as const;

export const Carried = z.object({
  repId: z.string(),
  repName: z.string(),
  pillarNames: z.object({ teach: z.string(), tailor: z.string(), takeControl: z.string() }),
  practising: z.object({ count: z.number(), titles: z.string() }),
  proposed: z.iso.date(),
  /** An item of the bank, or `own`. */
  chosen: z.string().optional(),
  /** The list this was opened from, which shows the new item then. */
  listId: z.string().optional(),
});
export type Carried = z.infer<typeof Carried>;

export function carriedOf(
  { repId, repName, pillarNames, practising, proposed }: PracticeToAssign,
  itemId?: string,
  listId?: string,
): Carried {
  return {
    repId,
    repName: fitted(inOneLine(repName), 80),
    pillarNames,
    practising: { count: practising.length, titles: fitted(inOneLine(practising.join('; ')), 300) },
    proposed,
    ...(itemId !== undefined && practiceItem(itemId) !== undefined ? { chosen: itemId } : {}),
    ...(listId === undefined ? {} : { listId }),
  };
}

type Filled = ReturnType<typeof filledIn>;
const nothingFilled = filledIn({ values: {} });

export function assignModal(carried: Carried, filled: Filled = nothingFilled): ModalView {
  const first = firstNameOf(carried.repName);
  return {
    type: 'modal',
    callback_id: ids.assignModal,
    title: plain(`Practice for ${firstNameOf(carried.repName, 11)}`),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(carried),
    blocks: [
      ...practising(carried, first),
      itemMenu(carried),
      ...(carried.chosen === ownWords ? ownFields(carried, filled) : itemShown(carried.chosen)),
      datePicker({
        id: fields.due,
        label: 'First asked on',
        hint: `Comes on ${first}'s card that day. How it goes decides when it comes again.`,
        initial: filled.date(fields.due) ?? carried.proposed,
      }),
      textInput({
        id: fields.why,
        label: 'Why this one?',
        hint: `${first} reads this line with it.`,
        optional: true,
        most: most.why,
        initial: within(filled.text(fields.why), most.why),
      }),
      whoSees(
        `${first} sees all of this. Your own manager and enablement can see it too, and how it goes; other reps cannot.`,
      ),
    ],
  };
}

function practising({ practising: { count, titles }, repId }: Carried, first: string): KnownBlock[] {
  if (count === 0) return [];
  return [
    { ...richText({ bold: `${first} practises ${count} now: ` }, titles), block_id: 'practising' },
    {
      type: 'actions',
      block_id: 'show',
      elements: [{ type: 'button', action_id: ids.show, text: plain('How that goes'), value: repId }],
    },
  ];
}

function itemMenu({ chosen, pillarNames }: Carried): InputBlock {
  const option = (value: string, text: string) => ({ value, text: plain(fitted(text, 75)) });
  const groups = pillars.map((pillar) => ({
    label: plain(inOneLine(pillarNames[pillar]) || pillar),
    options: practiceItems
      .filter((item) => item.pillar === pillar)
      .map((item) => option(item.id, `${item.title} (${skillNames[item.skill]})`)),
  }));
  const own = { label: plain('Not in the list'), options: [option(ownWords, 'Write your own')] };
  const all = [...groups, own];
  const initial = all.flatMap(({ options }) => options).find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: fields.item,
    label: plain('What to practise'),
    dispatch_action: true,
    element: {
      type: 'static_select',
      action_id: fields.item,
      placeholder: plain('Choose an item'),
      option_groups: all,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

function itemShown(chosen: string | undefined): KnownBlock[] {
  const item = chosen === undefined ? undefined : practiceItem(chosen);
  if (item === undefined) return [];
  return [
    {
      ...richText(
        { bold: 'When: ' },
        `${item.situation}\n`,
        { bold: 'Do: ' },
        `${item.task}\n`,
        { bold: 'Asked afterwards: ' },
        item.reflection,
      ),
      block_id: 'item_shown',
    },
  ];
}

function ownFields({ pillarNames }: Carried, filled: Filled): KnownBlock[] {
  return [
    textInput({
      id: fields.title,
      label: 'Its name',
      most: most.title,
      placeholder: 'A number before a feature',
      initial: within(filled.text(fields.title), most.title),
    }),
    textInput({
      id: fields.task,
      label: 'What to do',
      hint: 'When … happens, do … instead of …. One thing that somebody else could see or hear.',
      most: most.task,
      multiline: true,
      initial: within(filled.text(fields.task), most.task),
    }),
    select({
      id: fields.pillar,
      label: 'Belongs to',
      optional: true,
      choices: pillars.map((pillar: Pillar) => [pillar, inOneLine(pillarNames[pillar]) || pillar] as const),
      initial: filled.choice(fields.pillar),
    }),
  ];
}
