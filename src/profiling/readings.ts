import { type FrameReader, frameReader } from './frames.js';
import { compiledServerPlace } from './places/compiled-server.js';
import { envoyPlaces, isUnderFilter } from './places/envoy.js';
import { nodePlace } from './places/node.js';
import type { Reading } from './stacks.js';
import { type ProgramNames, programNames } from './symbols/program-names.js';

const never = () => false;

/** How to read samples of an Envoy that has a filter of this mechanism. */
export function readingOfEnvoy(mechanism: string): Reading {
  return { root: 'envoy', placeOf: envoyPlaces(mechanism), isUnderFilter: isUnderFilter(mechanism) };
}

/** How to read samples of an external server, by its program: a script is run by Node.js. */
export function readingOfServer(program: string): Reading {
  const placeOf = /\.[cm]?js$/.test(program) ? nodePlace : compiledServerPlace;
  return { root: 'server', placeOf, isUnderFilter: never };
}

/** Names functions of a stripped Envoy by what stripping leaves; all others are as perf has them. */
export function framesOf(envoyPath: string): FrameReader {
  let names: ProgramNames | null | undefined;
  return frameReader((object) => {
    if (object !== envoyPath) return null;
    if (names === undefined) names = programNames(envoyPath);
    return names;
  });
}
