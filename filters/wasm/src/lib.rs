//! The jobs of `filterbench-core` as a Proxy-Wasm module: the plugin's configuration is the job's JSON.

mod body;
mod plugin;
mod request;

use proxy_wasm::types::LogLevel;

proxy_wasm::main! {{
    proxy_wasm::set_log_level(LogLevel::Warn);
    proxy_wasm::set_root_context(|_| Box::new(plugin::Plugin::default()));
}}
