import { readdirSync, readFileSync } from 'node:fs';

/** Every function that a file of services gives others, with its parameters: read from the files, so that none is forgotten. */

export interface Service {
  file: string;
  name: string;
  parameters: Parameter[];
}

export interface Parameter {
  /** Nothing where it is taken apart at once. */
  name: string;
  type: string;
}

const folder = new URL('../../src/services/', import.meta.url);

export function everyService(): Service[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => servicesIn(file, readFileSync(new URL(file, folder), 'utf8')));
}

function servicesIn(file: string, source: string): Service[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  const begins = code.matchAll(/^export (?:async )?function\*? (\w+)(?:<[^(]*>)?\(/gm);
  return [...begins].map((match) => ({
    file,
    name: match[1] ?? '',
    parameters: parametersIn(code.slice(match.index + match[0].length)),
  }));
}

/** From behind the bracket that opens the list. */
function parametersIn(code: string): Parameter[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const [at, sign] of [...code].entries()) {
    if (depth === 0 && sign === ')') break;
    if ('([{<'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign) || (sign === '>' && code[at - 1] !== '=')) depth -= 1;
    if (depth === 0 && sign === ',') parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const apart = part.startsWith('{') ? part.indexOf('}') + 1 : 0;
      const named = /^(\w+)\??/.exec(part);
      const [, type = ''] =
        /^\??\s*:\s*([\s\S]*?)(?:\s=\s[^>][\s\S]*)?$/.exec(part.slice(apart || (named?.[1]?.length ?? 0))) ??
        [];
      return { name: apart > 0 ? '' : (named?.[1] ?? ''), type: type.replaceAll(/\s+/g, ' ') };
    });
}
