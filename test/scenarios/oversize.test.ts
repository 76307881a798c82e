import { describe, expect, it } from 'vitest';
import { bufferLimitBytes } from '../../src/envoy/buffer-limit.js';
import { loadScenarios } from '../../src/scenarios/load.js';
import { oversizesOf } from '../../src/scenarios/oversize.js';
import { naiveCards, naiveWords } from '../ext-server-node/naive.js';
import { naiveModel, naiveRewrite } from '../ext-server-node/naive-json.js';

async function oversizes(name: string) {
  const [scenario] = await loadScenarios([name]);
  return { found: oversizesOf(scenario!), job: scenario!.job };
}

describe('bodies above the buffer limit', () => {
  it('are above it, and tell a job that is done from one that is not', async () => {
    for (const name of ['inspect-1k', 'redact-1k', 'json-rewrite-1k']) {
      const { found } = await oversizes(name);
      expect(found.length).toBeGreaterThan(0);
      for (const { sent, wanted } of found) {
        expect(sent.length).toBeGreaterThan(bufferLimitBytes);
        expect(wanted).not.toBe(sent);
      }
    }
    const { found } = await oversizes('model-routing-1k');
    expect(found.map(({ header }) => header)).toEqual([['x-model', 'gpt-large']]);
  });

  it('hold one card number behind the limit, or one at each end', async () => {
    const { found, job } = await oversizes('inspect-1k');
    const [{ sent } = { sent: '' }] = found;
    // The plain search is slow, so it looks where the numbers are and at some of the rest.
    expect(naiveCards(sent.slice(0, 4_000))).toEqual([]);
    expect(naiveCards(sent.slice(-4_000))).toHaveLength(1);
    expect(sent.lastIndexOf('4111111111111111')).toBeGreaterThan(bufferLimitBytes);
    expect(naiveWords(sent.slice(0, 20_000), job.words as string[])).toEqual([]);
    const redact = await oversizes('redact-1k');
    expect(redact.found.map(({ way }) => way)).toEqual(['request', 'response']);
    for (const { sent: both, wanted } of redact.found) {
      expect(both.split('4111111111111111')).toHaveLength(3);
      expect(wanted).toBe(both.replaceAll('4111111111111111', '****************'));
    }
  });

  it('are JSON that the plain way turns into what is wanted', async () => {
    const { found } = await oversizes('json-rewrite-1k');
    const [{ sent, wanted } = { sent: '', wanted: '' }] = found;
    expect(naiveModel(sent)).toBe('gpt-large');
    expect(naiveRewrite(sent, 'model', 'gpt-small') === wanted).toBe(true);
  });

  it('are not sent where a job looks at none', async () => {
    for (const name of ['noop', 'headers', 'access', 'chain-2'])
      expect((await oversizes(name)).found).toEqual([]);
  });
});
