import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, vi } from 'vitest';

/** Gives each test of a file a place of its own for the folders of its runtimes. */
export function useOwnTmpdir(): void {
  beforeEach(() => {
    const temp = mkdtempSync(join(tmpdir(), 'fb-'));
    vi.stubEnv('TMPDIR', temp);
    return () => {
      vi.unstubAllEnvs();
      rmSync(temp, { recursive: true });
    };
  });
}
