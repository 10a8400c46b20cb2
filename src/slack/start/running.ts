import type { RunningState } from '#services/running-state.ts';

const named = 3;

/** Why somebody gets nothing at the moment, and what to do about it; nothing where they do. Slack's mark-up. */
export function whyNothingIsSent(running: RunningState): string | undefined {
  if (running.kind === 'runs') return undefined;
  const { kind, mayStart, starters } = running;
  const shown = starters.slice(0, named).map((id) => `<@${id}>`);
  const whom = shown.length === 0 ? 'Nobody here can change that yet' : `${shown.join(' or ')} can`;
  switch (kind) {
    case 'not_started': {
      const how = mayStart
        ? '`/coach start` shows what would happen first, and starts it.'
        : `${whom}${shown.length === 0 ? ': an enablement lead or an admin is needed.' : ' start it.'}`;
      return `*Sideline has not started here.* Nothing is sent, and nobody is asked for anything. ${how}`;
    }
    case 'paused': {
      const how = mayStart
        ? '`/coach resume` goes on.'
        : `${whom}${shown.length === 0 ? '.' : ' resume it.'}`;
      return `*Sideline is paused.* Nothing is sent; what you open yourself works. ${how}`;
    }
    case 'not_in_pilot': {
      const how = mayStart ? ' `/coach start` adds people, or starts it for everybody.' : '';
      return `*Sideline runs for a pilot group here, without you.* Nothing is sent to you; what you open yourself works.${how}`;
    }
  }
}
