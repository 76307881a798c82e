import { type ElfFile, type ElfSection, readAddress, textAt } from './elf.js';
import { readableType } from './readable-type.js';

/** A function whose class is known. */
export interface VirtualFunction {
  readonly address: number;
  readonly className: string;
  /** Its place in the class's table. */
  readonly slot: number;
}

const relocationBytes = 24;
/** The word there is the load address plus a number (x86-64 psABI, R_X86_64_RELATIVE). */
const relative = 8;
const wordBytes = 8;

/**
 * The virtual functions of a stripped C++ program, in the order of their addresses. Exceptions and `dynamic_cast` need the names of
 * types, so these stay where symbols were removed: a table of virtual functions (Itanium C++ ABI, "Virtual Table Layout") is a
 * distance, a type, and the functions; and the relocations of a program that can be loaded anywhere tell all three.
 * @returns nothing for a program that has no such relocations.
 */
export function virtualFunctions(elf: ElfFile): VirtualFunction[] {
  const text = elf.section('.text');
  const constants = elf.section('.rodata');
  if (!text || !constants) return [];
  const targets = relativeRelocations(elf.read('.rela.dyn'));
  const types = typesIn(targets, constants, elf.read('.rodata'));
  const found = new Map<number, VirtualFunction & { depth: number }>();
  for (const [at, type] of targets) {
    const name = types.get(type);
    // Before the type stands a plain number.
    if (name === undefined || targets.has(at - wordBytes)) continue;
    const depth = depthOf(type, targets, types);
    for (let slot = 0; ; slot += 1) {
      const address = targets.get(at + (slot + 1) * wordBytes);
      if (address === undefined || !isIn(text, address)) break;
      // What is inherited stands in several tables; it is the base's own.
      const known = found.get(address);
      if (!known || depth < known.depth) found.set(address, { address, className: name, slot, depth });
    }
  }
  return [...found.values()]
    .sort((a, b) => a.address - b.address)
    .map(({ address, className, slot }) => ({ address, className: readableType(className), slot }));
}

function relativeRelocations(bytes: Buffer): Map<number, number> {
  const targets = new Map<number, number>();
  for (let at = 0; at + relocationBytes <= bytes.length; at += relocationBytes) {
    if (bytes.readUInt32LE(at + 8) === relative)
      targets.set(readAddress(bytes, at), readAddress(bytes, at + 16));
  }
  return targets;
}

const typeName = /^(N|S[a-z]|Z|K|P|\d)[\w.$]+$/;
const longestTypeName = 4_000;

/** The mangled names of all types, by where these are described: a pointer to how, then one to the name. */
function typesIn(
  targets: ReadonlyMap<number, number>,
  constants: ElfSection,
  bytes: Buffer,
): Map<number, string> {
  const types = new Map<number, string>();
  for (const [at, target] of targets) {
    if (!isIn(constants, target) || !targets.has(at - wordBytes)) continue;
    const name = textAt(bytes, target - constants.address);
    if (name.length <= longestTypeName && typeName.test(name)) types.set(at - wordBytes, name);
  }
  return types;
}

/** How many bases stand over a type: with one base its description follows at once, with several after their number. */
function depthOf(
  type: number,
  targets: ReadonlyMap<number, number>,
  types: ReadonlyMap<number, string>,
): number {
  let depth = 0;
  let at: number | undefined = type;
  while (at !== undefined && depth < 50) {
    const bases: (number | undefined)[] = [2, 3].map((word) => targets.get((at ?? 0) + word * wordBytes));
    at = bases.find((base) => base !== undefined && types.has(base));
    depth += 1;
  }
  return depth;
}

function isIn({ address, size }: ElfSection, at: number): boolean {
  return at >= address && at < address + size;
}
