import { randomBytes } from 'node:crypto';

const LIFE_MS = 3000;

interface Trigger {
  user: string;
  /** The modal the interaction happened in, if any. */
  view: string | null;
  at: number;
  used: boolean;
}

export type TriggerUse =
  | { ok: true; user: string; view: string | null }
  | { ok: false; error: 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id' };

/** Triggers live 3 seconds of machine time and open one view each. */
export class Triggers {
  readonly #known = new Map<string, Trigger>();
  readonly #now: () => number;
  readonly #teamId: string;

  constructor(now: () => number, teamId: string) {
    this.#now = now;
    this.#teamId = teamId;
  }

  issue(user: string, view: string | null = null): string {
    const now = this.#now();
    for (const [id, trigger] of this.#known) if (trigger.at < now - 60 * LIFE_MS) this.#known.delete(id);
    const id = `${now}.${this.#teamId}.${randomBytes(16).toString('hex')}`;
    this.#known.set(id, { user, view, at: now, used: false });
    return id;
  }

  /** Does not use it up: a refused view leaves the trigger as it was. */
  look(id: string): TriggerUse {
    const trigger = this.#known.get(id);
    if (!trigger) return { ok: false, error: 'invalid_trigger_id' };
    if (trigger.used) return { ok: false, error: 'exchanged_trigger_id' };
    if (this.#now() - trigger.at > LIFE_MS) return { ok: false, error: 'expired_trigger_id' };
    return { ok: true, user: trigger.user, view: trigger.view };
  }

  use(id: string): void {
    const trigger = this.#known.get(id);
    if (trigger) trigger.used = true;
  }
}
