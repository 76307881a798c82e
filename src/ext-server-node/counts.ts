/** Running totals, to be held against the requests that the load generator saw served. */
export interface Counts {
  /** Client requests done with: ended ext_proc streams, or checks. */
  requests: number;
  /** Of ext_proc. */
  requestHeaders: number;
  responseHeaders: number;
  requestBodies: number;
  responseBodies: number;
  /** Checks answered for ext_authz. */
  checks: number;
  /** Client requests answered in place of the upstream. */
  denials: number;
  /** This server burns nothing; the names are those of its counterpart in Rust. */
  readonly burnedNs: 0;
  readonly burns: 0;
}

/** Totals of a server that has just begun. */
export function noCounts(): Counts {
  return {
    requests: 0,
    requestHeaders: 0,
    responseHeaders: 0,
    requestBodies: 0,
    responseBodies: 0,
    checks: 0,
    denials: 0,
    burnedNs: 0,
    burns: 0,
  };
}

/** Counts a check, which is the whole of a request to ext_authz. */
export function countCheck(counts: Counts, denied: boolean): void {
  counts.requests += 1;
  counts.checks += 1;
  if (denied) counts.denials += 1;
}
