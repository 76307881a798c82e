import { beforeAll, describe, expect, it } from 'vitest';
import { BadInputError } from '../../../src/errors.js';
import type { RunAt } from '../../../src/results/compare/index.js';
import { type HistoryOptions, historyOf } from '../../../src/results/history/index.js';
import { historySchema, type LeftOut, type Run } from '../../../src/results/schema/index.js';
import { everything, madeHistory } from './made-history.js';

let runs: RunAt[];
beforeAll(async () => {
  runs = await madeHistory(4, 300, () => ({ variants: ['lua', 'wasm/rust'] }));
});

const told = (options: Partial<HistoryOptions> = {}, all = runs) =>
  historyOf(all, [], { ...everything, ...options });
const at = (place: number, about: Partial<Run>): RunAt[] =>
  runs.map((one, index) => (index === place ? { ...one, run: { ...one.run, ...about } } : one));
const idsOf = (all: readonly { run: string }[]) => all.map(({ run }) => run);
const ids = () => runs.map(({ run }) => run.id);

describe('a line', () => {
  it('has a point a run, in order of time, whatever order they come in', () => {
    const history = told({}, runs.toReversed());
    expect(history.lines.map(({ variant }) => variant)).toEqual(['lua', 'wasm/rust']);
    for (const { points, steps } of history.lines) {
      expect(idsOf(points)).toEqual(ids());
      expect(steps.map(({ from, to }) => [from, to])).toEqual(
        ids()
          .slice(1)
          .map((to, index) => [ids()[index], to]),
      );
    }
    expect(historySchema.parse(history)).toEqual(history);
  });

  it('tells each number as its run did', () => {
    const [{ points }] = told().lines as [ReturnType<typeof told>['lines'][number]];
    const arm = runs[2]!.run.arms.find(({ variant, twinOf }) => variant === 'lua' && twinOf === null)!;
    const { estimate, low, high, restarts } = arm.overhead!.totalCpuUs;
    expect(points[2]).toMatchObject({
      envoy: { version: '1.40.0', build: 'Clean' },
      totalCpuUs: { estimate, low, high },
      restarts,
      throughputRatio: { estimate: arm.overhead!.throughputRatio.estimate },
      floor: { cpuUs: runs[2]!.run.noiseFloor.inProcess!.cpuUs },
    });
    expect(points[2]!.baselineUs).toBeGreaterThan(30);
  });

  it.each<[string, Partial<Run['fingerprint']>]>([
    ['CPU', { cpu: 'another' }],
    ['number of cores', { cores: 8 }],
    ['Node', { node: 'v24' }],
  ])('never joins runs on another %s', (_, about) => {
    const history = told({}, at(2, { fingerprint: { ...runs[2]!.run.fingerprint, ...about } }));
    expect(history.settings).toHaveLength(2);
    const [first, second] = ids().map((_id, place) => history.runs[place]!.setting);
    expect(first).toBe(second);
    for (const { setting, points } of history.lines)
      expect(idsOf(points)).toEqual(setting === 1 ? [ids()[0], ids()[1], ids()[3]] : [ids()[2]]);
  });

  it('never joins placements, profiles or loads either', () => {
    const { fingerprint, plan } = runs[1]!.run;
    const placement = { ...fingerprint.placement, serverSharesEnvoy: false };
    for (const about of [
      { fingerprint: { ...fingerprint, placement } },
      { profile: 'full' as const },
      { plan: { ...plan, connections: 4 } },
    ]) {
      expect(told({}, at(1, about)).settings).toHaveLength(2);
    }
  });

  it('goes over a run that lacks the arm, and compares those beside it', () => {
    const without = runs[1]!.run.arms.filter(({ variant }) => variant !== 'lua');
    const [lua, wasm] = told({}, at(1, { arms: without })).lines;
    expect(idsOf(lua!.points)).toEqual([ids()[0], ids()[2], ids()[3]]);
    expect(lua!.steps[0]).toMatchObject({ from: ids()[0], to: ids()[2] });
    expect(wasm!.points).toHaveLength(4);
  });

  it('of runs that measured several Envoys is one a version', () => {
    const { arms } = runs[3]!.run;
    const older = arms.map((arm) => ({ ...arm, id: `${arm.id}-old`, envoy: '1.39.3' }));
    const { lines } = told({ mechanisms: ['lua'] }, at(3, { arms: [...arms, ...older] }));
    expect(lines.map(({ envoy, points }) => [envoy, points.length])).toEqual([
      ['1.40.0', 1],
      ['1.39.3', 1],
      [null, 3],
    ]);
  });
});

