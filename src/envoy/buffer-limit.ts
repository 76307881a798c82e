/** How much of a body Envoy holds, the same in every arm: `base.yaml`, and the filters that have a limit of their own. */
export const bufferLimitBytes = 4_194_304;
