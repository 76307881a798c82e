import { oneLine } from '../report/format/text.js';

/** One message of Envoy's log, or a line that somebody else printed (level `plain`). */
interface LogRecord {
  readonly level: string;
  readonly lines: readonly string[];
}

// Envoy's default format: [time][thread][level][component] [file:line] message.
const prefix = /^\[\d{4}-\d\d-\d\d [^\]]+\]\[\d+\]\[(\w+)\]\[[^\]]*\] (?:\[[^\]]*:\d+\] )?/;

function recordsOf(log: string): LogRecord[] {
  const records: { level: string; lines: string[] }[] = [];
  for (const line of log.split('\n').filter((text) => text.trim() !== '')) {
    const start = prefix.exec(line);
    if (start) records.push({ level: start[1] ?? 'plain', lines: [line.slice(start[0].length)] });
    // What has no prefix goes on with the message before it.
    else if (records.length > 0) records.at(-1)?.lines.push(line);
    else records.push({ level: 'plain', lines: [line] });
  }
  return records;
}

const mostChars = 600;

/** A log or configuration with what Envoy loads by its name alone: where such files are says nothing of the subject. */
export function withBareFileNames(log: string): string {
  return log.replace(/(?:\/[\w.+-]+)+\/([\w.-]+\.(?:yaml|so|wasm|lua))/g, '$1');
}

/** One line without what differs from start to start: folders, ports, addresses in memory. */
function cleaned(text: string): string {
  const same = oneLine(withBareFileNames(text))
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replace(/0x[0-9a-f]{5,}/g, '0x…');
  return same.length <= mostChars ? same : `${same.slice(0, mostChars - 1)}…`;
}

const warning = ['warning', 'error', 'critical'];
const error = ['error', 'critical'];

/** Each warning or error once, in order. */
export function warningsOf(log: string): string[] {
  const said = recordsOf(log).filter(({ level }) => warning.includes(level));
  return [...new Set(said.map(({ lines }) => cleaned(lines[0] ?? '')))];
}

/** What Envoy said when it refused to start: its last error, else the last line. */
export function refusalWords(log: string): string {
  const records = recordsOf(log);
  const last = records.findLast(({ level }) => error.includes(level)) ?? records.at(-1);
  return last ? wordsOf(last) : 'it printed nothing';
}

/** What Envoy said of something by name, in a warning or an error; else what it said when it refused to start. */
export function wordsAbout(name: string, log: string): string {
  const about = recordsOf(log).find(
    ({ level, lines }) => warning.includes(level) && lines.some((line) => line.includes(name)),
  );
  return about ? wordsOf(about) : refusalWords(log);
}

// error `WORDS: {the whole configuration}` initializing config 'FILE', and the words again.
function wordsOf({ lines }: LogRecord): string {
  // Protobuf's messages hold blanks at random, so that nobody relies on them.
  const words = oneLine(lines.join(' '))
    .replace(/^error `/, '')
    .replace(/` initializing config .*$/, '')
    .replace(/: \{".*$/, '')
    // Where in the configuration a field stands: ports and folders move it.
    .replace(/, near \d+:\d+ \(offset \d+\)/, '');
  return cleaned(words);
}

const nameOfDeath = /^Caught |assert failure|panicked at|symbol lookup error/;
const backtrace = /^(#\d+:|Backtrace|Envoy version:|Address mapping:|Our FatalActions|ActiveStream|\s)/;

/** What was said when the process died: the signal's or panic's name where there is one, else the last line that is no backtrace. */
export function lastWords(log: string): string {
  const lines = recordsOf(log).flatMap((record) => record.lines);
  const words =
    lines.findLast((line) => nameOfDeath.test(line)) ?? lines.findLast((line) => !backtrace.test(line));
  return words === undefined ? 'it printed nothing' : cleaned(words);
}
