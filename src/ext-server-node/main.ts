import { readFileSync } from 'node:fs';
import { BadInputError, ExitCode, type ExitCodeValue, FilterbenchError } from '../errors.js';
import { type Counts, noCounts } from './counts.js';
import { addChecker } from './ext-authz/grpc.js';
import { httpChecker } from './ext-authz/http.js';
import { addProcessor } from './ext-proc/processor.js';
import { type Flags, parseFlags, usage } from './flags.js';
import { grpcClients, newGrpcServer } from './grpc/server.js';
import { JobError } from './jobs/config.js';
import { type ClientServer, serve } from './serve.js';

/** Serves as the command line says, until it is told to stop, and gives the exit code. */
async function main(words: readonly string[]): Promise<ExitCodeValue> {
  try {
    const flags = parseFlags(words);
    if (!flags) {
      process.stdout.write(usage);
      return ExitCode.done;
    }
    const counts = noCounts();
    await serve(flags, clientServer(flags, counts), counts);
    return ExitCode.done;
  } catch (error) {
    if (!(error instanceof FilterbenchError)) throw error;
    process.stderr.write(`ext-server-node: ${error.message}; ${error.next}\n`);
    return error.exitCode;
  }
}

function clientServer({ protocol, job }: Flags, counts: Counts): ClientServer {
  const jobText = readJob(job);
  try {
    if (protocol === 'ext-authz-http') return httpChecker(jobText, counts);
    const server = newGrpcServer();
    if (protocol === 'ext-proc') addProcessor(server, jobText, counts);
    else addChecker(server, jobText, counts);
    return grpcClients(server);
  } catch (error) {
    if (!(error instanceof JobError)) throw error;
    throw new BadInputError(`--job ${job}: ${error.message}`, 'mend the file', error);
  }
}

function readJob(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInputError(`--job ${path}: ${why}`, 'check the path and its permissions', error);
  }
}

// What is still open would keep the process alive.
process.exit(await main(process.argv.slice(2)));
