import type { ElfFile } from './elf.js';

/** The encodings that linkers write: a count of 4 bytes, then pairs of signed offsets from the section (LSB, "DWARF extensions"). */
const usual = [0x03, 0x3b];
const headBytes = 12;
const pairBytes = 8;

/**
 * Where functions begin, in order: from the table by which exceptions find their way (`.eh_frame_hdr`), which stripping leaves.
 * @returns nothing where there is none, or one in another encoding.
 */
export function functionStarts(elf: ElfFile): Float64Array {
  const section = elf.section('.eh_frame_hdr');
  const bytes = elf.read('.eh_frame_hdr');
  if (!section || bytes.length < headBytes || !usual.every((code, index) => bytes[2 + index] === code))
    return new Float64Array();
  const count = Math.min(bytes.readUInt32LE(8), Math.floor((bytes.length - headBytes) / pairBytes));
  return Float64Array.from(
    { length: count },
    (_, index) => section.address + bytes.readInt32LE(headBytes + index * pairBytes),
  );
}
