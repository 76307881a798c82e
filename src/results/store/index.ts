export * from './join-run.js';
export * from './publish-run.js';
export * from './read-compat.js';
export * from './read-run.js';
export * from './read-whole.js';
export * from './record-run.js';
export * from './run-folder.js';
