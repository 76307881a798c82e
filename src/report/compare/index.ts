export { comparisonMarkdown } from './markdown.js';
export { comparisonLines } from './terminal.js';
