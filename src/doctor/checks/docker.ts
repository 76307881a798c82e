import { exactVersion } from '../../envoy/binary/index.js';
import { type Check, ok, warn } from '../check.js';

/** Whether a Docker engine of this machine answers, and has the image. */
export const docker: Check = {
  name: 'docker',
  neededBy: ['docker'],
  async look({ envoy, imageTemplate, signal }) {
    // Loading the container library takes half a second, in which the other checks go on.
    const { connectEngine, engineAnswers, imageName, localImage } = await import(
      '../../runtime/docker/index.js'
    );
    await engineAnswers(signal);
    const engine = await connectEngine();
    const found = `engine ${engine.version} at ${engine.dockerHost}`;
    const version = exactVersion(envoy);
    if (version === undefined) return ok(`${found}; --envoy names a path, which containers do not take`);
    const image = imageName(imageTemplate, version);
    if ((await localImage(engine, image)) !== null) return ok(`${found} has ${image}`);
    return warn(
      `${found} has no ${image}: --runtime docker pulls it`,
      `"docker pull ${image}" pulls it now; --image-template names another`,
    );
  },
};
