export * from './logged-runtime.js';
export * from './logged-sink.js';
export * from './run-log.js';
