//! Work that blocks, on a thread of its own: for the rare load of credentials, with or without tokio.

use crate::error::BoxError;

/// Runs the work elsewhere and waits for it without blocking.
pub(super) async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, BoxError> {
    let (done, result) = tokio::sync::oneshot::channel();
    let work = move || drop(done.send(work()));
    std::thread::Builder::new().name("credentials".to_owned()).spawn(work)?;
    Ok(result.await?)
}
