import { release } from 'node:os';
import { envoyPlatforms, hostPlatform } from '../../envoy/binary/index.js';
import { type Check, missing, ok } from '../check.js';

/** Whether processes can be measured here. */
export const system: Check = {
  name: 'system',
  neededBy: ['native'],
  async look({ fingerprint }) {
    const platform = hostPlatform();
    if (process.platform !== 'linux') {
      return missing(
        `this is ${process.platform}, and processes are measured by what Linux tells of them`,
        'use --runtime docker, which is what --runtime auto does here',
      );
    }
    if (!envoyPlatforms.some((known) => known === platform)) {
      return missing(
        `no Envoy is published for ${platform}`,
        `use a machine of ${envoyPlatforms.join(' or ')}`,
      );
    }
    const virtual = fingerprint.virtualised === null ? '' : `, virtual (${fingerprint.virtualised})`;
    return ok(`${fingerprint.os} on ${platform}, kernel ${release()}${virtual}`);
  },
};
