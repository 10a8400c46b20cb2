import type { GuideState } from '../../page-server/protocol.ts';
import { markedMessage } from '../conversation/message-list.tsx';
import { travel } from '../data/deeds.ts';
import { go, home, messages, type Route } from '../data/route.ts';
import type { Kept } from './kept.ts';

/** The product's records, what only the visitor's browser knows, and where the visitor is. */
export interface Progress extends GuideState, Kept {
  route: Route;
}

interface StepButton {
  label: string;
  press: (remember: (change: Partial<Kept>) => void) => void;
}

export interface Step {
  id: string;
  title: string;
  /** What to do, or what to look at. */
  text: (progress: Progress) => string;
  /** Absent while there is only something to do on the page itself. */
  button: (progress: Progress) => StepButton | undefined;
  isDone: (progress: Progress) => boolean;
}

export const dana = 'U0DANA';
export const sam = 'U0SAM';

const atDana = ({ as, place }: Route): boolean => as === dana && place === messages;

const messagesOf = (as: string, name: string): StepButton => ({
  label: `Open ${name}'s messages`,
  press() {
    markedMessage.set(null);
    go({ as, place: messages });
  },
});
const openDana = messagesOf(dana, 'Dana');
const openSam = messagesOf(sam, 'Sam');

/** The guided first minute, in its order. A further step is one more entry here, and its sign in GuideState. */
export const steps: readonly Step[] = [
  {
    id: 'log',
    title: "Sam's 1:1 just ended. Log one thing.",
    text: ({ route }) =>
      atDana(route)
        ? 'You are Dana, a sales manager. Press “Log 1:1” in the message below and save one thing for Sam to try.'
        : 'Dana, a sales manager, has an unread message about it. Be Dana, and answer it.',
    button: ({ route }) => (atDana(route) ? undefined : openDana),
    isDone: (progress) => progress.logged,
  },
  {
    id: 'sam',
    title: 'See it as Sam',
    text: () => 'Sam sees the one thing and its date. A private note of yours is not there.',
    button: () => ({ label: 'Be Sam', press: () => go({ as: sam, place: home }) }),
    isDone: (progress) => progress.logged && progress.seenAsSam,
  },
  {
    id: 'day-30',
    title: 'Jump to day 30',
    text: ({ atDay30, day30 }) =>
      !atDay30
        ? 'Sam was trained four weeks ago. On day 30 both look back: first Sam, a working day later Dana.'
        : !day30.rep
          ? 'You are Sam. Press “Look back” on the card of Monday and say what you did on recent calls.'
          : 'Now Dana, a row for each rep, filled in from the calls she listened to. Sam sees hers once it is saved.',
    button({ atDay30, day30, route }) {
      if (!atDay30) {
        return {
          label: 'Travel to day 30',
          press(remember) {
            remember({ atDay30: true });
            go({ as: sam, place: messages });
            void travel(dana, 'day-30');
          },
        };
      }
      if (!day30.rep) return route.as === sam && route.place === messages ? undefined : openSam;
      return atDana(route) ? undefined : openDana;
    },
    isDone: ({ day30 }) => day30.rep && day30.manager,
  },
  {
    id: 'follow-up',
    title: 'What became of it?',
    text: ({ atFollowUp }) =>
      atFollowUp
        ? 'A week after their 1:1. Press “Log 1:1” for Sam and say what happened to that one thing: the chain closes.'
        : 'At the next 1:1 Dana is asked what became of the one thing, before there is room for another.',
    button({ atFollowUp, route }) {
      if (atFollowUp) return atDana(route) ? undefined : openDana;
      return {
        label: "Travel to Dana's next 1:1 with Sam",
        press(remember) {
          remember({ atFollowUp: true });
          go({ as: dana, place: messages });
          void travel(dana, 'follow-up');
        },
      };
    },
    isDone: (progress) => progress.closed,
  },
  {
    id: 'counted',
    title: 'How is this counted?',
    text: () =>
      'Each Tuesday one post tells the week, and names nobody. Under each figure stands what it counts, and how many did not answer.',
    button: () => ({
      label: "Open Priya's channel",
      press(remember) {
        remember({ seenCounted: true });
        markedMessage.set(null);
        go({ as: 'U0PRIYA', place: 'C0ENABLEMENT' });
      },
    }),
    isDone: ({ seenCounted }) => seenCounted,
  },
];
