import { type LoggerInterface, parse, type Spec, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { ChartSpec } from '../spec/index.js';
import { measureWithSlack } from './text-width.js';
import { showTip } from './tooltip.js';

measureWithSlack();

/** Vega tells of errors in its log and goes on, with half a chart. */
function errorLog(): { readonly errors: unknown[]; readonly logger: LoggerInterface } {
  const errors: unknown[] = [];
  const silent = () => logger;
  const logger = {
    level: silent,
    error: (...args: readonly unknown[]) => {
      errors.push(...args);
      return logger;
    },
    warn: silent,
    info: silent,
    debug: silent,
  } as LoggerInterface;
  return { errors, logger };
}

const refusal = () => Promise.reject(new Error('a report loads nothing'));
const loader = { load: refusal, sanitize: refusal, http: refusal, file: refusal, options: {} };

/**
 * Draws a chart into an element, by Vega without `eval`.
 * @throws what Vega threw or told of in its log
 */
export async function draw(spec: ChartSpec, container: HTMLElement): Promise<View> {
  const { errors, logger } = errorLog();
  const { spec: compiled } = compile(spec as TopLevelSpec, { logger });
  const view = new View(parse(compiled as Spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'svg',
    container,
    hover: false,
    loader,
    logger,
    tooltip: showTip,
  });
  try {
    await view.runAsync();
    if (errors.length > 0) throw errors[0];
    return view;
  } catch (error) {
    view.finalize();
    throw error;
  }
}
