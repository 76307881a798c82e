export * from './cells.js';
export * from './slice.js';
export * from './totals.js';
