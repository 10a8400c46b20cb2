import type { View } from '#sandbox/local-slack/types.ts';
import { interaction, post, signedHeaders } from '#test/slack-app/signed.ts';
import { slackApp, type World } from '#test/world.ts';

/** Requests as Slack signs them, with something in them that no client of ours would send. */

/** The modal in front of somebody, as Slack would send it with their submission. */
export function openViewOf(world: World, personId: string): View {
  const view = world.slack.snapshot().modals[personId]?.at(-1);
  if (view === undefined) throw new Error(`${personId} has no modal open`);
  return structuredClone(view);
}

/** What the app answers to that modal, sent in by this person; empty where it closes. */
export async function submitAs(world: World, personId: string, view: View, viewId: string): Promise<string> {
  const body = interaction({
    type: 'view_submission',
    team: { id: 'T0WORLD', domain: 'test' },
    user: { id: personId, username: 'somebody', name: 'somebody', team_id: 'T0WORLD' },
    api_app_id: slackApp.appId,
    token: '',
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: crypto.randomUUID(),
    response_urls: [],
    view: {
      id: viewId,
      team_id: 'T0WORLD',
      type: view.type,
      blocks: view.blocks,
      private_metadata: view.privateMetadata,
      callback_id: view.callbackId,
      state: { values: view.values },
      hash: view.hash,
      title: view.title,
      clear_on_close: view.clearOnClose,
      notify_on_close: view.notifyOnClose,
      close: view.close,
      submit: view.submit,
      previous_view_id: view.previousId,
      root_view_id: view.rootId,
      app_id: slackApp.appId,
      external_id: '',
      app_installed_team_id: 'T0WORLD',
      bot_id: slackApp.botId,
    },
  });
  const answer = await post(world.application.port, body, signedHeaders(slackApp.signingSecret, body));
  if (answer.status !== 200) throw new Error(`${view.callbackId} was answered with ${answer.status}`);
  return answer.text();
}

/** The same modal with this in every field of text, however long it may be. */
export function withText(view: View, text: string): View {
  const values = structuredClone(view.values);
  for (const block of Object.values(values)) {
    for (const element of Object.values(block)) {
      if (element['type'] === 'plain_text_input') element['value'] = text;
    }
  }
  return { ...view, values };
}

/** Its fields of text, and how much each takes. */
export function textFields(view: View): { blockId: string; most: number }[] {
  return view.blocks.flatMap(({ type, block_id: blockId, element }) => {
    const { type: kind, max_length: most = 3_000 } = (element ?? {}) as {
      type?: string;
      max_length?: number;
    };
    return type === 'input' && kind === 'plain_text_input' ? [{ blockId, most }] : [];
  });
}

/** The modal with a day in one of its dates on which nothing can have been, or is to be. */
export function wrongDates(view: View): [day: string, wrong: View][] {
  return Object.entries(view.values).flatMap(([blockId, block]) =>
    Object.entries(block)
      .filter(([, element]) => element['type'] === 'datepicker')
      .flatMap(([actionId, element]) =>
        ['1999-01-01', '2099-01-01'].map((day): [string, View] => {
          const values = structuredClone(view.values);
          values[blockId] = { ...block, [actionId]: { ...element, selected_date: day } };
          return [`${day} in ${blockId}`, { ...view, values }];
        }),
      ),
  );
}

/** Nobody reports to them any more, until it is said that they do again. */
export async function endReporting(world: World, managerId: string) {
  const { database } = world;
  const ended = await database.owner
    .updateTable('reporting')
    .set({ until: new Date(world.clock.now()) })
    .where('manager_id', '=', managerId)
    .where('until', 'is', null)
    .returning(['rep_id', 'since'])
    .execute();
  return {
    async again() {
      for (const { rep_id, since } of ended) {
        await database.owner
          .updateTable('reporting')
          .set({ until: null })
          .where('rep_id', '=', rep_id)
          .where('since', '=', since)
          .execute();
      }
    },
  };
}
