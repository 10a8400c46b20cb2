/** The server did not do it; the message says why. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function answered<T>(response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const said = typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : '';
  throw new Refused(response.status, said || `The sandbox answered ${response.status}`);
}

export async function get<T>(path: string): Promise<T> {
  return answered(await fetch(path));
}

export async function post<T>(path: string, body: unknown): Promise<T> {
  return answered(
    await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
}
