//! The JSON text a job is configured by.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use crate::calibration::{Calibration, Means};
use crate::jwt::KeyConfig;

/// Why a configuration was refused; the text names the job or field at fault.
#[derive(Debug)]
pub enum ConfigError {
    /// Not JSON, or not of the shape its job asks for.
    Malformed(serde_json::Error),
    /// A header name that HTTP does not allow, or not in lower case.
    HeaderName(Box<str>),
    /// A header value (or client name, which becomes one) with control characters or none at all.
    HeaderValue {
        /// The header, or the field holding the value.
        of: Box<str>,
    },
    /// A list of words that can't be searched for.
    Words(String),
    /// Not exactly one kind of work to calibrate with.
    OneCalibration,
    /// An amount of work that is none, or too much.
    Amount {
        /// The field holding it.
        of: &'static str,
    },
    /// Work that the shell at hand cannot do.
    NoMeans(Means),
    /// A public key that is none.
    Key {
        /// Its `kid`.
        kid: Box<str>,
    },
    /// No public key at all.
    NoKeys,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => write!(f, "job configuration: {error}"),
            Self::HeaderName(name) => write!(
                f,
                "job configuration: {name:?} is not a lower-case HTTP header name"
            ),
            Self::HeaderValue { of } => write!(
                f,
                "job configuration: the value of {of:?} must be visible text"
            ),
            Self::Words(why) => write!(f, "job configuration: `words`: {why}"),
            Self::OneCalibration => f.write_str(
                "job configuration: `calibrate` takes exactly one of `cpuNs`, `sleepNs` and `loops`; `helperNs` goes with `cpuNs`",
            ),
            Self::Amount { of } => write!(
                f,
                "job configuration: the value of {of:?} must be a whole number from 0 to {MOST_WORK}"
            ),
            Self::Key { kid } => write!(
                f,
                "job configuration: `keys`: {kid:?} is no public key of its kind (RSA of 2,048 to 4,096 bits, or a point on P-256)"
            ),
            Self::NoKeys => f.write_str("job configuration: `keys` is empty"),
            Self::NoMeans(means) => f.write_str(match means {
                Means::Loops => "job configuration: `loops` cannot be done here",
                Means::CpuClock => {
                    "job configuration: `cpuNs` cannot be done here, as there is no CPU clock of the thread; use `loops`"
                }
                Means::Helper => {
                    "job configuration: `helperNs` cannot be done here; only the dynamic module asks a helper"
                }
                Means::Sleep => {
                    "job configuration: `sleepNs` cannot be done here, as it would stop the whole thread; \
                     only an external server can sleep"
                }
            }),
        }
    }
}

impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Malformed(error) => Some(error),
            Self::HeaderName(_)
            | Self::HeaderValue { .. }
            | Self::Words(_)
            | Self::OneCalibration
            | Self::Amount { .. }
            | Self::NoMeans(_)
            | Self::Key { .. }
            | Self::NoKeys => None,
        }
    }
}

// Sorted maps, so that headers are set in one order whatever build reads them.
pub(crate) type HeaderMap = BTreeMap<Box<str>, Box<str>>;

#[derive(Deserialize)]
#[serde(tag = "job", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum JobConfig {
    Noop {},
    Headers {
        #[serde(default)]
        request: HeaderMap,
        #[serde(default)]
        response: HeaderMap,
    },
    Access {
        keys: HashMap<Box<str>, Box<str>>,
    },
    Lookup {
        header: Box<str>,
        set: Box<str>,
        table: HashMap<Box<str>, Box<str>>,
    },
    Jwt {
        issuer: Box<str>,
        audience: Box<str>,
        keys: Vec<KeyConfig>,
    },
    ModelRouting {},
    Inspect {
        words: Vec<Box<str>>,
    },
    Redact {
        words: Vec<Box<str>>,
    },
    JsonRewrite {
        field: Box<str>,
        value: Box<str>,
    },
    Calibrate(CalibrationConfig),
}

/// Amounts are read as any JSON and checked by hand, so that a refusal names the field.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CalibrationConfig {
    cpu_ns: Option<Value>,
    helper_ns: Option<Value>,
    sleep_ns: Option<Value>,
    loops: Option<Value>,
}

/// A second, or some seconds of loops: more would only hang Envoy.
const MOST_WORK: u64 = 1_000_000_000;

impl CalibrationConfig {
    pub(crate) fn calibration(&self) -> Result<Calibration, ConfigError> {
        match (&self.cpu_ns, &self.helper_ns, &self.sleep_ns, &self.loops) {
            (Some(cpu), None, None, None) => amount("cpuNs", cpu).map(Calibration::CpuNs),
            (Some(cpu), Some(helper), None, None) => Ok(Calibration::SharedCpu {
                own_ns: amount("cpuNs", cpu)?,
                helper_ns: amount("helperNs", helper)?,
            }),
            (None, None, Some(sleep), None) => amount("sleepNs", sleep).map(Calibration::SleepNs),
            (None, None, None, Some(loops)) => amount("loops", loops).map(Calibration::Loops),
            _ => Err(ConfigError::OneCalibration),
        }
    }
}

fn amount(of: &'static str, value: &Value) -> Result<u64, ConfigError> {
    let amount = value.as_u64().filter(|&amount| amount <= MOST_WORK);
    amount.ok_or(ConfigError::Amount { of })
}

impl JobConfig {
    pub(crate) fn from_json(json: &[u8]) -> Result<Self, ConfigError> {
        let config: Self = serde_json::from_slice(json).map_err(ConfigError::Malformed)?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        match self {
            // Words, keys and the amount of a calibration are checked as they are read; in JSON any text will do.
            Self::Noop {}
            | Self::Jwt { .. }
            | Self::ModelRouting {}
            | Self::Inspect { .. }
            | Self::Redact { .. }
            | Self::JsonRewrite { .. }
            | Self::Calibrate(_) => Ok(()),
            Self::Headers { request, response } => {
                for (name, value) in request.iter().chain(response) {
                    check_name(name)?;
                    check_value(name, value)?;
                }
                Ok(())
            }
            Self::Access { keys } => keys.values().try_for_each(|name| check_value("keys", name)),
            Self::Lookup { header, set, table } => {
                check_name(header)?;
                check_name(set)?;
                table
                    .values()
                    .try_for_each(|value| check_value("table", value))
            }
        }
    }
}

fn check_name(name: &str) -> Result<(), ConfigError> {
    let is_token = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"!#$%&'*+-.^_`|~".contains(&byte)
    };
    if !name.is_empty() && name.bytes().all(is_token) {
        Ok(())
    } else {
        Err(ConfigError::HeaderName(name.into()))
    }
}

fn check_value(of: &str, value: &str) -> Result<(), ConfigError> {
    match is_header_value(value) {
        true => Ok(()),
        false => Err(ConfigError::HeaderValue { of: of.into() }),
    }
}

/// Visible ASCII text. An empty value reads as "remove" to some mechanisms, so no job may set one.
pub(crate) fn is_header_value(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}
