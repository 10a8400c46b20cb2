import { render } from 'preact';
import { App } from './app.tsx';
import { listenLive } from './data/live.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
listenLive();
render(<App />, root);
