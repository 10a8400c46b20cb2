import { explainMessagesOf, type MessagesExplained } from '#services/explain-messages.ts';
import { nameOf } from '#slack/text.ts';
import { decisionInWords } from '#slack/why/decisions.ts';
import { outlookInWords } from '#slack/why/outlook.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Command, type Invocation, Misused, Refused } from './command.ts';
import { configOf, serviceContext, withDatabase } from './with-database.ts';

const most = 10;

export const why: Command = {
  summary: 'say why somebody did or did not get their messages',
  usage: '<Slack id or e-mail>',
  about: [
    `The last ${most} decisions about their messages, the latest first, at their own local time: what was due, whether`,
    'working time, an absence or the budget kept it back, and what Slack answered. People can ask for themselves',
    'with /coach why.',
  ].join('\n'),
  ofWorkspace: true,
  async run(invocation) {
    const named = namedIn(invocation);
    const config = configOf(invocation.config);
    return withDatabase(config, async (database) => {
      const { id, name } = await chooseWorkspace(database, invocation.workspace);
      const explained = await explainMessagesOf(serviceContext(config, database), id, named, most);
      if (explained === undefined) {
        throw new Refused(
          `${named} is not known in ${name}, so nothing is sent to them. Import them first, or correct the id or address.`,
        );
      }
      const said = inWords(explained);
      const { person, standing, next, decisions, more } = explained;
      return {
        ok: true,
        lines: [said.heading, ...said.outlook, ...(said.decisions.length > 0 ? [''] : []), ...said.decisions],
        data: { workspace: id, person, standing, next: next ?? null, decisions, more, inWords: said },
      };
    });
  },
};

function namedIn({ words }: Invocation): string {
  const [named, ...others] = words;
  if (named === undefined || others.length > 0) throw new Misused('Say about whom: why <Slack id or e-mail>');
  return named;
}

function inWords(explained: MessagesExplained) {
  const { person, decisions } = explained;
  const whose = { personId: person.id, zone: person.timeZone, own: false };
  return {
    heading: `${nameOf(person.name)} (${person.id}), times of ${person.timeZone}`,
    outlook: outlookInWords(explained, whose),
    decisions: decisions.map((one) => decisionInWords(one, whose)),
  };
}
