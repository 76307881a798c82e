export * from './resumed-header.js';
export * from './same-run.js';
export * from './take-up.js';
