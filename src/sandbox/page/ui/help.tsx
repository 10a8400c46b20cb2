import { useRef } from 'preact/hooks';
import { keptStore, store } from '../data/store.ts';
import { useShownDialog } from './dialog.ts';

const open = store(false);

/** Single keys get in the way of speech input; they can be turned off. */
export const singleKeys = keptStore('sandbox.keys', 'on');

export function openHelp(): void {
  open.set(true);
}

export const shortcuts: { keys: string; does: string }[] = [
  { keys: '?', does: 'This list' },
  { keys: 'C', does: 'Write a message or a command' },
  { keys: 'M', does: "Go to the app's Messages" },
  { keys: 'H', does: "Go to the app's Home" },
  { keys: 'P', does: 'Choose who you are' },
  { keys: 'N', does: 'Travel to the next message' },
  { keys: 'I', does: 'Open or close the inspector' },
  { keys: '↑ ↓', does: 'Move between messages, people, choices' },
  { keys: 'Ctrl Enter', does: 'Send a modal' },
  { keys: 'Esc', does: 'Close what is on top' },
];

function Help() {
  const isOn = singleKeys.use() === 'on';
  const dialog = useRef<HTMLDialogElement>(null);
  useShownDialog(dialog, () => open.set(false));
  return (
    <dialog ref={dialog} class="dialog dialog-small" aria-labelledby="help-title">
      <h2 id="help-title" class="dialog-title">
        Keyboard
      </h2>
      <dl class="keys">
        {shortcuts.map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label class="tick keys-switch">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => singleKeys.set(event.currentTarget.checked ? 'on' : 'off')}
        />
        Single keys work
      </label>
      <div class="dialog-buttons">
        <button type="button" class="button button-primary" onClick={() => open.set(false)}>
          Close
        </button>
      </div>
    </dialog>
  );
}

export function HelpDialog() {
  return open.use() ? <Help /> : null;
}
