import { parseArgs } from 'node:util';
import { BadInputError } from '../errors.js';
import { type Address, parseAddress } from './address.js';

/** What Envoy speaks. */
export const protocols = ['ext-proc', 'ext-authz-grpc', 'ext-authz-http'] as const;
export type Protocol = (typeof protocols)[number];

/** The command line. */
export interface Flags {
  readonly protocol: Protocol;
  /** Where Envoy connects. */
  readonly listen: Address;
  /** Where GET /ready and GET /count are answered. */
  readonly admin: Address;
  /** The file with the job's JSON. */
  readonly job: string;
  /** End when the process that started this one ends. */
  readonly dieWithParent: boolean;
}

/** What `--help` says. */
export const usage = `Does one Filterbench job for Envoy's ext_proc or ext_authz filter, on Node.js.

Usage: ext-server-node --protocol PROTOCOL --listen ADDRESS --admin ADDRESS --job FILE

  --protocol PROTOCOL   what Envoy speaks: ${protocols.join(', ')}
  --listen ADDRESS      where clients connect: IP:PORT (port 0: any free one) or unix:/path
  --admin ADDRESS       where GET /ready and GET /count are answered: IP:PORT or unix:/path
  --job FILE            the job's JSON
  --threads 1           threads that serve connections: JavaScript has one
  --die-with-parent     end when the process that started this one ends
  --help                this
`;

const text = { type: 'string' } as const;
const options = {
  protocol: text,
  listen: text,
  admin: text,
  job: text,
  threads: { type: 'string', default: '1' },
  'die-with-parent': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/**
 * Reads the command line; null where only help is asked for.
 * @throws BadInputError naming the flag at fault.
 */
export function parseFlags(words: readonly string[]): Flags | null {
  const values = parse(words);
  if (values.help) return null;
  if (values.threads !== '1') throw refused(`--threads ${values.threads}: JavaScript runs on one thread`);
  return {
    protocol: protocolOf(given('--protocol', values.protocol)),
    listen: addressOf('--listen', values.listen),
    admin: addressOf('--admin', values.admin),
    job: given('--job', values.job),
    dieWithParent: values['die-with-parent'],
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

function given(flag: string, value: string | undefined): string {
  if (value === undefined) throw refused(`${flag} is missing`);
  return value;
}

function protocolOf(value: string): Protocol {
  const protocol = protocols.find((name) => name === value);
  if (protocol) return protocol;
  throw refused(`--protocol ${value}: expected one of ${protocols.join(', ')}`);
}

function addressOf(flag: string, value: string | undefined): Address {
  const address = parseAddress(given(flag, value));
  if (address) return address;
  throw refused(`${flag} ${value}: expected IP:PORT (such as 127.0.0.1:8080) or unix:/absolute/path`);
}

function refused(why: string): BadInputError {
  return new BadInputError(why, 'see --help');
}
