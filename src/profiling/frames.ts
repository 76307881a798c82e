import { basename } from 'node:path';
import type { RawFrame } from './sampling/perf-script.js';
import type { ProgramNames } from './symbols/program-names.js';

/** What kind of code a function is: the kernel's, made while the program runs (V8, LuaJIT), or a file's. */
export type CodeKind = 'kernel' | 'jit' | 'file';

/** One function of a stack. */
export interface Frame {
  readonly name: string;
  /** What its place is told by: the class or function that its name goes by; null where nothing is known. */
  readonly owner: string | null;
  readonly kind: CodeKind;
  /** Name of the file; empty for code that is in none. */
  readonly object: string;
}

/** A function that names functions of one program; what perf knows by itself comes first. */
export type FrameReader = (raw: RawFrame) => Frame;

/** Makes frames of what perf gives; `namesOf` knows more of some programs, by their path. */
export function frameReader(namesOf: (object: string) => ProgramNames | null): FrameReader {
  const known = new Map<RawFrame, Frame>();
  return (raw) => {
    const frame = known.get(raw) ?? readFrame(raw, namesOf);
    known.set(raw, frame);
    return frame;
  };
}

function readFrame(
  { place, symbol, object }: RawFrame,
  namesOf: (object: string) => ProgramNames | null,
): Frame {
  const kind = kindOf(object);
  const file = kind === 'file' && object !== '[unknown]' ? basename(object) : '';
  // Of a stripped program perf knows what it exports, and takes that for whatever stands behind it.
  const named = kind === 'file' ? namesOf(object)?.at(place) : undefined;
  if (named) return { name: clean(named.name), owner: named.owner, kind, object: file };
  if (symbol !== null) return { name: clean(symbol), owner: symbol, kind, object: file };
  return {
    name: kind === 'jit' ? '[compiled at run time]' : `[${file || 'unknown'}]`,
    owner: null,
    kind,
    object: file,
  };
}

// Pieces of kernel code: the kernel itself and its modules, whose names are in brackets.
const kernelCode = /^\[(?!vdso|heap|stack|vsyscall|unknown)[\w.]+\]$/;
// Memory that is in no file, or in one that names such code for perf.
const compiledCode = /^(\/\/anon|\/anon_hugepage|\[anon|\/memfd:|anon_inode)|\/perf-\d+\.map$/;

function kindOf(object: string): CodeKind {
  if (kernelCode.test(object)) return 'kernel';
  return compiledCode.test(object) ? 'jit' : 'file';
}

/** Folded stacks are separated by semicolons, and lines by line breaks. */
function clean(name: string): string {
  return name.replaceAll(/[;\r\n]/g, ':');
}
