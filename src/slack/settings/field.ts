import { z } from 'zod';
import { type SettingKey, type Settings, settingSchemas } from '#domain/settings.ts';

/** One thing that can be filled in: a setting, or a part of one. */
export interface Field {
  key: SettingKey;
  part?: string;
  label: string;
  hint?: string;
  kind: Kind;
}

export type Kind =
  | { is: 'count'; unit?: Unit; zero?: string }
  | { is: 'counts' }
  | { is: 'share' }
  | { is: 'time' }
  | { is: 'weekday' }
  | { is: 'weekdays' }
  | { is: 'month' }
  | { is: 'call_day' }
  | { is: 'yes_no' }
  | { is: 'name' };

export type Unit = readonly [one: string, several: string];

export const idOf = ({ key, part }: Field): string => (part === undefined ? key : `${key}.${part}`);

export function settingOf({ key, part }: Field, settings: Partial<Settings>): unknown {
  const value: unknown = settings[key];
  if (part === undefined) return value;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
}

/** What the method's rules take for this field alone. */
export function schemaOf({ key, part }: Field): z.ZodType {
  const schema: z.ZodType = settingSchemas[key];
  if (part === undefined) return schema;
  const inner = schema instanceof z.ZodObject ? schema.shape[part] : undefined;
  if (!(inner instanceof z.ZodType)) throw new Error(`${key} has no part ${part}`);
  return inner;
}

/** From and to, of a number or of each of several. */
export function rangeOf(field: Field): readonly [from: number, to: number] {
  const schema = schemaOf(field);
  const number = schema instanceof z.ZodArray ? schema.element : schema;
  if (number instanceof z.ZodNumber && number.minValue !== null && number.maxValue !== null) {
    return [number.minValue, number.maxValue];
  }
  throw new Error(`${idOf(field)} has no range`);
}
