//! What operations and jobs work with.

use crate::caller::Caller;
use crate::clock::Clock;
use crate::settings::Settings;
use crate::store::Store;

/// The store, and the world outside of it.
#[derive(Debug)]
pub(crate) struct Engine {
    store: Store,
    operator: Caller,
}

impl Engine {
    /// An engine over a store.
    pub(crate) fn new(store: Store) -> Self {
        let operator = Caller { account: String::new(), region: String::new(), partition: String::new() };
        Self { store, operator }
    }

    /// What is remembered.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// Time and sleep.
    pub(crate) fn clock(&self) -> &Clock {
        &self.store.shared().clock
    }

    /// What the server was told when it started.
    pub(crate) fn settings(&self) -> &Settings {
        &self.store.shared().settings
    }

    /// The server itself, which has no resources of its own.
    pub(crate) fn operator(&self) -> &Caller {
        &self.operator
    }
}
