// Where nobody says how wide the terminal is.
const plainWidth = 80;

/** How many columns a table on stdout may take, at most `widest`. */
export function terminalWidth(widest: number): number {
  return Math.min(process.stdout.columns || plainWidth, widest);
}
