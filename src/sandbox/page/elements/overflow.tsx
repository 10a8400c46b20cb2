import { Icon } from '../ui/icon.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { choicesOf, fieldsIn } from './read.ts';
import { type ElementProps, useElement } from './surface.ts';

export function Overflow({ block, element }: ElementProps) {
  const { change } = useElement({ block, element });
  const items = choicesOf(element).flatMap((group) => group.choices);
  const linkOf = (value: string): unknown =>
    fieldsIn(element['options']).find((one) => one['value'] === value)?.['url'];
  return (
    <MenuButton
      label="More actions"
      className="button button-icon"
      items={items.map((choice) => ({
        key: choice.id,
        label: choice.text,
        ...(choice.description === '' ? {} : { hint: choice.description }),
        choose: () => {
          const url = linkOf(choice.id);
          if (typeof url === 'string') window.open(url, '_blank', 'noopener');
          void change(choice.id);
        },
      }))}
    >
      <Icon name="more" />
    </MenuButton>
  );
}
