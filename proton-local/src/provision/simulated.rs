//! A provisioner that builds nothing: it takes its time, fails where it is told to, and reports what the templates declare.

use super::{Outcome, Provisioner, Step, Work};
use crate::records::{Action, Method, Results};
use crate::settings::Simulation;
use std::pin::Pin;
use std::time::Duration;

/// Pretends to build.
#[derive(Debug)]
pub(crate) struct Simulated {
    simulation: Simulation,
}

impl Simulated {
    /// Takes as long and fails as often as the settings say.
    pub(crate) fn new(simulation: Simulation) -> Self {
        Self { simulation }
    }

    fn step(&self, work: &Work) -> Step {
        let simulation = &self.simulation;
        if work.method == Method::CustomerManaged {
            return Step::Done(Outcome::Succeeded(super::results::declared(work)));
        }
        let delay = match work.action {
            Action::Deploy => simulation.provision,
            Action::Delete => simulation.deprovision,
        };
        let left = simulation.scaled(delay).saturating_sub(work.elapsed);
        if left > Duration::ZERO {
            return Step::Again(left);
        }
        match (simulation.failure(work.target.name(), work.action == Action::Delete), work.action) {
            (Some(reason), _) => Step::Done(Outcome::Failed(reason.to_owned())),
            (None, Action::Delete) => Step::Done(Outcome::Succeeded(Results::default())),
            // Whoever merges the rendered code reports back; a removal is not waited for.
            (None, Action::Deploy) if work.method == Method::Terraform => Step::Waits,
            (None, Action::Deploy) => Step::Done(Outcome::Succeeded(super::results::declared(work))),
        }
    }
}

impl Provisioner for Simulated {
    fn advance<'a>(&'a self, work: &'a Work) -> Pin<Box<dyn Future<Output = Step> + Send + 'a>> {
        Box::pin(std::future::ready(self.step(work)))
    }

    fn cancel<'a>(&'a self, _: &'a Work) -> Pin<Box<dyn Future<Output = Step> + Send + 'a>> {
        Box::pin(std::future::ready(Step::Done(Outcome::Cancelled)))
    }
}
