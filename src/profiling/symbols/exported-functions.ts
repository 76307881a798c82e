import { type ElfFile, readAddress, textAt } from './elf.js';

const symbolBytes = 24;
/** STT_FUNC: the symbol is a function. */
const isFunction = 2;

/** The functions that a program shows to the libraries it loads (`.dynsym`), which stripping leaves. */
export function exportedFunctions(elf: ElfFile): { readonly address: number; readonly name: string }[] {
  const symbols = elf.read('.dynsym');
  const names = elf.read('.dynstr');
  const found: { address: number; name: string }[] = [];
  for (let at = 0; at + symbolBytes <= symbols.length; at += symbolBytes) {
    const address = readAddress(symbols, at + 8);
    const type = (symbols[at + 4] ?? 0) & 0xf;
    if (address > 0 && type === isFunction)
      found.push({ address, name: textAt(names, symbols.readUInt32LE(at)) });
  }
  return found;
}
