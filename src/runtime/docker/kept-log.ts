import { text } from 'node:stream/consumers';
import type { Engine } from './engine.js';

/** What the engine kept of all that a container printed which has ended; nothing where it was removed. */
export async function keptLog(id: string, { client }: Engine): Promise<string> {
  try {
    return await text(await client.container.logs(client.container.getById(id)));
  } catch {
    return '';
  }
}
