export { compatHeatMap } from './heat-map.js';
export { compatTable } from './table.js';
export { writeCompat } from './write.js';
