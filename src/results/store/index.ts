export * from './read-run.js';
export * from './run-folder.js';
