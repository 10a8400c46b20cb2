import type { GuideState } from '../../page-server/protocol.ts';
import { markedMessage } from '../conversation/message-list.tsx';
import { travel } from '../data/deeds.ts';
import { go, home, messages, type Route } from '../data/route.ts';

/** The product's records, what only the visitor's browser knows, and where the visitor is. */
export interface Progress extends GuideState {
  seenAsSam: boolean;
  travelled: boolean;
  route: Route;
}

export interface Step {
  id: string;
  title: string;
  /** What to do, or what to look at. */
  text: (progress: Progress) => string;
  /** Absent while there is only something to do on the page itself. */
  button: (progress: Progress) => { label: string; press: (keepTravelled: () => void) => void } | undefined;
  isDone: (progress: Progress) => boolean;
}

export const dana = 'U0DANA';
export const sam = 'U0SAM';

const atDana = ({ as, place }: Route): boolean => as === dana && place === messages;

const openDana = {
  label: "Open Dana's messages",
  press: (): void => {
    markedMessage.set(null);
    go({ as: dana, place: messages });
  },
};

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
    id: 'follow-up',
    title: 'Jump to the follow-up',
    text: ({ travelled }) =>
      travelled
        ? 'A week has passed. Press “Log 1:1” for Sam and say what happened to that one thing: the chain closes.'
        : 'This is what Sam has until then. A week later Dana is asked what became of it.',
    button({ travelled, route }) {
      if (travelled) return atDana(route) ? undefined : openDana;
      return {
        label: "Travel to Dana's next 1:1 with Sam",
        press(keepTravelled) {
          keepTravelled();
          go({ as: dana, place: messages });
          void travel(dana, 'follow-up');
        },
      };
    },
    isDone: (progress) => progress.closed,
  },
];
