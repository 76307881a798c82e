export { connectEngine, type Engine, engineAnswers } from './engine.js';
export { defaultImageTemplate, ensureImage, imageName, type LocalImage, localImage } from './image.js';
export { defaultNetwork } from './network.js';
export { removeContainersOfDeadRuns } from './remove.js';
export { type DockerOptions, dockerRuntime } from './runtime.js';
