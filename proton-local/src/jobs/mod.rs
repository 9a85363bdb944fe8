//! Work that goes on after a request was answered. It is stored in the commit of the request that asks for it and removed
//! in the commit of its effect, so a server that is killed takes it up again and does nothing twice.

mod queue;
mod runner;

pub(crate) use queue::Due;
pub(crate) use runner::Runner;

use crate::deploy::{cancel_job, deploy_job};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::operations::{service_sync, template_sync, versions};
use serde::{Deserialize, Serialize};

/// One piece of work, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Job {
    /// Takes a deployment further.
    Deploy {
        /// Which.
        deployment: String,
    },
    /// Takes the cancellation of a deployment further.
    Cancel {
        /// Which.
        deployment: String,
    },
    /// Registers the template version of this key.
    RegisterVersion { version: String },
    /// Looks for new specs of a service's instances.
    SyncService {
        /// Which.
        service: String,
        /// The run of its configuration that this belongs to.
        run: String,
    },
    /// Looks for new versions of the template of this key.
    SyncTemplate {
        /// Which.
        template: String,
        /// The run of its configuration that this belongs to.
        run: String,
    },
}

impl Job {
    /// Does the work. Its last step is [`Due::finish`], which makes the change and removes the job in one commit.
    pub(crate) async fn run(&self, engine: &Engine, due: &Due) -> Result<(), Fault> {
        match self {
            Self::Deploy { deployment } => deploy_job(engine, due, deployment).await,
            Self::Cancel { deployment } => cancel_job(engine, due, deployment).await,
            Self::RegisterVersion { version } => versions::register(engine, due, version).await,
            Self::SyncService { service, run } => service_sync::sync(engine, due, service, run).await,
            Self::SyncTemplate { template, run } => template_sync::sync(engine, due, template, run).await,
        }
    }
}
