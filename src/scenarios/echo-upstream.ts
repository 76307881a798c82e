import { z } from 'zod';
import { FailedError } from '../errors.js';
import type { TcpAddress } from '../runtime/types.js';
import { joinHeaders } from './send-once.js';

const echoSchema = z.object({
  method: z.string(),
  path: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  bodyBytes: z.number(),
  bodySha256: z.string(),
  /** Null where it is long, or no text. */
  body: z.string().nullable(),
});

/** A request as the echo upstream received it. */
export interface Received extends Omit<z.infer<typeof echoSchema>, 'headers'> {
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads the echo upstream's account of a request. */
export function parseEcho(json: unknown): Received {
  const echo = echoSchema.parse(json);
  return { ...echo, headers: joinHeaders(echo.headers.flat()) };
}

/** What the upstream is to answer. */
export interface UpstreamAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Has the echo upstream answer the next request with this, not with its account of it. */
export async function setNextAnswer(admin: TcpAddress, { headers, body }: UpstreamAnswer): Promise<void> {
  const answer = { headers: Object.entries(headers), body };
  await ask(admin, '/answer', { method: 'POST', body: JSON.stringify(answer) });
}

/** The last request that the echo upstream received. */
export async function lastReceived(admin: TcpAddress): Promise<Received> {
  return parseEcho(await (await ask(admin, '/last')).json());
}

/** How many requests the echo upstream has received. */
export async function requestsSeen(admin: TcpAddress): Promise<number> {
  const response = await ask(admin, '/count');
  return z.object({ requests: z.number() }).parse(await response.json()).requests;
}

const timeoutMs = 3_000;

async function ask({ host, port }: TcpAddress, path: string, init: RequestInit = {}): Promise<Response> {
  const url = `http://${host}:${port}${path}`;
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
  if (response.ok) return response;
  throw new FailedError(
    `the echo upstream answers ${path} with status ${response.status}`,
    'build filters/upstream anew: "filterbench filters build"',
  );
}
