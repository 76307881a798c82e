export { type Chart, type ChartKind, chartKinds, chartsOf } from './charts/index.js';
export { reportHtml } from './html/page.js';
export { reportMarkdown } from './markdown/index.js';
export { colourOf, mechanismOrder } from './palette.js';
export { type DrawnChart, drawCharts } from './render/index.js';
export { generatorLines } from './terminal/generator.js';
export { type TerminalOptions, terminalTable } from './terminal/index.js';
export { latencyLines } from './terminal/latency.js';
export { writeReport } from './write.js';
