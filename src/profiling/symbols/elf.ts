import { closeSync, openSync, readSync } from 'node:fs';

/** A section of an ELF file: where it is in memory (without the load address), and in the file. */
export interface ElfSection {
  readonly address: number;
  readonly offset: number;
  readonly size: number;
}

/** What is read of an ELF file. */
export interface ElfFile extends Disposable {
  section(name: string): ElfSection | null;
  /** All bytes of a section; none where the file has no such section. */
  read(name: string): Buffer;
  /** The address at which a place in the file is loaded; null where no section covers it. */
  addressOf(offset: number): number | null;
}

const headerBytes = 64;
const sectionHeaderBytes = 64;
/** Magic number, 64 bits, little-endian: System V ABI, "ELF identification". */
const wanted = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
/** A section without bytes in the file (SHT_NOBITS). */
const noBits = 8;

/**
 * Opens an ELF file of 64 bits; sections are read when they are asked for.
 * @returns null for anything else.
 * @throws Error where it cannot be read.
 */
export function openElf(path: string): ElfFile | null {
  const file = openSync(path, 'r');
  const bytesAt = (offset: number, size: number): Buffer => {
    const bytes = Buffer.alloc(size);
    return bytes.subarray(0, readSync(file, bytes, 0, size, offset));
  };
  const header = bytesAt(0, headerBytes);
  if (header.length < headerBytes || !header.subarray(0, wanted.length).equals(wanted)) {
    closeSync(file);
    return null;
  }
  const sections = readSections(header, bytesAt);
  return {
    section: (name) => sections.get(name) ?? null,
    read(name) {
      const section = sections.get(name);
      return section ? bytesAt(section.offset, section.size) : Buffer.alloc(0);
    },
    addressOf(offset) {
      for (const section of sections.values()) {
        if (section.address > 0 && offset >= section.offset && offset < section.offset + section.size)
          return offset - section.offset + section.address;
      }
      return null;
    },
    [Symbol.dispose]: () => closeSync(file),
  };
}

function readSections(
  header: Buffer,
  bytesAt: (offset: number, size: number) => Buffer,
): Map<string, ElfSection> {
  const count = header.readUInt16LE(60);
  const table = bytesAt(readAddress(header, 40), count * sectionHeaderBytes);
  const raw = Array.from({ length: Math.floor(table.length / sectionHeaderBytes) }, (_, index) => {
    const at = index * sectionHeaderBytes;
    return {
      name: table.readUInt32LE(at),
      type: table.readUInt32LE(at + 4),
      address: readAddress(table, at + 16),
      offset: readAddress(table, at + 24),
      size: readAddress(table, at + 32),
    };
  });
  const nameSection = raw[header.readUInt16LE(62)];
  const names = nameSection ? bytesAt(nameSection.offset, nameSection.size) : Buffer.alloc(0);
  return new Map(
    raw
      .filter(({ type }) => type !== noBits)
      .map(({ name, address, offset, size }) => [textAt(names, name), { address, offset, size }]),
  );
}

/** A number of 64 bits; addresses of programs are far below 2^53. */
export function readAddress(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
}

/** The text that begins at a place and ends before the next zero. */
export function textAt(bytes: Buffer, at: number): string {
  const end = bytes.indexOf(0, at);
  return bytes.toString('latin1', at, end === -1 ? bytes.length : end);
}
