// Less is the usual jitter of timers.
const heldUpMs = 50;

/**
 * Calls `act` after `ms` in which this process itself was not held up: where it was, what it waits for may have come meanwhile, and is
 * seen first.
 * @returns what calls it off.
 */
export function patientTimer(ms: number, act: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (forMs: number) => {
    const dueMs = performance.now() + forMs;
    timer = setTimeout(() => {
      const lateMs = performance.now() - dueMs;
      if (lateMs > heldUpMs) arm(lateMs);
      else act();
    }, forMs);
  };
  arm(ms);
  return () => clearTimeout(timer);
}
