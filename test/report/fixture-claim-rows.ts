/** The rows of one claim, with what is folded under them. */
export const rowsOf = (page: string, claim: string) =>
  new RegExp(`<tbody id="claim-${claim}"[\\s\\S]*?</details></td></tr></tbody>`).exec(page)?.[0] ?? '';

/** What a reader sees of it, as one line. */
export const plain = (markup: string) =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
