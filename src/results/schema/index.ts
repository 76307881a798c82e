export * from './estimate.js';
export * from './evidence.js';
export * from './run.js';
export * from './sample.js';
