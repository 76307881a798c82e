import { inspect } from 'node:util';
import type { LoggerInterface } from 'vega';

/** A logger that hands warnings and errors on instead of writing to the terminal, where a run's progress is. */
export function collectingLogger(collect: (complaint: string) => void): LoggerInterface {
  const told = (...args: readonly unknown[]): LoggerInterface => {
    collect(args.map((arg) => (typeof arg === 'string' ? arg : inspect(arg))).join(' '));
    return logger;
  };
  const silent = (): LoggerInterface => logger;
  const logger = {
    level: () => logger,
    error: told,
    warn: told,
    info: silent,
    debug: silent,
  } as LoggerInterface;
  return logger;
}
