import { existsSync } from 'node:fs';
import { duties, surfaces } from './screens/duties.ts';
import { histories } from './screens/histories.ts';
import { dayThirty, firstMinute } from './screens/main-path.ts';
import { settingUp } from './screens/set-up.ts';
import { openStudio, type Shots } from './screens/studio.ts';
import { trainings } from './screens/trainings.ts';

/**
 * `npm run screenshots`: a picture of each screen in test-results/screens, from the running sandbox, and those of the
 * README and the docs in docs/pictures. Arguments are the directory of a lived past to start from, and the names of
 * what alone is to be taken.
 */
const shots: Shots = {
  ...firstMinute,
  ...surfaces,
  ...duties,
  ...dayThirty,
  ...trainings,
  ...histories,
  ...settingUp,
};
const named = process.argv.slice(2);
const past = named.find((one) => existsSync(one));
const wanted = named.filter((one) => one !== past);
const unknown = wanted.filter((one) => !(one in shots));
if (unknown.length > 0) {
  throw new Error(`no such pictures: ${unknown.join(', ')}; there are ${Object.keys(shots).join(', ')}`);
}

const studio = await openStudio(past);
try {
  for (const [name, shoot] of Object.entries(shots)) {
    if (wanted.length === 0 || wanted.includes(name)) await studio.attempt(name, () => shoot(studio));
  }
} finally {
  await studio.close();
}
if (studio.failed.length > 0) throw new Error(`no picture of: ${studio.failed.join(', ')}`);
