import type { ComponentType } from 'preact';
import { Unknown } from '../ui/unknown.tsx';
import { Button } from './button.tsx';
import { FileInput } from './file.tsx';
import { ImageElement } from './image.tsx';
import { DatePicker, DateTimePicker, TimePicker } from './moment.tsx';
import { Overflow } from './overflow.tsx';
import { Select } from './select.tsx';
import { type ElementProps, useSurface } from './surface.ts';
import { Ticks } from './ticks.tsx';
import { TypedInput } from './typed.tsx';

/** From an element's type to what shows it. */
const shownBy: ReadonlyMap<string, ComponentType<ElementProps>> = new Map<
  string,
  ComponentType<ElementProps>
>([
  ['button', Button],
  ['overflow', Overflow],
  ['image', ImageElement],
  ['plain_text_input', TypedInput],
  ['number_input', TypedInput],
  ['email_text_input', TypedInput],
  ['url_text_input', TypedInput],
  ['rich_text_input', TypedInput],
  ['datepicker', DatePicker],
  ['timepicker', TimePicker],
  ['datetimepicker', DateTimePicker],
  ['radio_buttons', Ticks],
  ['checkboxes', Ticks],
  ['static_select', Select],
  ['external_select', Select],
  ['users_select', Select],
  ['conversations_select', Select],
  ['channels_select', Select],
  ['multi_static_select', Select],
  ['multi_external_select', Select],
  ['multi_users_select', Select],
  ['multi_conversations_select', Select],
  ['multi_channels_select', Select],
  ['file_input', FileInput],
]);

export function BlockElement({ block, element }: ElementProps) {
  const { at } = useSurface();
  const Shown = shownBy.get(element.type);
  if (Shown === undefined) return <Unknown what={`element of type ${element.type}`} value={element} />;
  // What was typed belongs to a surface, a block, an action and a type, as in Slack's client.
  const key = [at.kind === 'view' ? at.id : at.ts, block.block_id, element.action_id, element.type].join(' ');
  return <Shown key={key} block={block} element={element} />;
}
