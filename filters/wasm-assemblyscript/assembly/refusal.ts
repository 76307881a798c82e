// Why a configuration is refused: one line for the log, kept until it is written.
import { Bytes } from './bytes';
import { LOG_ERROR, proxy_log } from './host';

const ROOM: usize = 256;
const line = memory.data(256);
let length: usize = 0;

function append(byte: u8): void {
  if (length < ROOM) store<u8>(line + length++, byte >= 0x20 && byte <= 0x7e ? byte : 0x3f);
}

function appendText(text: string): void {
  for (let i: usize = 0; i < <usize>text.length; i++) append(load<u8>(changetype<usize>(text) + 2 * i));
}

/** Keeps `filterbench: job configuration: <before><name><after>`; false, so that a caller can return it. */
export function refuseName(before: string, at: usize, count: usize, after: string): bool {
  length = 0;
  appendText('filterbench: job configuration: ');
  appendText(before);
  // A name comes from the configuration, so it may have any length.
  const shown = min<usize>(count, 60);
  for (let i: usize = 0; i < shown; i++) append(load<u8>(at + i));
  appendText(after);
  return false;
}

export function refuseBytes(before: string, name: Bytes, after: string): bool {
  return refuseName(before, name.at, name.length, after);
}

export function refuse(reason: string): bool {
  return refuseName(reason, 0, 0, '');
}

export function logRefusal(): void {
  proxy_log(LOG_ERROR, line, length);
}
