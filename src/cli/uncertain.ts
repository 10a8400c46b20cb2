import { z } from 'zod';
import type { DeliveryKind } from '#domain/delivery.ts';
import {
  findUncertain,
  type SettleProblem,
  settleUncertain,
  type UncertainDelivery,
  type Verdict,
  verdicts,
} from '#services/settle-uncertain.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Command, type Invocation, Misused, type Outcome, Refused } from './command.ts';
import { configOf, serviceContext, withDatabase } from './with-database.ts';

export const uncertain: Command = {
  summary: 'list messages of which nobody knows whether Slack has them, or settle one',
  usage: '[settle <delivery id> delivered|not-sent]',
  about: [
    'Sideline looks for these itself, and never sends one again on a guess. Where Slack will not let it look,',
    'somebody looks at the conversation in Slack and says what is there: delivered, or not-sent, and then it',
    'goes out with the next round if it is still wanted.',
  ].join('\n'),
  ofWorkspace: true,
  async run(invocation) {
    if (invocation.words.length === 0) return list(invocation);
    return settle(invocation);
  },
};

async function list({ workspace: named, config: read }: Invocation): Promise<Outcome> {
  return withDatabase(configOf(read), async (database) => {
    const { id, name } = await chooseWorkspace(database, named);
    const deliveries = await findUncertain({ database }, id);
    const lines =
      deliveries.length === 0
        ? [`${name}: no message is uncertain.`]
        : deliveries.flatMap((one) => [...describe(one), '']).slice(0, -1);
    return { ok: true, lines, data: { workspace: id, deliveries } };
  });
}

const what: Record<DeliveryKind, string> = {
  card: 'the card of the day, about',
  prompt: 'the prompt of the day, about',
  digest: 'the weekly digest, about',
};

function describe(one: UncertainDelivery): string[] {
  const state = one.state === 'posting' ? 'being posted' : 'uncertain';
  return [
    one.id,
    `  to ${one.receiverName ?? 'the channel'} (${one.receiverId}): ${what[one.kind]} ${aboutWhom(one)}`,
    `  ${state} since ${one.since.toISOString()}, due ${one.dueAt.toISOString()}; last answer: ${one.lastAnswer ?? 'none'}`,
  ];
}

const aboutWhom = ({ kind, about }: UncertainDelivery): string =>
  about.join(', ') || (kind === 'digest' ? 'the team as a whole' : 'nobody any more');

async function settle({ words, workspace: named, config: read }: Invocation): Promise<Outcome> {
  const { deliveryId, verdict } = meant(words);
  const config = configOf(read);
  return withDatabase(config, async (database) => {
    const { id } = await chooseWorkspace(database, named);
    const settled = await settleUncertain(serviceContext(config, database), id, deliveryId, verdict);
    if (!settled.ok) throw new Refused(explain(settled.problem, deliveryId));
    const said =
      verdict === 'delivered'
        ? 'Settled as delivered. It will not be edited later, since its place in Slack is not known.'
        : 'Settled as not sent. It goes out within a minute or so, if it is still wanted.';
    return { ok: true, lines: [said], data: { workspace: id, delivery: deliveryId, settled: verdict } };
  });
}

function meant(words: string[]): { deliveryId: string; verdict: Verdict } {
  const [verb, deliveryId = '', verdict, ...more] = words;
  const found = verdicts.find((one) => one === verdict);
  if (verb !== 'settle' || found === undefined || more.length > 0) {
    throw new Misused(`Say what to do: uncertain settle <delivery id> ${verdicts.join('|')}`);
  }
  if (!z.uuid().safeParse(deliveryId).success) {
    throw new Misused(`${deliveryId} is no delivery id; \`uncertain\` lists them.`);
  }
  return { deliveryId, verdict: found };
}

function explain(problem: SettleProblem, deliveryId: string): string {
  if (problem.kind === 'unknown') return `There is no delivery ${deliveryId}. Nothing was changed.`;
  if (problem.kind === 'too_early') {
    return (
      'Slack may still show this message: sent again now, it could stand there twice. Nothing was changed. It can ' +
      `be settled as not sent from ${problem.from.toISOString()} on; look at the conversation again then.`
    );
  }
  const { state } = problem;
  return state === 'posting'
    ? 'This message is being posted, or its process died over it. Nothing was changed. Let Sideline run: it looks ' +
        'for the message itself after a minute.'
    : `This message is ${state}, not uncertain. Nothing was changed.`;
}
