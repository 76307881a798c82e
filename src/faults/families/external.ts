import { olderThan } from '../../envoy/version.js';
import { extAuthz } from '../../mechanisms/ext-authz.js';
import { extProc } from '../../mechanisms/ext-proc.js';
import { prebuilt } from '../../mechanisms/prebuilt.js';
import { supported } from '../../mechanisms/types.js';
import type { Fault, Strike } from '../fault.js';
import { type FaultName, faultTitles, slowMs } from '../titles.js';

type Server = Extract<Strike, { kind: 'server' }>;
type Outage = Pick<Server, 'path' | 'strike' | 'lift'> & { readonly name: FaultName };

const outages: readonly Outage[] = [
  {
    name: 'killed',
    path: 'direct',
    strike: (server) => server.kill(),
    lift: (server) => server.restart(),
  },
  {
    name: 'hung',
    path: 'direct',
    strike: (server) => server.pause(),
    lift: (server) => server.resume(),
  },
  bent('slow', { kind: 'late', ms: slowMs }),
  bent('garbage', { kind: 'garbage' }),
  bent('closed', { kind: 'closed' }),
];

/** Servers outside that go wrong, with Envoy told to refuse requests then, and to let them pass. */
export const externalFaults: readonly Fault[] = (['ext-authz', 'ext-proc'] as const).flatMap((mechanism) =>
  outages.flatMap((outage) => [false, true].map((allow) => externalFault(mechanism, outage, allow))),
);

function bent(name: FaultName, bend: Parameters<Parameters<Server['strike']>[0]['bend']>[0]): Outage {
  return {
    name,
    path: 'relay',
    strike: async (server) => server.bend(bend),
    lift: async (server) => server.bend(null),
  };
}

function externalFault(mechanism: 'ext-authz' | 'ext-proc', outage: Outage, allow: boolean): Fault {
  const { name, ...strike } = outage;
  const isAuthz = mechanism === 'ext-authz';
  return {
    mechanism,
    variant: isAuthz ? 'ext-authz/rust-grpc' : 'ext-proc/rust',
    name,
    policy: `failure_mode_allow: ${allow}`,
    title: faultTitles[name],
    takesMiB: 0,
    extensions: (isAuthz ? extAuthz : extProc).variants[0]?.extensions ?? [],
    strike: { kind: 'server', protocol: isAuthz ? 'ext-authz-grpc' : 'ext-proc', ...strike },
    support: () => supported,
    reads: () => [prebuilt.extServer],
    variables: (version) => ({
      allow,
      // 1.36 skips ext_proc on direct responses.
      ...(olderThan(version, '1.37.0') && {
        runtime_flags: { 'envoy.reloadable_features.skip_ext_proc_on_local_reply': false },
      }),
    }),
    env: () => ({}),
  };
}
