import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { BadInputError, FilterbenchError, MissingError } from '../../src/errors.js';
import {
  connectEngine,
  ensureImage,
  imageName,
  removeContainersOfDeadRuns,
} from '../../src/runtime/docker/index.js';
import { image, oneShot, openRuntime, requireDocker } from './fixture.js';

beforeAll(requireDocker);
afterEach(() => {
  vi.unstubAllEnvs();
});

async function errorOf(promise: Promise<unknown>): Promise<FilterbenchError> {
  const outcome = await promise.catch((error: unknown) => error);
  if (outcome instanceof FilterbenchError) return outcome;
  throw new Error('expected a FilterbenchError', { cause: outcome });
}

describe('the engine', () => {
  it('answers with its version', async () => {
    const engine = await connectEngine();
    expect(engine.version).toMatch(/^\d+\.\d+/);
  });

  it.each(['unix:///nowhere/docker.sock', 'tcp://127.0.0.1:1'])(
    'is missing at %s, whichever else runs',
    async (host) => {
      vi.stubEnv('DOCKER_HOST', host);
      await using opened = openRuntime();
      const error = await errorOf(opened.runtime.runToEnd(oneShot(['--version'])));
      expect(error).toBeInstanceOf(MissingError);
      expect(error.message).toContain(host);
      expect(error.next).toContain('--runtime native');
      expect(await errorOf(removeContainersOfDeadRuns())).toBeInstanceOf(MissingError);
    },
  );

  it.each(['tcp://192.0.2.1:2375', 'tcp://docker.example:2376', 'ssh://someone@docker.example', 'not a url'])(
    'is refused at %s',
    async (host) => {
      vi.stubEnv('DOCKER_HOST', host);
      await using opened = openRuntime();
      const error = await errorOf(opened.runtime.runToEnd(oneShot(['--version'])));
      expect(error).toBeInstanceOf(BadInputError);
      expect(error.next).toContain('DOCKER_HOST');
    },
  );
});

describe('the image', () => {
  it('is told by its hash, and its Envoy is known', async () => {
    const found = await ensureImage(await connectEngine(), image, new AbortController().signal);
    expect(found.id).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(found.envoy).toMatch(/envoy$/);
  });

  it('is missing where it can not be pulled', async () => {
    // Nothing listens on port 1, so that no registry is asked.
    await using opened = openRuntime({ imageTemplate: '127.0.0.1:1/none:v{version}' });
    const error = await errorOf(opened.runtime.runToEnd(oneShot(['--version'])));
    expect(error).toBeInstanceOf(MissingError);
    expect(error.message).toContain('127.0.0.1:1/none:v1.40.0');
    expect(error.next).toContain('--image-template');
    expect(error.next).toContain('--runtime native');
  });

  it('has any name that Docker allows', () => {
    expect(imageName('envoyproxy/envoy:v{version}', '1.40.0')).toBe('envoyproxy/envoy:v1.40.0');
    const digest = `host.example:5000/a_b/c-d@sha256:${'0'.repeat(64)}`;
    expect(imageName(digest, '1.40.0')).toBe(digest);
  });

  it.each(['Not An Image:{version}', 'envoy:v{verison}', 'local//envoy', '../containers/json', ''])(
    'needs a name that can be one, not "%s"',
    (template) => {
      expect(() => imageName(template, '1.40.0')).toThrow(BadInputError);
    },
  );
});
