//! What operations and jobs work with.

use crate::caller::Caller;
use crate::clock::Clock;
use crate::provision::{Provisioner, Simulated};
use crate::settings::Settings;
use crate::store::Store;
use std::sync::Arc;

/// The store, and the world outside of it.
#[derive(Debug)]
pub(crate) struct Engine {
    store: Store,
    operator: Caller,
    provisioner: Arc<dyn Provisioner>,
}

impl Engine {
    /// An engine over a store.
    pub(crate) fn new(store: Store) -> Self {
        let operator = Caller { account: String::new(), region: String::new(), partition: String::new() };
        let provisioner = Arc::new(Simulated::new(store.shared().settings.simulation.clone()));
        Self { store, operator, provisioner }
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

    /// Who builds what a deployment has rendered.
    pub(crate) fn provisioner(&self) -> &dyn Provisioner {
        &*self.provisioner
    }
}
