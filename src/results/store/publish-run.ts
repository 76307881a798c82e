import { createWriteStream, existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { BadInputError } from '../../errors.js';
import { sampleSchema, tellsLatency } from '../schema/index.js';
import { parseStored } from './parse-stored.js';
import { compatFile } from './read-compat.js';
import { compressed, linesOf } from './read-run.js';
import { readWhole } from './read-whole.js';
import { checkRunFolder, runFiles } from './run-folder.js';

/**
 * Copies a run's data into a folder that can be kept in a repository: samples and evidence compressed, and files of the machine by their
 * names alone. Histograms of response times that no latency is told of, five sixths of the bytes, stay behind. Reports are not copied: they
 * come again from what is.
 * @throws BadInputError where the folder holds a run already or can't be written, or the run is not complete or damaged.
 */
export async function publishRun(from: string, to: string): Promise<void> {
  // All of it is read first: half of a copy would stand in the way of the next try.
  const { status } = (await readWhole(from)).run;
  if (status !== 'complete') {
    throw new BadInputError(`${from} is ${status}`, 'publish a run that is complete');
  }
  checkRunFolder(to);
  await compress(publicSamples(join(from, runFiles.samples)), join(to, runFiles.samples));
  await compress(linesOf(join(from, runFiles.evidence)), join(to, runFiles.evidence));
  for (const file of [compatFile, runFiles.run]) await copyText(join(from, file), join(to, file));
}

async function copyText(from: string, to: string): Promise<void> {
  if (existsSync(from)) await writeFile(to, withoutPersonalFolders(await readFile(from, 'utf8')));
}

async function compress(lines: AsyncIterable<string>, to: string): Promise<void> {
  const gzip = createGzip({ level: constants.Z_BEST_COMPRESSION });
  await pipeline(publicLines(lines), gzip, createWriteStream(to + compressed));
}

async function* publicLines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${withoutPersonalFolders(line)}\n`;
}

async function* publicSamples(path: string): AsyncGenerator<string> {
  for await (const line of linesOf(path)) {
    const { histogram, ...sample } = parseStored(sampleSchema, line, path);
    yield JSON.stringify(tellsLatency(sample) ? { ...sample, histogram } : sample);
  }
}

// Where the files of one person's machine are: of temporary folders and of homes.
const ownFolders = /\/(?:tmp|root|home|Users|work|private|var\/folders)(?:\/[\w.@+-]+)*\/([\w.@+-]+)/g;

function withoutPersonalFolders(text: string): string {
  return text.replace(ownFolders, '$1');
}