describe('what became another', () => {
  const file = (path: string, letter: string) => ({ path, sha256: letter.repeat(64), shipped: true });

  it('is marked where the bytes of Envoy did', () => {
    const envoys = [{ ...runs[2]!.run.envoys[0]!, sha256: 'f'.repeat(64) }];
    const { steps } = told({}, at(2, { envoys })).lines[0]!;
    expect(steps.map(({ changed }) => changed.map(({ what, to }) => [what, to]))).toEqual([
      [],
      [['Envoy', '1.40.0 (ffffffffffff)']],
      [['Envoy', '1.40.0 (0)']],
    ]);
  });

  it("is marked where the filter's own file did, and not for another's", () => {
    const withFiles = runs.map(({ dir, run }, place) => {
      const artefacts = [
        file('wasm/filterbench.wasm', place < 2 ? 'a' : 'b'),
        file('linux-x64/upstream', String(place)),
      ];
      return { dir, run: { ...run, artefacts } };
    });
    const [lua, wasm] = told({}, withFiles).lines;
    expect(lua!.steps.flatMap(({ changed }) => changed)).toEqual([]);
    expect(wasm!.steps.map(({ changed }) => changed.length)).toEqual([0, 1, 0]);
    expect(wasm!.points[3]!.files.map(({ path }) => path)).toEqual(['wasm/filterbench.wasm']);
  });

  it("of a user's own variant is whatever no shipped one has, by its name alone", () => {
    const own = runs.map(({ dir, run }, place) => ({
      dir,
      run: {
        ...run,
        arms: run.arms.map((arm) => (arm.variant === 'lua' ? { ...arm, variant: 'own/mine' } : arm)),
        artefacts: [file(`/checkout/${place}/mine.wasm`, 'c'), file('wasm/filterbench.wasm', String(place))],
      },
    }));
    const line = told({}, own).lines.find(({ variant }) => variant === 'own/mine')!;
    expect(line.points[0]!.files.map(({ path }) => path)).toEqual(['mine.wasm']);
    expect(line.steps.flatMap(({ changed }) => changed)).toEqual([]);
  });
});

describe('what is chosen', () => {
  it('are scenarios, mechanisms or variants', () => {
    expect(told({ mechanisms: ['wasm'] }).lines.map(({ variant }) => variant)).toEqual(['wasm/rust']);
    expect(told({ mechanisms: ['wasm/rust', 'lua'], scenarios: ['headers'] }).lines).toHaveLength(2);
  });

  it('are runs from a day on, or the newest few; the others are counted', () => {
    expect(told({ since: new Date('2026-03-03') })).toMatchObject({ olderRuns: 2, runs: [{}, {}] });
    const { lines, olderRuns } = told({ last: 1 });
    expect(olderRuns).toBe(3);
    expect(idsOf(lines[0]!.points)).toEqual([ids()[3]]);
  });

  it.each<[Partial<HistoryOptions>, RegExp]>([
    [{ scenarios: ['heders'] }, /--scenarios heders is in none of the runs \(did you mean "headers"\?\)/],
    [{ mechanisms: ['wasm/rst'] }, /--mechanisms wasm\/rst is in none.*"wasm\/rust"/],
    [{ since: new Date('2027-01-01') }, /no run can be shown:\n {2}4 older/],
  ])('%o is refused where nothing has it', (options, message) => {
    expect(() => told(options)).toThrow(BadInputError);
    expect(() => told(options)).toThrow(message);
  });
});

describe('runs that are left out', () => {
  it.each<[LeftOut['kind'], () => Partial<Run>]>([
    ['not-complete', () => ({ status: 'interrupted' })],
    ['not-complete', () => ({ status: 'failed' })],
    ['twice', () => ({ id: ids()[0]! })],
    ['proofs-only', () => ({ plan: { ...runs[1]!.run.plan, proveOnly: true } })],
    ['no-intervals', () => ({ plan: { ...runs[1]!.run.plan, intervals: false } })],
    ['calibration', () => ({ calibration: [] })],
    ['no-overhead', () => ({ arms: runs[1]!.run.arms.filter((arm) => arm.class === 'baseline') })],
  ])('are named: %s', (kind, about) => {
    const { leftOut, runs: shown } = told({}, at(1, about()));
    expect(leftOut).toMatchObject([{ dir: 'results/day-2', kind }]);
    expect(shown).toHaveLength(3);
  });

  it('are named with those that could not be read, and refused where nothing else is there', () => {
    const unread: LeftOut[] = [{ dir: 'results/x', kind: 'damaged', reason: 'not valid JSON' }];
    expect(historyOf(runs, unread, everything).leftOut).toEqual(unread);
    expect(() => historyOf([], unread, everything)).toThrow(
      /no run can be shown:\n {2}results\/x: not valid JSON/,
    );
  });
});
