//! Why a server did not start, and the exit code that says so.

use std::fmt;
use std::process::ExitCode;

/// The reason a server gives up, in one line.
#[derive(Debug)]
pub enum Failure {
    /// What it was told makes no sense: exit code 2.
    Input(String),
    /// This machine did not let it: exit code 3.
    System(String),
}

impl Failure {
    /// The machine refused `what` because of `error`.
    pub fn system(what: impl fmt::Display, error: impl fmt::Display) -> Self {
        Self::System(format!("{what}: {error}"))
    }

    fn code(&self) -> u8 {
        match self {
            Self::Input(_) => 2,
            Self::System(_) => 3,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(message) | Self::System(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Failure {}

/// Says on stderr why `program` failed, if it did, and gives the exit code.
pub fn report(program: &str, outcome: Result<(), Failure>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{program}: {failure}");
            ExitCode::from(failure.code())
        }
    }
}
