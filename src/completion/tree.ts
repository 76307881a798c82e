/** What may follow a flag, or stand for a command's arguments. */
export type Values =
  /** `comma`: several of them, by comma. */
  | { readonly kind: 'names'; readonly names: readonly string[]; readonly comma: boolean }
  | { readonly kind: 'files' }
  | { readonly kind: 'folders' }
  /** Numbers, times and the like, which cannot be proposed. */
  | { readonly kind: 'free' };

/** A flag that can be completed. */
export interface Flag {
  /** `--budget`. */
  readonly name: string;
  readonly about: string;
  /** Null where it takes no value. */
  readonly values: Values | null;
}

/** A command that can be completed, or the program itself. */
export interface Node {
  readonly name: string;
  readonly about: string;
  readonly flags: readonly Flag[];
  /** What its arguments may be. */
  readonly words: Values | null;
  readonly commands: readonly Node[];
}

/** A command by the way to it: `/envoy/fetch`; the program itself is `/`. */
export interface Place {
  readonly path: string;
  readonly node: Node;
}

/** Every command with the way to it, the program first. */
export function placesOf(root: Node): Place[] {
  const below = (node: Node, prefix: string): Place[] =>
    node.commands.flatMap((command) => {
      const path = `${prefix}/${command.name}`;
      return [{ path, node: command }, ...below(command, path)];
    });
  return [{ path: '/', node: root }, ...below(root, '')];
}

/** The way from a command to one below it, as `placesOf` writes them. */
export function stepTo({ path }: Place, name: string): string {
  return path === '/' ? `/${name}` : `${path}/${name}`;
}

/** What flags take, each with all places and flags where it is so, as `/bench --profile`. */
export function valuesByUse(
  places: readonly Place[],
): { readonly uses: string[]; readonly values: Values }[] {
  const groups = new Map<string, { uses: string[]; values: Values }>();
  for (const { path, node } of places) {
    for (const { name, values } of node.flags) {
      if (values === null) continue;
      const key = JSON.stringify(values);
      const group = groups.get(key) ?? { uses: [], values };
      group.uses.push(`${path} ${name}`);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
