import { readFile } from 'node:fs/promises';

const library = /\/([\w.-]+\.so)( \(deleted\))?$/;

/** The libraries of the search path that a process has mapped, each once, and whether their file is another by now. */
export async function mappedModules(pid: number | null): Promise<string | null> {
  if (pid === null) return null;
  try {
    const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
    const names = maps.split('\n').flatMap((line) => {
      const [, name, deleted = ''] = library.exec(line) ?? [];
      return name === undefined ? [] : [`${name}${deleted}`];
    });
    return [...new Set(names)].join(', ');
  } catch {
    return null;
  }
}
