//! A configured job, ready for requests.

use crate::access::{self, AccessTable, API_KEY_HEADER, CLIENT_ID_HEADER};
use crate::action::{Denial, Header, RequestAction};
use crate::body::{BodyAction, BodyNeed};
use crate::calibration::{Calibration, Means, BURNED_HEADER};
use crate::clock::{system_seconds, Clock};
use crate::config::{ConfigError, HeaderMap, JobConfig};
use crate::inspect::Inspect;
use crate::json_rewrite::JsonRewrite;
use crate::jwt::{self, Jwt, AUTHORIZATION_HEADER};
use crate::model_routing;
use crate::redact::Redact;
use crate::redactor::Redactor;

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
    Jwt(Jwt),
    ModelRouting,
    Inspect(Inspect),
    Redact(Redact),
    JsonRewrite(JsonRewrite),
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
            JobConfig::Access { keys } => {
                Kind::Access(AccessTable::new(API_KEY_HEADER, CLIENT_ID_HEADER, keys))
            }
            JobConfig::Lookup { header, set, table } => {
                Kind::Access(AccessTable::new(&header, &set, table))
            }
            JobConfig::Jwt {
                issuer,
                audience,
                keys,
            } => Kind::Jwt(Jwt::new(issuer, audience, &keys, system_seconds)?),
            JobConfig::ModelRouting {} => Kind::ModelRouting,
            JobConfig::Inspect { words } => Kind::Inspect(Inspect::new(&words)?),
            JobConfig::Redact { words } => Kind::Redact(Redact::new(&words)?),
            JobConfig::JsonRewrite { field, value } => {
                Kind::JsonRewrite(JsonRewrite::new(field, &value))
            }
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

    /// The same job by another clock than the operating system's; a shell without one must call this.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        if let Kind::Jwt(jwt) = &mut self.0 {
            jwt.clock = clock;
        }
        self
    }

    /// The work of every request, if that is the job.
    pub fn calibration(&self) -> Option<Calibration> {
        match &self.0 {
            Kind::Calibrate(calibration) => Some(*calibration),
            _ => None,
        }
    }

    /// Whether the job must be called with the request's headers.
    #[inline]
    pub fn request_headers(&self) -> bool {
        match &self.0 {
            Kind::Noop | Kind::Access(_) | Kind::Jwt(_) | Kind::Calibrate(_) => true,
            Kind::Headers { request, .. } => !request.is_empty(),
            Kind::ModelRouting | Kind::Inspect(_) | Kind::Redact(_) | Kind::JsonRewrite(_) => false,
        }
    }

    /// Whether the job must be called with the response's headers.
    #[inline]
    pub fn response_headers(&self) -> bool {
        match &self.0 {
            Kind::Noop => true,
            Kind::Headers { response, .. } => !response.is_empty(),
            _ => false,
        }
    }

    /// The one request header whose value [`Job::on_request_headers`] wants, if any.
    #[inline]
    pub fn lookup_header(&self) -> Option<&str> {
        match &self.0 {
            Kind::Access(table) => Some(table.key_header()),
            Kind::Jwt(_) => Some(AUTHORIZATION_HEADER),
            // Only burning adds to what that header asks for.
            Kind::Calibrate(Calibration::CpuNs(_) | Calibration::SharedCpu { .. }) => {
                Some(BURNED_HEADER)
            }
            _ => None,
        }
    }

    /// Decides about a request by its headers; `lookup` is the value of [`Job::lookup_header`].
    #[inline]
    pub fn on_request_headers(&self, lookup: Option<&[u8]>) -> RequestAction<'_> {
        match &self.0 {
            Kind::Headers { request, .. } if request.is_empty() => RequestAction::Continue,
            Kind::Headers { request, .. } => RequestAction::Set(request),
            Kind::Access(table) => table.decide(lookup),
            Kind::Jwt(jwt) => jwt.decide(lookup),
            Kind::Calibrate(calibration) => RequestAction::Calibrate(*calibration),
            // All others do nothing, or wait for the body.
            _ => RequestAction::Continue,
        }
    }

    /// Every denial that [`Job::on_request_headers`] may ask for, so that a shell can word them ahead.
    pub fn denials(&self) -> &'static [&'static Denial] {
        match &self.0 {
            Kind::Access(_) => &access::DENIALS,
            Kind::Jwt(_) => &jwt::DENIALS,
            _ => &[],
        }
    }

    /// The headers to set on every response; empty if there is nothing to do.
    #[inline]
    pub fn on_response_headers(&self) -> &[Header] {
        match &self.0 {
            Kind::Headers { response, .. } => response,
            _ => &[],
        }
    }

    /// What the job must see of a request's body; with [`BodyNeed::Whole`], [`Job::on_request_body`] must be called on
    /// every request, with no parts where there is no body.
    #[inline]
    pub fn request_body(&self) -> BodyNeed {
        match &self.0 {
            Kind::ModelRouting | Kind::Inspect(_) | Kind::Redact(_) | Kind::JsonRewrite(_) => {
                BodyNeed::Whole
            }
            _ => BodyNeed::Nothing,
        }
    }

    /// What the job must see of a response's body, as for [`Job::request_body`].
    #[inline]
    pub fn response_body(&self) -> BodyNeed {
        match &self.0 {
            Kind::Redact(_) => BodyNeed::Whole,
            _ => BodyNeed::Nothing,
        }
    }

    /// Decides about a request by its body; `parts` in order make it up, so that none need be copied together.
    pub fn on_request_body(&self, parts: &[&[u8]]) -> BodyAction<'_> {
        match &self.0 {
            Kind::ModelRouting => model_routing::route(parts),
            Kind::Inspect(inspect) => inspect.decide(parts),
            Kind::Redact(redact) => redact.on_body(parts),
            Kind::JsonRewrite(rewrite) => rewrite.on_body(parts),
            _ => BodyAction::Continue,
        }
    }

    /// Decides about a response by its body: [`BodyAction::Continue`] or [`BodyAction::Replace`].
    pub fn on_response_body(&self, parts: &[&[u8]]) -> BodyAction<'_> {
        match &self.0 {
            Kind::Redact(redact) => redact.on_body(parts),
            _ => BodyAction::Continue,
        }
    }

    /// Does `redact` in the bytes of a body themselves, for a shell that can write to them; whether any were changed.
    /// None where that is not the job.
    pub fn redact_in_place(&self, parts: &mut [&mut [u8]]) -> Option<bool> {
        match &self.0 {
            Kind::Redact(redact) => Some(redact.mask(parts)),
            _ => None,
        }
    }

    /// Does `redact` chunk by chunk, for a shell that streams; one for each body. None where that is not the job.
    pub fn redactor(&self) -> Option<Redactor<'_>> {
        match &self.0 {
            Kind::Redact(redact) => Some(redact.redactor()),
            _ => None,
        }
    }
}

fn headers(map: HeaderMap) -> Box<[Header]> {
    map.into_iter()
        .map(|(name, value)| Header { name, value })
        .collect()
}
