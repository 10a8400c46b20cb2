import type { KnownBlock, ModalView } from '@slack/web-api';
import { timeFields } from '#domain/manager-time.ts';
import type { TimeCompared } from '#services/report-time.ts';
import { whoSees } from '../form.ts';
import { monospaced, type Part, plain, richText } from '../rich-text.ts';
import { mixBars, trendTable } from './bars.ts';
import { title } from './view.ts';
import { aboutReference, amountInWords, flagInWords, inPercent, weekInWords, whoSeesTime } from './words.ts';

/** What takes the form's place once it is saved: the own mix beside the reference. */
export function comparisonModal(compared: TimeCompared): ModalView {
  return {
    type: 'modal',
    title: plain(title),
    close: plain('Close'),
    blocks: [
      richText({ bold: howSaved(compared) }, `\nT${weekInWords(compared.report.week).slice(1)}:`),
      ...bars(compared),
      richText(outside(compared)),
      { type: 'context', elements: [plain(aboutReference(compared.reference))] },
      ...trend(compared),
      ...flags(compared),
      whoSees(whoSeesTime),
    ],
  };
}

function howSaved({ outcome, report: { late } }: TimeCompared): string {
  switch (outcome) {
    case 'reported':
      return late ? 'Saved, and shown as reported late.' : 'Saved.';
    case 'corrected':
      return 'Saved. What you said before is kept, and counts no more.';
    case 'unchanged':
      return 'Saved already, just like this.';
  }
}

function bars({ mix, reference }: TimeCompared): KnownBlock[] {
  if (mix === undefined) {
    return [richText('Nothing of it went into the four, so there is nothing to compare this time.')];
  }
  return [
    monospaced(mixBars(mix, reference)),
    { type: 'context', elements: [plain('ref: the reference mix')] },
  ];
}

function outside({ report }: TimeCompared): string {
  const { everything_else: amount, unit } = report;
  const whole = timeFields.reduce((sum, field) => sum + report[field], 0);
  const share = unit === 'hours' && whole > 0 ? `, ${inPercent(amount / whole)} % of the week` : '';
  return `Everything else: ${amountInWords(amount, unit)}${share}. It stays outside the mix.`;
}

function trend({ overview }: TimeCompared): KnownBlock[] {
  if (overview.trend.length < 2) return [richText('With your next report a trend begins here.')];
  return [richText({ bold: 'Four-week averages, in percent' }), monospaced(trendTable(overview.trend))];
}

function flags({ overview: { latest, flags: raised } }: TimeCompared): KnownBlock[] {
  if (latest === undefined) return [];
  if (raised.length === 0) {
    return [richText(`Over ${latest.n} weeks, nothing is far from the reference mix.`)];
  }
  const lines = raised.flatMap((flag, index): Part[] => [
    index === 0 ? '' : '\n',
    flagInWords(flag, latest.n),
  ]);
  return [richText(...lines)];
}
