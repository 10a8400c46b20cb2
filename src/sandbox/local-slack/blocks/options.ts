import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { quoted } from './problems.ts';
import { anyText, chars, link, plainText } from './text.ts';

const value = chars(150);

const menuOption = z.strictObject({
  text: plainText(75),
  value,
  description: plainText(75).optional(),
});

export const choiceOption = z.strictObject({
  text: anyText(75),
  value,
  description: anyText(75).optional(),
});

export const overflowOption = menuOption.extend({ url: link.optional() });

export const initialOption = menuOption.optional();
export const initialOptions = z.array(menuOption).min(1).optional();

const MOST_OPTIONS = 100;

export const staticOptions = {
  options: z.array(menuOption).min(1).max(MOST_OPTIONS).optional(),
  option_groups: z
    .array(z.strictObject({ label: plainText(75), options: z.array(menuOption).min(1).max(MOST_OPTIONS) }))
    .min(1)
    .max(100)
    .optional(),
};

interface Option {
  value: string;
}

interface Menu {
  options?: readonly Option[] | undefined;
  option_groups?: readonly { options: readonly Option[] }[] | undefined;
  initial_option?: Option | undefined;
  initial_options?: readonly Option[] | undefined;
}

/** What holds for every menu that brings its own options. */
export function coherentOptions(menu: Menu, context: z.RefinementCtx): void {
  const offered = menu.options ?? menu.option_groups?.flatMap((group) => group.options) ?? [];
  const report = (message: string, ...path: (string | number)[]) =>
    context.addIssue({ code: 'custom', path, message });

  // Slack's page can be read as 100 options in each group or in all of them; the design says 100 in a select.
  if (menu.option_groups && offered.length > MOST_OPTIONS) {
    report(`${offered.length} options in all groups, at most ${MOST_OPTIONS}`, 'option_groups');
  }

  // "A unique string value": two options with one value come back to the app as the same choice.
  const values = new Set<string>();
  for (const option of offered) {
    if (values.has(option.value)) {
      report(
        `two options have the value ${quoted(option.value)}`,
        menu.options ? 'options' : 'option_groups',
      );
    }
    values.add(option.value);
  }

  const sent = offered.map(asSent);
  const among = (initial: Option) => sent.some((option) => isDeepStrictEqual(option, asSent(initial)));
  if (menu.initial_option && !among(menu.initial_option)) {
    report('is not one of the options', 'initial_option');
  }
  for (const [index, option] of (menu.initial_options ?? []).entries()) {
    if (!among(option)) report('is not one of the options', 'initial_options', index);
  }
}

export function optionsOrGroups(menu: Menu, context: z.RefinementCtx): void {
  if ((menu.options === undefined) === (menu.option_groups === undefined)) {
    context.addIssue({ code: 'custom', message: 'needs either options or option_groups' });
  }
}

/** What reaches Slack has no undefined properties; two options that differ only in those are the same. */
function asSent(option: Option): unknown {
  return JSON.parse(JSON.stringify(option));
}
