import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ViewShown } from '../../local-slack/person-session.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { closeModal, submit } from '../data/deeds.ts';
import { usePlace } from '../data/place.ts';
import { words } from '../elements/read.ts';
import { SurfaceProvider, type SurfaceShown } from '../elements/surface.ts';
import { Emojis } from '../text/emoji.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { useShownDialog } from '../ui/dialog.ts';
import { Icon } from '../ui/icon.tsx';

/** The stack of modals of the person one is: the last one in front, the others behind it. */
export function Modals() {
  const { desk } = usePlace();
  const top = desk.modals.at(-1);
  return top === undefined ? null : <Stack key={desk.me.id} views={desk.modals} top={top} />;
}

function Stack({ views, top }: { views: ViewShown[]; top: ViewShown }) {
  const { desk } = usePlace();
  const dialog = useRef<HTMLDialogElement>(null);
  const back = (): void => void closeModal(desk.me.id, top.id, false);
  useShownDialog(dialog, back);
  useFirstFocus(dialog, top.id);
  useErrorFocus(dialog, top);
  return (
    <dialog
      ref={dialog}
      class="dialog modal"
      aria-labelledby="modal-title"
      data-depth={views.length}
      data-testid="modal"
    >
      {views.length > 1 && <div class="modal-behind" aria-hidden="true" />}
      <View key={top.id} view={top} depth={views.length} back={back} />
    </dialog>
  );
}

function View({ view, depth, back }: { view: ViewShown; depth: number; back: () => void }) {
  const { desk, world } = usePlace();
  const unsent: SurfaceShown['unsent'] = useMemo(() => new Map(), []);
  // The page hears a moment later that the view is busy; a second press must not come before.
  const sending = useRef(false);
  const send = async (): Promise<void> => {
    if (sending.current || view.busy || view.submit === null) return;
    sending.current = true;
    try {
      await Promise.all([...unsent.values()].map((flush) => flush()));
      await submit(desk.me.id, view.id);
    } finally {
      sending.current = false;
    }
  };
  const surface: SurfaceShown = {
    at: { kind: 'view', id: view.id },
    values: view.values,
    errors: view.errors,
    busy: view.busy,
    unsent,
    ...(view.submit === null ? {} : { submit: () => void send() }),
  };
  return (
    <form
      class="modal-form"
      noValidate
      aria-busy={view.busy}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void send();
        }
      }}
    >
      <header class="modal-head">
        {depth > 1 ? (
          <button type="button" class="icon-button" aria-label="Back" title="Back" onClick={back}>
            <Icon name="back" />
          </button>
        ) : (
          <Avatar id={world.app.id} name={world.app.name} isApp />
        )}
        <h2 id="modal-title">
          <Emojis text={words(view.title)} />
        </h2>
        <button
          type="button"
          class="icon-button"
          aria-label="Close"
          title={depth > 1 ? 'Close all' : 'Close'}
          onClick={() => void closeModal(desk.me.id, view.id, true)}
        >
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="modal-body" tabIndex={0} aria-label="Content">
        <SurfaceProvider value={surface}>
          <Blocks blocks={view.blocks} />
        </SurfaceProvider>
      </section>
      {view.failure !== null && (
        <p class="modal-failure" role="alert">
          <Icon name="warn" />
          <span>{view.failure}</span>
        </p>
      )}
      <footer class="modal-foot">
        <button type="button" class="button" onClick={back}>
          {words(view.close) || (view.submit === null ? 'Close' : 'Cancel')}
        </button>
        {view.submit !== null && (
          <button type="submit" class="button button-primary" disabled={view.busy}>
            {view.busy && <span class="spinner" aria-hidden="true" />}
            {words(view.submit)}
          </button>
        )}
      </footer>
    </form>
  );
}

const fields = '.modal-body :is(input, textarea, select, button):not(:disabled)';

/** A new view starts where it asks to, else at its first field. */
function useFirstFocus(dialog: { current: HTMLDialogElement | null }, view: string): void {
  useEffect(() => {
    const shown = dialog.current;
    const first =
      shown?.querySelector<HTMLElement>('[data-focus-first]') ??
      shown?.querySelector<HTMLElement>(fields) ??
      shown?.querySelector<HTMLElement>('.modal-foot button:last-child');
    first?.focus({ preventScroll: false });
  }, [view]);
}

/** Errors are read where they are: the first wrong field gets the focus. */
function useErrorFocus(dialog: { current: HTMLDialogElement | null }, { errors, blocks }: ViewShown): void {
  const wrong = blocks.find((one) => errors[one.block_id] !== undefined)?.block_id;
  const all = JSON.stringify(errors);
  useEffect(() => {
    if (wrong === undefined) return;
    const block = dialog.current?.querySelector(`[data-block="${CSS.escape(wrong)}"]`);
    block?.querySelector<HTMLElement>('input, textarea, button')?.focus();
    block?.scrollIntoView({ block: 'center' });
  }, [all]);
}
