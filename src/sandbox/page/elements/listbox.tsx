import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePlace } from '../data/place.ts';
import { Emojis } from '../text/emoji.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Choice, ChoiceGroup } from './read.ts';

interface ListboxProps {
  id: string;
  label: string;
  groups: ChoiceGroup[];
  chosen: string[];
  several: boolean;
  /** Which one the keyboard is at, counted through all groups. */
  at: number;
  status: string | undefined;
  /** Of a field that does not say itself that the list belongs to it. */
  scrollable?: boolean;
  onChoose: (choice: Choice) => void;
}

export function Listbox({
  id,
  label,
  groups,
  chosen,
  several,
  at,
  status,
  scrollable = false,
  onChoose,
}: ListboxProps) {
  const own = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    own.current?.querySelector(`#${CSS.escape(`${id}-${at}`)}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  let index = -1;
  const rows = (choices: Choice[]) =>
    choices.map((choice) => {
      index += 1;
      return (
        <Row
          key={choice.id}
          id={`${id}-${index}`}
          choice={choice}
          isAt={index === at}
          isChosen={chosen.includes(choice.id)}
          onChoose={onChoose}
        />
      );
    });
  const isEmpty = groups.every((group) => group.choices.length === 0);
  return (
    <>
      <div
        ref={own}
        id={id}
        role="listbox"
        aria-label={label}
        aria-multiselectable={several}
        tabIndex={scrollable ? 0 : undefined}
      >
        {groups.map((group) =>
          group.label === '' ? (
            rows(group.choices)
          ) : (
            // biome-ignore lint/a11y/useSemanticElements: a group of a listbox is no set of fields
            <div key={group.label} role="group" aria-label={group.label}>
              <div class="listbox-group" aria-hidden="true">
                {group.label}
              </div>
              {rows(group.choices)}
            </div>
          ),
        )}
      </div>
      <div class="listbox-status" role="status">
        {status ?? (isEmpty ? 'No matches' : '')}
      </div>
    </>
  );
}

interface RowProps {
  id: string;
  choice: Choice;
  isAt: boolean;
  isChosen: boolean;
  onChoose: (choice: Choice) => void;
}

function Row({ id, choice, isAt, isChosen, onChoose }: RowProps) {
  const { world } = usePlace();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is at the field that this list belongs to
    // biome-ignore lint/a11y/useFocusableInteractive: the field points to it while it keeps the focus
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      class={isAt ? 'option option-at' : 'option'}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(choice)}
    >
      {choice.person === true && (
        <Avatar id={choice.id} name={choice.text} isApp={choice.id === world.app.id} />
      )}
      <span class="option-words">
        <span>
          <Emojis text={choice.text} />
        </span>
        {choice.description !== '' && <span class="option-description">{choice.description}</span>}
      </span>
      {isChosen && <Icon name="check" />}
    </div>
  );
}
