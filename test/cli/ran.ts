import { vi } from 'vitest';
import { main } from '../../src/cli/main.js';
import type { ExitCodeValue } from '../../src/errors.js';

/** A command of the command line, carried out in this process. */
export async function ran(
  ...args: readonly string[]
): Promise<{ code: ExitCodeValue; stdout: string; stderr: string }> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    }),
  );
  try {
    return { code: await main(args), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
