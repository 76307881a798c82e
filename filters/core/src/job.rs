//! A configured job, ready for requests.

use crate::access::{AccessTable, API_KEY_HEADER};
use crate::action::{Header, RequestAction};
use crate::calibration::{Calibration, Means, BURNED_HEADER};
use crate::config::{ConfigError, HeaderMap, JobConfig};

/// One of the jobs Filterbench measures, parsed and ready to be asked per request.
#[derive(Debug)]
pub struct Job(Kind);

#[derive(Debug)]
enum Kind {
    Noop,
    Headers {
        request: Box<[Header]>,
        response: Box<[Header]>,
    },
    Access(AccessTable),
    Calibrate(Calibration),
}

impl Job {
    /// Parses a job from its JSON text.
    ///
    /// # Errors
    /// An unknown job, an unknown or missing field, or a header HTTP does not allow; the error names it.
    pub fn from_json(json: &[u8]) -> Result<Self, ConfigError> {
        let kind = match JobConfig::from_json(json)? {
            JobConfig::Noop {} => Kind::Noop,
            JobConfig::Headers { request, response } => Kind::Headers {
                request: headers(request),
                response: headers(response),
            },
            JobConfig::Access { keys } => Kind::Access(AccessTable::new(keys)),
            JobConfig::Calibrate(config) => Kind::Calibrate(config.calibration()?),
        };
        Ok(Self(kind))
    }

    /// Makes sure that a shell with these `means` can do the job.
    ///
    /// # Errors
    /// It cannot; the error names the field that asks for more.
    pub fn require(self, means: Means) -> Result<Self, ConfigError> {
        match self.calibration().map(Calibration::needs) {
            // A server burns beside Envoy as it is, so it has no use for a helper.
            Some(Means::Helper) if means != Means::Helper => {
                Err(ConfigError::NoMeans(Means::Helper))
            }
            Some(needed) if needed > means => Err(ConfigError::NoMeans(needed)),
            _ => Ok(self),
        }
    }

    /// The work of every request, if that is the job.
    pub fn calibration(&self) -> Option<Calibration> {
        match &self.0 {
            Kind::Calibrate(calibration) => Some(*calibration),
            Kind::Noop | Kind::Headers { .. } | Kind::Access(_) => None,
        }
    }

    /// Whether the job must be called with the request's headers.
    #[inline]
    pub fn request_headers(&self) -> bool {
        match &self.0 {
            Kind::Noop | Kind::Access(_) | Kind::Calibrate(_) => true,
            Kind::Headers { request, .. } => !request.is_empty(),
        }
    }

    /// Whether the job must be called with the response's headers.
    #[inline]
    pub fn response_headers(&self) -> bool {
        match &self.0 {
            Kind::Noop => true,
            Kind::Headers { response, .. } => !response.is_empty(),
            Kind::Access(_) | Kind::Calibrate(_) => false,
        }
    }

    /// The one request header whose value [`Job::on_request_headers`] wants, if any.
    #[inline]
    pub fn lookup_header(&self) -> Option<&'static str> {
        match &self.0 {
            Kind::Access(_) => Some(API_KEY_HEADER),
            // Only burning adds to what that header asks for.
            Kind::Calibrate(Calibration::CpuNs(_) | Calibration::SharedCpu { .. }) => {
                Some(BURNED_HEADER)
            }
            Kind::Noop | Kind::Headers { .. } | Kind::Calibrate(_) => None,
        }
    }

    /// Decides about a request by its headers; `lookup` is the value of [`Job::lookup_header`].
    #[inline]
    pub fn on_request_headers(&self, lookup: Option<&[u8]>) -> RequestAction<'_> {
        match &self.0 {
            Kind::Noop => RequestAction::Continue,
            Kind::Headers { request, .. } if request.is_empty() => RequestAction::Continue,
            Kind::Headers { request, .. } => RequestAction::Set(request),
            Kind::Access(table) => table.decide(lookup),
            Kind::Calibrate(calibration) => RequestAction::Calibrate(*calibration),
        }
    }

    /// The headers to set on every response; empty if there is nothing to do.
    #[inline]
    pub fn on_response_headers(&self) -> &[Header] {
        match &self.0 {
            Kind::Noop | Kind::Access(_) | Kind::Calibrate(_) => &[],
            Kind::Headers { response, .. } => response,
        }
    }
}

fn headers(map: HeaderMap) -> Box<[Header]> {
    map.into_iter()
        .map(|(name, value)| Header { name, value })
        .collect()
}
