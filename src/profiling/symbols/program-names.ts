import { openElf } from './elf.js';
import { exportedFunctions } from './exported-functions.js';
import { functionStarts } from './function-starts.js';
import { lastAtMost } from './nearest.js';
import { virtualFunctions } from './virtual-functions.js';

/** A place in a program, named as well as can be. */
export interface NamedPlace {
  /** What is written in stacks. */
  readonly name: string;
  /** The class or function that `name` goes by; null where none is near. */
  readonly owner: string | null;
}

/** Names for places in one program, by their offset in its file. */
export interface ProgramNames {
  /** How many functions are known by name. */
  readonly known: number;
  at(fileOffset: number): NamedPlace;
}

interface Landmark {
  readonly address: number;
  /** A class, or an exported function. */
  readonly owner: string;
  /** How the function itself is written. */
  readonly label: string;
}

// Functions of one source file stand together, and few files are larger than this.
const nearBytes = 65_536;

/** Sections that are one thing, whatever is in them: Envoy's allocator has one of its own. */
const namedSections = ['google_malloc'];

/**
 * Names for a stripped program: exported functions and virtual ones are known; any other function goes by the landmark that stands
 * before it. That is right about the source file nearly always, and about the function never: such names have a `~` and an address.
 * @returns null where the file is no ELF file of 64 bits.
 * @throws Error where it cannot be read.
 */
export function programNames(path: string): ProgramNames | null {
  using elf = openElf(path);
  if (!elf) return null;
  const landmarks = mergeLandmarks([
    ...virtualFunctions(elf).map(({ address, className, slot }) => ({
      address,
      owner: className,
      label: `${className}::[${slot}]`,
    })),
    ...exportedFunctions(elf).map(({ address, name }) => ({ address, owner: name, label: name })),
  ]);
  const starts = functionStarts(elf);
  const sections = namedSections.flatMap((name) => {
    const section = elf.section(name);
    return section ? [{ name, section }] : [];
  });
  return {
    known: landmarks.length,
    at(fileOffset) {
      const address = elf.addressOf(fileOffset);
      if (address === null) return { name: '[unknown]', owner: null };
      const within = sections.find(
        ({ section }) => address >= section.address && address < section.address + section.size,
      );
      if (within) return { name: within.name, owner: within.name };
      const start = starts[lastAtMost(starts.length, (index) => starts[index] ?? 0, address)] ?? address;
      return nameAt(landmarks, start);
    },
  };
}

function nameAt(landmarks: readonly Landmark[], start: number): NamedPlace {
  const index = lastAtMost(landmarks.length, (at) => landmarks[at]?.address ?? 0, start);
  const before = landmarks[index];
  if (before?.address === start) return { name: before.label, owner: before.owner };
  const place = `~${start.toString(16)}`;
  if (!before) return { name: place, owner: null };
  const after = landmarks[index + 1];
  const isInside = after !== undefined && outermost(after.owner) === outermost(before.owner);
  if (start - before.address > nearBytes && !isInside) return { name: place, owner: null };
  return { name: `${before.owner} ${place}`, owner: before.owner };
}

function outermost(owner: string): string {
  return owner.split('::', 1)[0] ?? owner;
}

function mergeLandmarks(landmarks: readonly Landmark[]): Landmark[] {
  const byAddress = new Map(landmarks.map((landmark) => [landmark.address, landmark]));
  return [...byAddress.values()].sort((a, b) => a.address - b.address);
}
