//! The HTTP/2 connections Envoy opens for gRPC.

use std::convert::Infallible;
use std::future::Future;

use filterbench_service::Stream;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http2::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::graceful::GracefulConnection;
use tonic::body::Body;
use tonic::Status;

/// Room for bodies, so that a window never holds Envoy back.
const WINDOW_BYTES: u32 = 1 << 20;

/// Envoy resets the streams of clients that leave; that is no attack.
const RESETS: usize = 4096;

/// A gRPC connection whose calls are answered by `answer`.
pub fn connection<F, R>(
    stream: TokioIo<Stream>,
    answer: F,
) -> impl GracefulConnection<Error = hyper::Error> + Send + 'static
where
    F: Fn(Request<Incoming>) -> R + Send + 'static,
    R: Future<Output = Response<Body>> + Send + 'static,
{
    let service = service_fn(move |request| {
        let response = answer(request);
        async move { Ok::<_, Infallible>(response.await) }
    });
    Builder::new(TokioExecutor::new())
        .auto_date_header(false)
        .initial_stream_window_size(WINDOW_BYTES)
        .initial_connection_window_size(WINDOW_BYTES)
        .max_concurrent_streams(None)
        .max_pending_accept_reset_streams(RESETS)
        .serve_connection(stream, service)
}

/// The answer to a call of something else than the one method served.
pub fn unimplemented(path: &str) -> Response<Body> {
    Status::unimplemented(format!("{path} is not served here; see --protocol")).into_http()
}
