import { useEffect, useRef, useState } from 'preact/hooks';
import type { Suggested } from '../../local-slack/person/suggestions.ts';
import { loadOptions } from '../data/deeds.ts';
import { type Place, usePlace } from '../data/place.ts';
import { Combobox } from './combobox.tsx';
import { useEager } from './moment.tsx';
import { type Choice, type ChoiceGroup, choiceOf, choicesOf, fieldsIn, words } from './read.ts';
import { type ElementProps, useElement } from './surface.ts';

type Kind = 'static' | 'external' | 'users' | 'conversations' | 'channels';

const kindOf = (type: string): Kind => type.replace('multi_', '').replace('_select', '') as Kind;

const narrowed = (groups: ChoiceGroup[], typed: string): ChoiceGroup[] => {
  const wanted = typed.trim().toLocaleLowerCase();
  return groups
    .map((group) => ({
      ...group,
      choices: group.choices.filter((one) =>
        `${one.text} ${one.description}`.toLocaleLowerCase().includes(wanted),
      ),
    }))
    .filter((group) => group.choices.length > 0);
};

function peopleChoices({ world }: Place): Choice[] {
  return world.directory
    .filter((one) => !one.deleted)
    .map((one) => ({ id: one.id, text: one.name, description: '', person: true }));
}

function ownChoices(kind: Kind, element: ElementProps['element'], place: Place): ChoiceGroup[] {
  if (kind === 'static') return choicesOf(element);
  if (kind === 'users') return [{ label: '', choices: peopleChoices(place) }];
  const channels = place.desk.channels.map((one) => ({ id: one.id, text: `#${one.name}`, description: '' }));
  const app = place.desk.conversations
    .filter((one) => one.kind === 'app')
    .map((one) => ({ id: one.id, text: one.name, description: 'App' }));
  if (kind === 'channels') return [{ label: '', choices: channels }];
  return [{ label: '', choices: [...channels, ...app] }];
}

function chosenOf(kind: Kind, held: { [key: string]: unknown }, known: Choice[]): Choice[] {
  if (kind === 'static' || kind === 'external') {
    const single = held['selected_option'];
    return (single ? [single] : fieldsIn(held['selected_options'])).map(choiceOf);
  }
  const noun = { users: 'user', conversations: 'conversation', channels: 'channel' }[kind];
  const single = held[`selected_${noun}`];
  const several = held[`selected_${noun}s`];
  const ids = typeof single === 'string' ? [single] : Array.isArray(several) ? several.map(String) : [];
  return ids.map((id) => known.find((one) => one.id === id) ?? { id, text: id, description: '' });
}

const pause = 150;

/** Choices that the app looks up while one types. */
function useLooked(props: ElementProps, isExternal: boolean) {
  const { as, target } = useElement(props);
  const [looked, setLooked] = useState<Suggested | 'loading'>('loading');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const asked = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const look = (typed: string): void => {
    if (!isExternal) return;
    clearTimeout(timer.current);
    asked.current += 1;
    const own = asked.current;
    setLooked('loading');
    timer.current = setTimeout(async () => {
      const answer = await loadOptions(as, target, typed);
      if (own !== asked.current) return;
      setLooked(answer ?? { status: 'failed', message: 'Could not load the choices' });
    }, pause);
  };
  return { looked, look };
}

function statusOf(looked: Suggested | 'loading'): string | undefined {
  if (looked === 'loading') return 'Loading…';
  if (looked.status === 'failed') return looked.message;
  if (looked.status === 'type more') {
    return `Type at least ${looked.characters} character${looked.characters === 1 ? '' : 's'}`;
  }
  return undefined;
}

export function Select(props: ElementProps) {
  const { block, element } = props;
  const { held, aria, change, busy } = useElement(props);
  const place = usePlace();
  const kind = kindOf(element.type);
  const several = element.type.startsWith('multi_');
  const [typed, setTyped] = useState('');
  const { looked, look } = useLooked(props, kind === 'external');
  const groups =
    kind !== 'external'
      ? narrowed(ownChoices(kind, element, place), typed)
      : looked !== 'loading' && looked.status === 'options'
        ? looked.groups.map((one) => ({ label: one.label ?? '', choices: one.options.map(choiceOf) }))
        : [];
  const known = kind === 'external' ? [] : ownChoices(kind, element, place).flatMap((one) => one.choices);
  const kept = chosenOf(kind, held ?? {}, known);
  const [chosen, setChosen] = useEager(kept);
  const most = element['max_selected_items'];
  const isFull = typeof most === 'number' && chosen.length >= most;
  return (
    <Combobox
      aria={aria}
      label={
        block.type === 'input' ? undefined : words(block['text']) || words(element['placeholder']) || 'Choose'
      }
      placeholder={words(element['placeholder']) || (several ? 'Choose some' : 'Choose one')}
      groups={groups}
      status={
        kind === 'external'
          ? statusOf(looked)
          : several && isFull
            ? `At most ${String(most)} can be chosen`
            : undefined
      }
      chosen={chosen}
      several={several}
      clearable={block.type === 'input' && block.optional === true}
      disabled={busy}
      focusFirst={element['focus_on_load'] === true}
      onType={(text) => {
        setTyped(text);
        look(text);
      }}
      onChoose={(next) => {
        if (typeof most === 'number' && next.length > most) return;
        setChosen(next);
        void change(several ? next.map((one) => one.id) : (next[0]?.id ?? null)).then((acted) => {
          if (acted?.status !== 'done') setChosen(kept);
        });
      }}
    />
  );
}
