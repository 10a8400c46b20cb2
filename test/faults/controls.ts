import { registerHooks } from 'node:module';
import type { Control } from './messages.ts';

const badPost: Partial<Record<Control, string>> = {
  retry: './post-with-retries.ts',
  mark_before_post: './post-after-marking.ts',
};

/** Puts a bad way of posting in the place of the product's; delivery must be loaded only after it. */
export function replacePost(control: Control): void {
  const bad = badPost[control];
  if (bad === undefined) return;
  const badUrl = new URL(bad, import.meta.url).href;
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const isPost = resolved.url.endsWith('/src/delivery/post.ts') && context.parentURL !== badUrl;
      return isPost ? { ...resolved, url: badUrl } : resolved;
    },
  });
}
