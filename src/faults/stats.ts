// What a mechanism counts of its own, and what says that requests or workers suffer.
const telling =
  /(?:^|\.)(?:wasm|lua|ext_proc|ext_authz|dynamic_module)|watchdog|\.downstream_rq_[2345]xx$|ext_server\.upstream_(?:cx_(?:total|connect_fail|protocol_error|destroy_remote)|rq_(?:total|timeout|pending_failure_eject|tx_reset|rx_reset))$/;

/** How much each telling counter or gauge changed; those that did not are left away. */
export function changedStats(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Record<string, number> {
  const changes = [...after].flatMap(([name, value]): [string, number][] => {
    const change = value - (before.get(name) ?? 0);
    return telling.test(name) && change !== 0 ? [[name, change]] : [];
  });
  return Object.fromEntries(changes.sort(([a], [b]) => (a < b ? -1 : 1)));
}
