/**
 * An error as the log may have it. Errors of databases carry the values of the statement that failed, which
 * are what people wrote; errors of HTTP clients carry headers, with the token among them. A log has ids only.
 */
export interface LoggedError {
  type: string;
  message: string;
  stack: string;
  code?: string;
  cause?: LoggedError;
}

export function errorInLog(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error', stack: '' };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause instanceof Error ? { cause: errorInLog(error.cause) } : {};
  return { type: error.name, message: error.message, stack: error.stack ?? '', ...code, ...cause };
}
