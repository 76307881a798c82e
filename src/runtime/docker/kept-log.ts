import { text } from 'node:stream/consumers';
import type { Engine } from './engine.js';

/** What the engine kept of all that a container printed which has ended. */
export async function keptLog(id: string, { client }: Engine): Promise<string> {
  return text(await client.container.logs(client.container.getById(id)));
}
