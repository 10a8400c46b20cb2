import { useEffect } from 'preact/hooks';
import type { GuideState } from '../../page-server/protocol.ts';
import { usePlace } from '../data/place.ts';
import { useResource } from '../data/resource.ts';
import { journey } from '../travel/state.ts';
import { Icon } from '../ui/icon.tsx';
import { keep, useKept } from './kept.ts';
import { type Progress, type Step, sam, steps } from './steps.ts';

/** Steps that show what the product does; each is done when the product says so. */
export function Guide() {
  const { world } = usePlace();
  const { hidden } = useKept(world.id);
  return world.has.guide && !hidden ? <Steps /> : null;
}

/** Where Sam can see it: the visitor is Sam, after something was logged. */
function useSeenAsSam(world: string, logged: boolean | undefined): boolean {
  const { route } = usePlace();
  const { seenAsSam } = useKept(world);
  const isThere = logged === true && route.as === sam;
  useEffect(() => {
    if (isThere) keep(world, { seenAsSam: true });
  }, [world, isThere]);
  return seenAsSam || isThere;
}

/** While the page is open, whoever one is on it. */
let wasOpen = false;

function Steps() {
  const { world, route } = usePlace();
  const kept = useKept(world.id);
  const state = useResource<GuideState>('/page/guide', ({ kind }) =>
    ['message', 'modal', 'home'].includes(kind),
  );
  const seenAsSam = useSeenAsSam(world.id, state?.logged);
  if (state === undefined) return null;
  const progress: Progress = { ...kept, ...state, seenAsSam, route };
  const current = steps.find((step) => !step.isDone(progress));
  if (current !== undefined) wasOpen = true;
  // Whoever comes back to it done needs no reminder.
  if (current === undefined && !wasOpen) return null;
  return (
    <section class="guide" aria-label="Your first minute">
      <ol class="guide-steps">
        {steps.map((step, index) => (
          <Mark
            key={step.id}
            step={step}
            number={index + 1}
            isDone={step.isDone(progress)}
            isNow={step === current}
          />
        ))}
      </ol>
      <Now current={current} progress={progress} />
      <button
        type="button"
        class="icon-button guide-close"
        aria-label="Hide the first steps"
        title="Hide"
        onClick={() => keep(world.id, { hidden: true })}
      >
        <Icon name="close" />
      </button>
    </section>
  );
}

function Mark({
  step,
  number,
  isDone,
  isNow,
}: {
  step: Step;
  number: number;
  isDone: boolean;
  isNow: boolean;
}) {
  return (
    <li
      class={isDone ? 'step step-done' : isNow ? 'step step-now' : 'step'}
      aria-current={isNow ? 'step' : undefined}
    >
      <span class="step-mark" aria-hidden="true">
        {isDone ? <Icon name="check" /> : number}
      </span>
      <span>
        {step.title}
        {isDone && <span class="visually-hidden"> (done)</span>}
      </span>
    </li>
  );
}

function Now({ current, progress }: { current: Step | undefined; progress: Progress }) {
  const { world } = usePlace();
  const travelling = journey.use() !== null;
  const button = current?.button(progress);
  return (
    <div class="guide-now">
      <p role="status">
        {current === undefined
          ? 'That is the loop: one thing, tried, and followed up. Everybody on the left has four months of it; look around.'
          : travelling
            ? 'Time passes: everything due on the way is sent, to everybody.'
            : current.text(progress)}
      </p>
      {button !== undefined && (
        <button
          type="button"
          class="button button-primary"
          disabled={travelling}
          onClick={() => button.press((change) => keep(world.id, change))}
        >
          {button.label}
        </button>
      )}
    </div>
  );
}
