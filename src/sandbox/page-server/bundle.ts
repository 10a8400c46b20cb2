import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The browser's side, made from its sources at start: a visitor runs no build command. */
export interface Bundle {
  script: string;
  style: string;
  /** Changes with the content. */
  version: string;
  builtInMs: number;
}

const page = (file: string): string => fileURLToPath(new URL(`../page/${file}`, import.meta.url));

export async function bundlePage(): Promise<Bundle> {
  const begun = performance.now();
  const built = await build({
    entryPoints: { page: page('main.tsx'), style: page('styles/main.css') },
    outdir: '/',
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'esnext',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // Types, of which there are many, come from files that are for Node alone.
    platform: 'browser',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const text = (end: string): string => {
    const file = built.outputFiles.find((one) => one.path.endsWith(end));
    if (!file) throw new Error(`the page's bundle has no ${end}`);
    return file.text;
  };
  const script = text('page.js');
  const style = text('style.css');
  const version = createHash('sha256').update(script).update(style).digest('hex').slice(0, 12);
  return { script, style, version, builtInMs: performance.now() - begun };
}
