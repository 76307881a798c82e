import type { Scenarios } from './measured/places.js';

/** What a claim is judged by, as work for one of our commands. */
export type Need =
  | {
      readonly command: 'bench';
      readonly scenarios: Scenarios;
      readonly variants: readonly string[];
      /** Of an open loop; null where the profile's will do. */
      readonly rateRps: number | null;
    }
  | { readonly command: 'compat' | 'faults' | 'probes' | 'effort'; readonly words: readonly string[] };

type Bench = Extract<Need, { command: 'bench' }>;

/** Subjects of a matrix, as words of `filterbench compat`: `wasm/*` is everything that has `wasm` in its name. */
export function compatNeed(subjects: readonly string[]): Need {
  return { command: 'compat', words: subjects.map((subject) => subject.replace(/\/?\*.*$/, '')) };
}

export function benchNeed(
  scenarios: Scenarios,
  variants: readonly string[],
  rateRps: number | null = null,
): Need {
  return { command: 'bench', scenarios, variants: [...new Set(variants)], rateRps };
}

/** The arguments of the command that meets a need, but for where it writes. */
export function argumentsOf(need: Need): string[] {
  if (need.command !== 'bench') return [need.command, ...need.words];
  const { scenarios, variants, rateRps } = need;
  return [
    'bench',
    ...(scenarios === 'all'
      ? ['--profile', 'full']
      : ['--profile', 'quick', '--scenarios', scenarios.join(',')]),
    ...['--mechanisms', variants.join(',')],
    ...(rateRps === null ? [] : ['--rate', String(rateRps)]),
  ];
}

/** A need as a user would type it. */
export function commandText(need: Need): string {
  return `filterbench ${argumentsOf(need).join(' ')} --out RUN`;
}

/** The same needs by as few commands as will do: what is compared must be measured in one run. */
export function mergeNeeds(needs: readonly Need[]): Need[] {
  const benches = needs.filter((need): need is Bench => need.command === 'bench');
  const others = (['compat', 'faults', 'probes'] as const).flatMap((command): Need[] => {
    const words = needs.flatMap((need) => (need.command === command ? need.words : []));
    return words.length === 0 ? [] : [{ command, words: [...new Set(words)] }];
  });
  return [...others, ...mergeBenches(benches)];
}

/** The same with what each variant takes to develop: no claim is judged by it, but a report of everything shows it. */
export function withEffort(needs: readonly Need[]): Need[] {
  const isBench = ({ command }: Need) => command === 'bench';
  const effort: Need = { command: 'effort', words: [] };
  return [...needs.filter((need) => !isBench(need)), effort, ...needs.filter(isBench)];
}

function mergeBenches(benches: readonly Bench[]): Need[] {
  if (benches.length === 0) return [];
  const all = benches.some(({ scenarios }) => scenarios === 'all');
  const named = [...new Set(benches.flatMap(({ scenarios }) => (scenarios === 'all' ? [] : scenarios)))];
  const rates = benches.flatMap(({ rateRps }) => rateRps ?? []);
  return [
    {
      command: 'bench',
      scenarios: all ? 'all' : named,
      variants: [...new Set(benches.flatMap(({ variants }) => variants))],
      rateRps: rates.length === 0 ? null : Math.max(...rates),
    },
  ];
}

// With less it would measure next to nothing, and all that was gathered before it would have been for nothing.
const leastBenchSeconds = 60;

/** What `bench` may take of a budget for everything, as its flag: what the commands before it left. */
export function benchBudget(totalSeconds: number, spentSeconds: number): string {
  return `${Math.max(leastBenchSeconds, Math.floor(totalSeconds - spentSeconds))}s`;
}
