/** The HTTP status that an engine refused with; null where the error is of another kind. */
export function engineStatus(error: unknown): number | null {
  const hasStatus = error instanceof Error && 'statusCode' in error;
  return hasStatus && typeof error.statusCode === 'number' ? error.statusCode : null;
}

/** What an engine said, in one line. */
export function engineMessage(error: unknown): string {
  const said = error instanceof Error && 'json' in error ? error.json : null;
  if (typeof said === 'object' && said !== null && 'message' in said) return oneLine(String(said.message));
  return oneLine(error instanceof Error ? error.message : String(error));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Swallows an engine's refusals with these statuses, such as 404 for what is gone already; throws all others. */
export async function tolerating(statuses: readonly number[], call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    const status = engineStatus(error);
    if (status === null || !statuses.includes(status)) throw error;
  }
}
