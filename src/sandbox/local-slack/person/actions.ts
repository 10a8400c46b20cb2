import { z } from 'zod';
import { notify } from '../messages.ts';
import { interaction } from '../push/envelope.ts';
import { issueResponseUrl } from '../response-urls.ts';
import { nextTs } from '../state.ts';
import { holdsValue, type PlacedElement, wordsOf } from '../surface/blocks.ts';
import { initialOptions, type Option, staticOptions } from '../surface/options.ts';
import type { Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { type InputValue, NotAccepted, shapedValue } from './input-values.ts';
import { type Acted, type ConfirmShown, TROUBLE } from './results.ts';
import { elementAt, type Place, placeFields, placeOf, setValue, type Target } from './surfaces.ts';

export interface ActOptions {
  /** The person agreed in the confirm dialog. */
  confirmed?: boolean;
  /** The person pressed Enter in a text field. */
  enter?: boolean;
}

const TYPED = ['plain_text_input', 'number_input', 'email_text_input', 'url_text_input', 'rich_text_input'];

const dispatchConfig = z.looseObject({ trigger_actions_on: z.array(z.string()).optional() });

function confirmOf({ element }: PlacedElement): ConfirmShown | null {
  const read = z.looseObject({}).safeParse(element['confirm']);
  if (!read.success) return null;
  const confirm = read.data;
  return {
    title: wordsOf(confirm['title']) || 'Are you sure?',
    text: wordsOf(confirm['text']),
    confirm: wordsOf(confirm['confirm']) || 'Yes',
    deny: wordsOf(confirm['deny']) || 'Cancel',
    danger: confirm['style'] === 'danger',
  };
}

/** Whether the app hears of a change at once, or only with the submission. */
function dispatches({ block, element }: PlacedElement, enter: boolean): boolean {
  if (block.type !== 'input') return true;
  if (!block.dispatch_action) return false;
  if (!TYPED.includes(element.type)) return true;
  const config = dispatchConfig.safeParse(element['dispatch_action_config']);
  const on = (config.success ? config.data.trigger_actions_on : undefined) ?? ['on_enter_pressed'];
  return on.includes('on_character_entered') || (enter && on.includes('on_enter_pressed'));
}

function pressedFields({ element }: PlacedElement, input: InputValue): Fields {
  const copied = ['text', 'value', 'url', 'style', 'icon', 'confirm'].filter(
    (key) => element[key] !== undefined,
  );
  const fields = Object.fromEntries(copied.map((key) => [key, element[key]]));
  if (element.type === 'feedback_buttons') {
    const [positive, negative] = [element['positive_button'], element['negative_button']].map((one) =>
      z.looseObject({ text: z.unknown(), value: z.string() }).parse(one),
    );
    const chosen = [positive, negative].find((one) => one?.value === input);
    if (!chosen) throw new NotAccepted(`${String(input)} is not among the choices`);
    return { ...fields, text: chosen.text, value: chosen.value };
  }
  if (element.type !== 'overflow') return fields;
  const chosen = staticOptions(element).find((one) => one.value === input);
  if (!chosen) throw new NotAccepted(`${String(input)} is not among the choices`);
  return { ...fields, selected_option: chosen };
}

function chosenFields({ element }: PlacedElement, value: Fields): Fields {
  const initial = Object.entries(element).filter(
    ([key]) => key.startsWith('initial_') || key === 'placeholder',
  );
  return { ...Object.fromEntries(initial), ...value };
}

function failed(ws: Workspace, user: string, place: Place): Acted {
  if (place.kind === 'view' && place.view.type === 'modal') {
    place.view.failure = TROUBLE;
    ws.changes.emit({ kind: 'modal', user });
  } else {
    notify(ws, user, TROUBLE);
  }
  return { status: 'failed', message: TROUBLE };
}

async function send(
  ws: Workspace,
  user: string,
  place: Place,
  placed: PlacedElement,
  own: Fields,
): Promise<Acted> {
  if (place.kind === 'view') place.view.failure = null;
  const viewId = place.kind === 'view' && place.view.type === 'modal' ? place.view.id : null;
  const ack = await ws.link.push({
    kind: 'interactive',
    method: 'block_actions',
    payload: {
      ...interaction(ws, 'block_actions', user),
      ...placeFields(ws, place),
      trigger_id: ws.triggers.issue(user, viewId),
      ...(place.kind === 'view'
        ? {}
        : {
            response_url: issueResponseUrl(ws, {
              kind: 'actions',
              user,
              channel: place.message.channel,
              ...(place.message.threadTs === undefined ? {} : { threadTs: place.message.threadTs }),
              message: { ts: place.message.ts, ephemeral: place.kind === 'ephemeral' },
            }),
          }),
      actions: [
        {
          ...own,
          type: placed.element.type,
          block_id: placed.block.block_id,
          action_id: placed.actionId,
          action_ts: nextTs(ws.state, ws.machineNow()),
        },
      ],
    },
  });
  return ack.ok ? { status: 'done' } : failed(ws, user, place);
}

/** A press, or a change of what an element holds. */
export async function act(
  ws: Workspace,
  user: string,
  target: Target,
  input: InputValue,
  seen: Option[],
  options: ActOptions,
): Promise<Acted> {
  const place = placeOf(ws, user, target.surface);
  const placed = elementAt(place, target);
  const confirm = confirmOf(placed);
  if (confirm && !options.confirmed) return { status: 'confirm', confirm };
  try {
    if (!holdsValue(placed.element.type)) {
      return await send(ws, user, place, placed, pressedFields(placed, input));
    }
    const { element } = placed;
    const menu = [...staticOptions(element), ...initialOptions(element), ...seen];
    const value = shapedValue({ ws, user, element, input, menu });
    setValue(ws, user, place, placed, value);
    if (!dispatches(placed, options.enter ?? false)) return { status: 'done' };
    return await send(ws, user, place, placed, chosenFields(placed, value));
  } catch (error) {
    if (error instanceof NotAccepted) return { status: 'refused', message: error.message };
    throw error;
  }
}
