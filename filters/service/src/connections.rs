//! Accepting connections until told to stop, then letting them go.

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::HttpService;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};

use crate::listener::{Listener, Stream};

/// How long requests under way may take to finish once the server is told to stop.
const GRACE: Duration = Duration::from_millis(300);

/// A pause before accepting again, so that a lack of descriptors does not become a busy loop.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

/// An HTTP/1.1 keep-alive connection served by `service`.
pub fn http1_connection<S>(
    stream: TokioIo<Stream>,
    service: S,
) -> http1::Connection<TokioIo<Stream>, S>
where
    S: HttpService<Incoming, ResBody = Full<Bytes>, Error = Infallible>,
{
    // Envoy writes a `date` of its own; ours would only be work, and leak where a mechanism passes headers on.
    http1::Builder::new()
        .auto_date_header(false)
        .serve_connection(stream, service)
}

/// Serves connections until `stop` completes; then requests under way have a moment to finish.
pub(crate) async fn serve<C>(
    listener: Listener,
    stop: impl Future<Output = ()>,
    connect: impl Fn(TokioIo<Stream>) -> C,
) where
    C: GracefulConnection + Send + 'static,
    C::Output: Send,
{
    let connections = GracefulShutdown::new();
    accept(listener, stop, |stream| {
        tokio::spawn(connections.watch(connect(TokioIo::new(stream))));
    })
    .await;
    // What is still open after that is cut off as the runtime ends.
    let _ = tokio::time::timeout(GRACE, connections.shutdown()).await;
}

/// Hands each connection over until `stop` completes.
pub(crate) async fn accept(
    listener: Listener,
    stop: impl Future<Output = ()>,
    take: impl Fn(Stream),
) {
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(stream) => take(stream),
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
}
