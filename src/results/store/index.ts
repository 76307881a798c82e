export * from './join-run.js';
export * from './mend-lines.js';
export * from './own-folder.js';
export * from './read-compat.js';
export * from './read-run.js';
export * from './read-whole.js';
export * from './record-run.js';
export * from './run-folder.js';
