import type { ServerResponse } from 'node:http';
import type { Change } from '../local-slack/changes.ts';
import type { LocalSlack } from '../local-slack/local-slack.ts';
import type { LiveEvent } from './protocol.ts';

/** Changes come in bursts; a burst is told once. */
const burst = 25;
/** While travelling they do not stop coming. */
const busyBurst = 250;

/** Server-sent events to every open page. */
export class Live {
  readonly #open = new Set<ServerResponse>();
  #changes = new Map<string, Change>();
  #timer: NodeJS.Timeout | undefined;
  #followed: LocalSlack | undefined;
  readonly #isBusy: () => boolean;

  constructor(isBusy: () => boolean) {
    this.#isBusy = isBusy;
  }

  /** Tells of what changes in this local Slack from now on. */
  follow(slack: LocalSlack): void {
    if (this.#followed === slack) return;
    this.#followed = slack;
    slack.onChange((change) => {
      if (this.#open.size === 0) return;
      this.#changes.set(JSON.stringify([change.kind, change.user, change.channel]), change);
      this.#timer ??= setTimeout(() => this.#flush(), this.#isBusy() ? busyBurst : burst).unref();
    });
  }

  add(response: ServerResponse, page: string): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
    write(response, { type: 'hello', page });
  }

  tell(event: LiveEvent): void {
    this.#flush();
    for (const response of this.#open) write(response, event);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#changes.size === 0) return;
    const changes = [...this.#changes.values()];
    this.#changes = new Map();
    for (const response of this.#open) write(response, { type: 'changes', changes });
  }
}

function write(response: ServerResponse, event: LiveEvent): void {
  response.write(`data: ${JSON.stringify(event)}\n\n`);
}
