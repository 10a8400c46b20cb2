import { TextObject } from '../text/text-object.tsx';
import { useEager } from './moment.tsx';
import { choiceOf, fieldsIn, words } from './read.ts';
import { type ElementProps, useElement } from './surface.ts';

/** Radio buttons and checkboxes. */
export function Ticks({ block, element }: ElementProps) {
  const { held, key, change, busy, aria } = useElement({ block, element });
  const several = element.type === 'checkboxes';
  const kept = several
    ? fieldsIn(held?.['selected_options']).map((one) => choiceOf(one).id)
    : held?.['selected_option']
      ? [choiceOf(held['selected_option']).id]
      : [];
  const [ticked, setTicked] = useEager(kept);
  const options = fieldsIn(element['options']);
  const tick = (id: string, on: boolean): void => {
    const next = several ? [...ticked.filter((one) => one !== id), ...(on ? [id] : [])] : [id];
    setTicked(next);
    void change(several ? next : (next[0] ?? null)).then((acted) => {
      if (acted === undefined || acted.status === 'confirm' || acted.status === 'refused') setTicked(kept);
    });
  };
  return (
    <div
      class="ticks"
      id={key}
      tabIndex={-1}
      role={several ? 'group' : 'radiogroup'}
      aria-describedby={aria['aria-describedby']}
      {...(block.type === 'input'
        ? { 'aria-labelledby': `${key}-label` }
        : { 'aria-label': words(block['text']) || 'Choices' })}
    >
      {options.map((option) => {
        const { id } = choiceOf(option);
        return (
          <label class="tick" key={id}>
            <input
              type={several ? 'checkbox' : 'radio'}
              name={key}
              value={id}
              checked={ticked.includes(id)}
              disabled={busy}
              aria-invalid={aria['aria-invalid']}
              onChange={(event) => tick(id, event.currentTarget.checked)}
            />
            <span class="tick-words">
              <span>
                <TextObject value={option['text']} />
              </span>
              {option['description'] !== undefined && (
                <span class="tick-description">
                  <TextObject value={option['description']} />
                </span>
              )}
            </span>
          </label>
        );
      })}
    </div>
  );
}
