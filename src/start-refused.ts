/** What was wrong with how the program was started, in words for whoever typed it. */
export class StartRefused extends Error {
  override name = 'StartRefused';
}
