import type { KnownBlock } from '@slack/web-api';
import { digestQuestions } from '#domain/digest-questions.ts';
import {
  type DigestFigures,
  type DutyFigures,
  isNothingYet,
  measureDigest,
} from '#services/measure-digest.ts';
import type { ComposeMessage, MessageContent } from '#services/message-content.ts';
import { digestZoneOf, dueOfDelivery } from '#storage/digest.ts';
import { header, note } from '../blocks.ts';
import { type Part, richText } from '../rich-text.ts';
import { adherenceTable, mixChart, retentionChart } from './blocks.ts';
import {
  aboutAdherence,
  aboutMark,
  aboutMix,
  aboutRetention,
  callsLine,
  certificationLine,
  dutyLine,
  hasAnything,
  illustrationLine,
  mixLines,
  retentionLine,
} from './lines.ts';
import { duties, monthInWords, questionInWords, shareInWords, weekInWords, weekOf } from './words.ts';

/** The post of a week, to a channel. */
export const composeDigest: ComposeMessage = async (trx, workspaceId, deliveryId) => {
  const dueAt = await dueOfDelivery(trx, workspaceId, deliveryId);
  const zone = await digestZoneOf(trx, workspaceId);
  const figures = await measureDigest(trx, workspaceId, dueAt.getTime(), zone);
  return { content: digestMessage(figures), inWords: digestInWords(figures), nothingLeft: false };
};

/** With Slack's own table and charts. */
export function digestMessage(figures: DigestFigures): MessageContent {
  return {
    text: digestText(figures),
    blocks: isNothingYet(figures)
      ? nothingYet(figures)
      : blocksOf(figures, {
          adherence: adherenceTable(figures),
          retention: retentionChart(figures),
          mix: mixChart(figures),
        }),
  };
}

/** The same for a Slack that refuses those blocks, and for modals, which take neither. */
export function digestInWords(figures: DigestFigures): MessageContent {
  const none = { adherence: [], retention: [], mix: [] };
  return {
    text: digestText(figures),
    blocks: isNothingYet(figures) ? nothingYet(figures) : blocksOf(figures, none),
  };
}

/** What a notification says, and all that somebody sees who sees no blocks. */
export function digestText(figures: DigestFigures): string {
  const { month, coverage } = figures.calls;
  const said = [
    // Of observed calls the month says more than the week.
    ...figures.duties.filter(isWorthALine).map(({ duty, week, open }) => {
      const still = open > 0 ? `, ${open} still open` : '';
      return `${duties[duty]} ${weekOf(week, open)}${still}`;
    }),
    ...(coverage.total.whole === 0
      ? []
      : [`live calls observed in ${monthInWords(month)}: ${shareInWords(coverage.total)} reps`]),
  ];
  return `${headline(figures)}: ${said.length === 0 ? 'nothing to count yet' : said.join('; ')}.`;
}

const isWorthALine = ({ duty, week, open }: DutyFigures): boolean =>
  duty !== 'observed_call' && week.done + week.expired + open > 0;

const headline = ({ week }: DigestFigures): string => `Coaching, ${weekInWords(week)}`;

function nothingYet(figures: DigestFigures): KnownBlock[] {
  return [
    header(headline(figures)),
    richText('Nothing to count yet: nothing was due, no call has been observed, nobody has been asked.'),
    note('The next one tells of this week. It names nobody.'),
  ];
}

interface Drawn {
  adherence: KnownBlock[];
  retention: KnownBlock[];
  mix: KnownBlock[];
}

/** Where something is drawn it is not said again, but for what a chart cannot show. */
function blocksOf(figures: DigestFigures, drawn: Drawn): KnownBlock[] {
  return [
    header(headline(figures)),
    ...adherenceBlocks(figures, drawn.adherence),
    lines([callsLine(figures), certificationLine(figures)]),
    ...retentionBlocks(figures, drawn.retention),
    richText({ bold: "Managers' time" }),
    ...(drawn.mix.length > 0 ? drawn.mix : [lines(mixLines(figures))]),
    note(aboutMix(figures)),
    ...questionBlocks(figures),
    note('Everybody here sees this. It names nobody, and below five it shows counts and no rates.'),
  ];
}

function adherenceBlocks(figures: DigestFigures, drawn: KnownBlock[]): KnownBlock[] {
  if (figures.duties.length === 0) return [richText('Nothing was due in these five weeks.')];
  return [...(drawn.length > 0 ? drawn : [lines(figures.duties.map(dutyLine))]), note(aboutAdherence)];
}

function retentionBlocks({ retention }: DigestFigures, drawn: KnownBlock[]): KnownBlock[] {
  const asked = retention.filter(({ overall }) => hasAnything(overall));
  const title: Part = { bold: 'After training' };
  if (asked.length === 0) return [richText(title, ': nobody has been asked about one yet.')];
  const days = asked.map(({ day }) => day);
  return [
    lines([[title], ...asked.map(({ day, overall }) => retentionLine(day, overall))]),
    ...drawn,
    note([aboutRetention, aboutMark, illustrationLine(days)].filter((one) => one !== '').join(' ')),
  ];
}

const howMany = ['One thing', 'Two things', 'Three things'];

function questionBlocks(figures: DigestFigures): KnownBlock[] {
  const questions = digestQuestions(figures).map(questionInWords);
  if (questions.length === 0) return [richText({ bold: 'Nothing stands out this week.' })];
  const title: Part = { bold: `${howMany[questions.length - 1] ?? 'Some'} to look at` };
  return [lines([[title], ...questions.map((one, index): Part[] => [`${index + 1}. ${one}`])])];
}

const lines = (all: readonly Part[][]): KnownBlock =>
  richText(...all.flatMap((line, index): Part[] => (index === 0 ? line : ['\n', ...line])));
