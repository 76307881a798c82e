/** Hides the lines of tables that are about hidden mechanisms. */
export function showRows(hidden: ReadonlySet<string>): void {
  for (const row of document.querySelectorAll<HTMLElement>('tr[data-mechanism]'))
    row.hidden = hidden.has(row.dataset.mechanism ?? '');
}
