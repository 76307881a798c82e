//! The command line.

use std::path::PathBuf;

use filterbench_service::ServiceFlags;

/// Does one Filterbench job for Envoy's ext_proc or ext_authz filter.
#[derive(Debug, clap::Parser)]
#[command(name = "ext-server")]
pub struct Flags {
    /// What Envoy speaks
    #[arg(long, value_enum)]
    pub protocol: Protocol,

    #[command(flatten)]
    pub service: ServiceFlags,

    /// The job's JSON
    #[arg(long, value_name = "FILE")]
    pub job: PathBuf,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum Protocol {
    /// envoy.service.ext_proc.v3.ExternalProcessor
    #[value(name = "ext-proc")]
    Processing,
    /// ext_proc's http_service
    #[value(name = "ext-proc-http")]
    ProcessingHttp,
    /// envoy.service.auth.v3.Authorization
    #[value(name = "ext-authz-grpc")]
    AuthzGrpc,
    /// ext_authz's http_service
    #[value(name = "ext-authz-http")]
    AuthzHttp,
    /// the other half of a calibration's burns
    #[value(name = "helper")]
    Helper,
}
