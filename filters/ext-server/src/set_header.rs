//! A header to set, in protobuf.

use envoy_types::pb::envoy::config::core::v3::header_value_option::HeaderAppendAction;
use envoy_types::pb::envoy::config::core::v3::{HeaderValue, HeaderValueOption};
use filterbench_core::Header;

/// Sets `header` where Envoy reads the text `value`: ext_authz.
pub fn by_value(header: &Header) -> HeaderValueOption {
    set(HeaderValue {
        key: header.name.to_string(),
        value: header.value.to_string(),
        ..HeaderValue::default()
    })
}

/// Sets `header` where Envoy reads `raw_value`: ext_proc.
pub fn by_raw_value(header: &Header) -> HeaderValueOption {
    set(HeaderValue {
        key: header.name.to_string(),
        raw_value: header.value.as_bytes().to_vec(),
        ..HeaderValue::default()
    })
}

fn set(header: HeaderValue) -> HeaderValueOption {
    HeaderValueOption {
        header: Some(header),
        append_action: HeaderAppendAction::OverwriteIfExistsOrAdd.into(),
        ..HeaderValueOption::default()
    }
}
