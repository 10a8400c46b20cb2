import { useRef } from 'preact/hooks';
import { store } from '../data/store.ts';
import { Emojis } from '../text/emoji.tsx';
import { useShownDialog } from './dialog.ts';

interface Question {
  title: string;
  text: string;
  yes: string;
  no: string;
  danger: boolean;
}

const asked = store<{ question: Question; answer: (agreed: boolean) => void } | null>(null);

/** Asks before something is done, above everything else that is open. */
export function ask(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    asked.set({
      question,
      answer(agreed) {
        asked.set(null);
        resolve(agreed);
      },
    });
  });
}

function Confirm({ question, answer }: { question: Question; answer: (agreed: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useShownDialog(dialog, () => answer(false));
  return (
    <dialog ref={dialog} class="dialog dialog-small" aria-labelledby="ask-title" aria-describedby="ask-text">
      <h2 id="ask-title" class="dialog-title">
        <Emojis text={question.title} />
      </h2>
      <p id="ask-text" class="dialog-text">
        <Emojis text={question.text} />
      </p>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={() => answer(false)}>
          {question.no}
        </button>
        <button
          type="button"
          class={question.danger ? 'button button-danger' : 'button button-primary'}
          onClick={() => answer(true)}
        >
          {question.yes}
        </button>
      </div>
    </dialog>
  );
}

export function Asking() {
  const open = asked.use();
  return open && <Confirm {...open} />;
}
