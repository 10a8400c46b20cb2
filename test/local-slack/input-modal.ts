import type { WebClient } from '@slack/web-api';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import type { RawApp } from './raw-app.ts';

export const words = (text: string) => ({ type: 'plain_text' as const, text });
export const choice = (text: string) => ({ text: words(text), value: text.toLowerCase() });
export const OPTIONS = [choice('Red'), choice('Green'), choice('Blue')];

/** One input block, labelled with the element's type. */
export function input(type: string, element: object = {}, block: object = {}) {
  return {
    type: 'input',
    block_id: type,
    label: words(type),
    element: { type, action_id: 'a', ...element },
    ...block,
  };
}

/** Opens a modal of these blocks for a person who ran a command. */
export async function openInputs(
  given: { raw: RawApp; client: WebClient; person: Person },
  blocks: object[],
): Promise<SeenModal> {
  await given.person.run('/coach log');
  await given.client.apiCall('views.open', {
    trigger_id: given.raw.received.at(-1)?.payload['trigger_id'],
    view: { type: 'modal', title: words('Inputs'), submit: words('Save'), blocks },
  });
  return given.person.modal();
}
