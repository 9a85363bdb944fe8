//! `proton-local serve`.

use super::{Done, logs};
use proton_local::ProtonLocal;
use proton_local::settings::{Settings, Storage};
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What is given here counts more than what the settings file says.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where to answer; port 0 takes any that is free [default: 127.0.0.1:8787].
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// The folder to keep what is stored in [default: proton-local-data].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Keep nothing.
    #[arg(long, conflicts_with = "data")]
    ephemeral: bool,
    /// The folder that stands in for S3: bucket `b` and key `k` are the file `b/k` in it.
    #[arg(long, value_name = "DIR")]
    s3_root: Option<PathBuf>,
    /// The folder that stands in for hosted repositories: branch `main` of `me/web` is the folder `me/web/main` in it.
    #[arg(long, value_name = "DIR")]
    repositories: Option<PathBuf>,
    /// How many times faster than real time building is simulated [default: 1].
    #[arg(long, value_name = "N")]
    speed: Option<f64>,
    /// A TOML file with these settings and more.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Let everybody on the network call, without a key.
    #[arg(long)]
    insecure: bool,
    /// How log lines look.
    #[arg(long, value_enum, default_value_t)]
    log_format: logs::Format,
}

/// Serves until the process is told to end, then finishes requests in flight.
///
/// # Errors
/// Settings that make no sense, an address that is taken, a store that cannot be opened.
pub(crate) fn run(arguments: Arguments) -> Done {
    logs::start(arguments.log_format)?;
    let settings = settings(arguments)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(settings))
}

async fn serve(settings: Settings) -> Done {
    let mut signals = Signals::new()?;
    let Settings { accounts, storage, .. } = &settings;
    tracing::info!(keys = accounts.len(), ?storage, speed = settings.simulation.speed, "starting");
    let server = ProtonLocal::builder().settings(settings).start().await?;
    // The only line on standard output: scripts wait for it.
    writeln!(std::io::stdout(), "proton-local is ready on {}", server.endpoint_url())?;
    signals.next().await;
    tracing::info!("stopping; a second signal does not wait");
    tokio::select! {
        () = server.stop() => {}
        () = signals.next() => {}
    }
    Ok(())
}

/// The settings of the file, and over them what the command line says.
fn settings(arguments: Arguments) -> Result<Settings, Box<dyn std::error::Error>> {
    let storage = Storage::Directory("proton-local-data".into());
    let mut settings = Settings { storage, ..Settings::default() };
    if let Some(file) = &arguments.config {
        settings.read(file)?;
    }
    let Arguments { listen, data, ephemeral, s3_root, repositories, speed, insecure, .. } = arguments;
    settings.listen = listen.unwrap_or(settings.listen);
    settings.simulation.speed = speed.unwrap_or(settings.simulation.speed);
    settings.s3_root = s3_root.or(settings.s3_root);
    settings.repositories = repositories.or(settings.repositories);
    settings.insecure |= insecure;
    if let Some(folder) = data {
        settings.storage = Storage::Directory(folder);
    }
    if ephemeral {
        settings.storage = Storage::Ephemeral;
    }
    Ok(settings)
}

/// What tells the process to end: Ctrl-C, and where there is one, SIGTERM.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    fn new() -> Result<Self, std::io::Error> {
        Ok(Self {
            #[cfg(unix)]
            terminate: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    }
}
