import { type ErasurePreview, erase, previewErasure } from '#services/erase-person.ts';
import { nameOf } from '#slack/text.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Command, Misused, Refused } from './command.ts';
import { configOf, serviceContext, withDatabase } from './with-database.ts';

export const eraseCommand: Command = {
  summary: 'show what would be erased of a person; with --yes, erase it',
  usage: '<Slack id or e-mail> [--yes]',
  about: [
    'Takes away what was written about somebody, and who they are; what was counted stays, without a name. Texts that',
    'they wrote about others stay with those, without the name of who wrote them; their private notes go. Nothing is',
    'asked of them any more, and an import does not bring them back unless it says so. It cannot be undone, other than',
    'from a back-up. Messages to them are deleted from Slack as well, forty a minute, while Sideline runs; what others',
    'were sent stays.',
  ].join('\n'),
  ofWorkspace: true,
  hasYes: true,
  async run({ words, workspace: wanted, yes, config: read }) {
    const [named, ...others] = words;
    if (named === undefined || others.length > 0)
      throw new Misused('Say whom: erase <Slack id or e-mail> [--yes]');
    const config = configOf(read);
    return withDatabase(config, async (database) => {
      const { id, name } = await chooseWorkspace(database, wanted);
      const context = serviceContext(config, database);
      const preview = await previewErasure(context, id, named);
      if (preview === undefined) {
        throw new Refused(
          `${named} is not known in ${name}. Nothing was changed. Correct the id or address.`,
        );
      }
      const { person, texts } = preview;
      const whom = `${nameOf(person.name)} (${person.id})`;
      if (!yes) {
        return {
          ok: true,
          lines: [
            `${whom} would be erased from ${name}:`,
            ...inLines(preview),
            'Nothing was changed. Add --yes to erase them; only a back-up brings it back.',
          ],
          data: { workspace: id, person: person.id, erased: false, texts },
        };
      }
      const erased = await erase(context, id, person.id, 'operator');
      if (!erased.ok) throw new Refused(`${named} is not known in ${name} any more. Nothing was changed.`);
      return {
        ok: true,
        lines: [
          `${whom} is erased from ${name}.`,
          ...inLines(preview),
          'What was counted stays, without a name. Messages to them go from Slack while Sideline runs. Back-ups made before still hold it: see docs/operations.md.',
        ],
        data: { workspace: id, person: person.id, erased: true, texts },
      };
    });
  },
};

const inLines = ({ texts }: ErasurePreview): string[] =>
  texts.length === 0
    ? ['  no record about them has words']
    : texts.map(({ table, rows }) => `  ${table}: ${rows} ${rows === 1 ? 'row' : 'rows'}`);
