//! The life of a server, from its flags to SIGTERM.

use std::io;
use std::os::unix::net::UnixStream;
use std::thread;

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::Request;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulConnection;
use serde::Serialize;
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{signal, SignalKind};
use tokio::sync::watch;

use crate::address::Address;
use crate::admin::{self, Admin};
use crate::connections::{accept, http1_connection, serve};
use crate::failure::Failure;
use crate::flags::ServiceFlags;
use crate::listener::{Listener, Stream};

/// Serves until SIGTERM or SIGINT: clients by `connect`, the admin address by `admin`.
///
/// Once both addresses are bound, one line of JSON on stdout says where.
///
/// # Errors
/// An address cannot be bound, or the system refuses something as basic.
pub fn run<C>(
    flags: &ServiceFlags,
    admin: impl Admin,
    connect: impl Fn(TokioIo<Stream>) -> C,
) -> Result<(), Failure>
where
    C: GracefulConnection + Send + 'static,
    C::Output: Send,
{
    run_until_told(flags, admin, async |clients, stop| {
        serve(clients, stopped(stop), connect).await;
    })
}

/// The same with a thread for each connection, which ends with the process: for conversations over a Unix socket that an
/// event loop would only slow down.
///
/// # Errors
/// Those of [`run`].
pub fn run_threads(
    flags: &ServiceFlags,
    admin: impl Admin,
    converse: impl Fn(UnixStream) + Clone + Send + 'static,
) -> Result<(), Failure> {
    run_until_told(flags, admin, async |clients, stop| {
        accept(clients, stopped(stop), |stream| {
            // Whoever connects in another way finds the connection closed.
            if let Ok(stream) = stream.into_blocking_unix() {
                let converse = converse.clone();
                thread::spawn(move || converse(stream));
            }
        })
        .await;
    })
}

fn run_until_told(
    flags: &ServiceFlags,
    admin: impl Admin,
    serve_clients: impl AsyncFnOnce(Listener, watch::Receiver<bool>),
) -> Result<(), Failure> {
    if flags.die_with_parent {
        crate::parent::die_with_parent().map_err(|e| Failure::system("--die-with-parent", e))?;
    }
    let runtime = runtime(flags.threads.get()).map_err(|e| Failure::system("threads", e))?;
    let outcome = runtime.block_on(async {
        let stop = stop_signal().map_err(|e| Failure::system("signals", e))?;
        let clients = bind("--listen", &flags.listen).await?;
        let asking = bind("--admin", &flags.admin).await?;
        announce(&clients, &asking).map_err(|e| Failure::system("stdout", e))?;

        let admin = serve(asking, stopped(stop.clone()), move |stream| {
            let admin = admin.clone();
            let service =
                service_fn(move |request: Request<Incoming>| admin::answer(request, admin.clone()));
            http1_connection(stream, service)
        });
        tokio::join!(serve_clients(clients, stop), admin);
        Ok(())
    });
    // Dropping the runtime would wait for nothing we care about.
    runtime.shutdown_background();
    outcome
}

fn runtime(threads: usize) -> io::Result<Runtime> {
    let mut builder = match threads {
        1 => Builder::new_current_thread(),
        _ => Builder::new_multi_thread(),
    };
    if threads > 1 {
        builder.worker_threads(threads);
    }
    builder.enable_all().build()
}

async fn bind(flag: &str, address: &Address) -> Result<Listener, Failure> {
    Listener::bind(address)
        .await
        .map_err(|error| Failure::system(format_args!("{flag} {address}"), error))
}

fn announce(clients: &Listener, admin: &Listener) -> io::Result<()> {
    use std::io::Write;

    #[derive(Serialize)]
    struct Bound {
        listen: String,
        admin: String,
    }
    let bound = Bound {
        listen: clients.address()?.to_string(),
        admin: admin.address()?.to_string(),
    };
    let line = serde_json::to_string(&bound)?;
    writeln!(io::stdout(), "{line}")
}

fn stop_signal() -> io::Result<watch::Receiver<bool>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (tell, told) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        // Nobody is listening only if the server has ended by itself.
        let _ = tell.send(true);
    });
    Ok(told)
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error means that the sender is gone, which only happens at the end too.
    let _ = stop.wait_for(|&stopped| stopped).await;
}
