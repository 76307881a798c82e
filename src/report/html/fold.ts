import { html, type Markup } from './markup.js';

/** What is there for those who ask: shut, under one line that says what it is. */
export function folded(summary: string | Markup, body: Markup | readonly Markup[]): Markup {
  return html`<details><summary>${summary}</summary>
${body}
</details>
`;
}
