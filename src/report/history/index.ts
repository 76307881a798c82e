export { historyMarkdown } from './markdown.js';
export { historyHtml } from './page.js';
export { historyLines } from './terminal.js';
export { type HistoryFiles, writeHistory } from './write.js';
