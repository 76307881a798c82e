export * from './read-compat.js';
export * from './read-run.js';
export * from './record-run.js';
export * from './run-folder.js';
