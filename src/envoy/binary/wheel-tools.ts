import { tmpdir } from 'node:os';
import { execa } from 'execa';

const pipArgs = [
  ...['download', '--quiet', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off'],
  ...['--no-deps', '--only-binary=:all:'],
];

// Copies, so that uv's cache and ours share no file.
const uvArgs = ['pip', 'install', '--quiet', '--no-deps', '--only-binary', ':all:', '--link-mode', 'copy'];

/** A program of the user's that can fetch a package, with the user's own index settings. */
export interface Tool {
  label: string;
  command: string;
  kind: 'pip' | 'uv';
  args(requirement: string, into: string): string[];
  /** Asks whether it is here. */
  readonly versionArgs: readonly string[];
}

const pip = (label: string, command: string, prefix: string[]): Tool => ({
  label,
  command,
  kind: 'pip',
  args: (requirement, into) => [...prefix, ...pipArgs, '--dest', into, requirement],
  versionArgs: [...prefix, '--version'],
});

/** In the order in which they are asked. */
export const tools: readonly Tool[] = [
  pip('python3 -m pip', 'python3', ['-m', 'pip']),
  pip('pip3', 'pip3', []),
  pip('pip', 'pip', []),
  // uv has no download command; --target unpacks the wheel.
  {
    label: 'uv',
    command: 'uv',
    kind: 'uv',
    args: (wanted, into) => [...uvArgs, '--target', into, wanted],
    versionArgs: ['--version'],
  },
];

/** Labels of the tools that are here. Nothing is asked of any server: whether theirs answers, only a fetch tells. */
export async function wheelTools(signal?: AbortSignal): Promise<string[]> {
  const answers = await Promise.all(
    tools.map(async ({ label, command, versionArgs }) => {
      const { failed } = await execa(command, versionArgs, {
        reject: false,
        stdin: 'ignore',
        // As for a fetch: python -m looks for modules in the working directory first.
        cwd: tmpdir(),
        ...(signal && { cancelSignal: signal }),
      });
      return failed ? [] : [label];
    }),
  );
  return answers.flat();
}
