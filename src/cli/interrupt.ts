import { ExitCode, InterruptedError } from '../errors.js';

/**
 * A signal that fires at the first Ctrl-C or SIGTERM, so that work ends in order; a second one ends at once (what was
 * started is killed on the way out). Only commands that listen ask for it: any other ends at once, as programs do.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(ExitCode.interrupted);
    controller.abort(new InterruptedError());
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onSignal);
  return controller.signal;
}
