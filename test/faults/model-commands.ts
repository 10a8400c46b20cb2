import fc from 'fast-check';
import { deeds } from './model-deeds.ts';
import { machine } from './model-machine.ts';

/** Rather often what the machine does, and now and then what people do. */
const anyStep = fc.oneof(...[...machine, ...deeds].map(([weight, arbitrary]) => ({ weight, arbitrary })));

export const anyCommands = (most: number) => fc.commands([anyStep], { maxCommands: most, size: 'max' });
