//! One thread for the calls and the server that answers them.

use crate::server;
use tokio::task::{JoinSet, LocalSet};

/// A tokio runtime of one thread.
pub struct Runtime(tokio::runtime::Runtime);

impl Default for Runtime {
    fn default() -> Self {
        Self(tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"))
    }
}

impl Runtime {
    /// Runs a future to its end.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(future)
    }

    /// Starts a server that gives the answer to every request, and says where it listens.
    pub fn serve(&self, answer: String) -> String {
        self.block_on(server::start(answer))
    }

    /// Makes so many calls at a time.
    pub fn at_once<F: Future + 'static>(&self, calls: usize, call: impl Fn() -> F) {
        self.block_on(LocalSet::new().run_until(async {
            let mut running = JoinSet::new();
            for _ in 0..calls {
                let call = call();
                running.spawn_local(async move { drop(call.await) });
            }
            while let Some(ended) = running.join_next().await {
                ended.expect("a call does not panic");
            }
        }));
    }
}
