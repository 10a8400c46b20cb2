import { z } from 'zod';
import type { Element } from './blocks.ts';

const option = z.looseObject({ text: z.unknown(), value: z.string() });
const group = z.looseObject({ label: z.unknown(), options: z.array(option) });

export type Option = z.infer<typeof option>;

/** A menu as a person sees it: groups under a heading, or one group without. */
export interface OptionGroup {
  label: string | null;
  options: Option[];
}

const menu = z.looseObject({
  options: z.array(option).optional(),
  option_groups: z.array(group).optional(),
});

function labelOf(value: unknown): string {
  const parsed = z.looseObject({ text: z.string() }).safeParse(value);
  return parsed.success ? parsed.data.text : '';
}

/** Null when it is no menu at all. */
export function readMenu(raw: unknown): OptionGroup[] | null {
  const parsed = menu.safeParse(raw);
  if (!parsed.success) return null;
  const { options, option_groups: groups } = parsed.data;
  if (groups) return groups.map((one) => ({ label: labelOf(one.label), options: one.options }));
  return options ? [{ label: null, options }] : null;
}

export function staticOptions(element: Element): Option[] {
  return (readMenu(element) ?? []).flatMap((one) => one.options);
}

export function initialOptions(element: Element): Option[] {
  const several = z.array(option).safeParse(element['initial_options']);
  if (several.success) return several.data;
  const single = option.safeParse(element['initial_option']);
  return single.success ? [single.data] : [];
}
