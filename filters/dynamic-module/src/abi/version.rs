//! What a module answers when Envoy asks which ABI it was built for.

use std::ffi::CStr;

/// The version string of the chosen generation; 1.36 and 1.37 name theirs by the SHA-256 of a header file.
pub const VERSION: &CStr = if cfg!(feature = "abi-1-36") {
    c"7ee559f16f35086fa7dc9ed380e2efc6b4d89031a001fb504aa71eccd25882f7"
} else if cfg!(feature = "abi-1-37") {
    c"4dae397a7c9ff0238d318d57ea656ce8b3fbff595787dcd7ee2ff5b79c9fe10f"
} else if cfg!(feature = "abi-v0-1") {
    c"v0.1.0"
} else {
    c"v0.2.0"
};
