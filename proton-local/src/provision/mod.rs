//! Who builds what a deployment has rendered.

mod results;
mod simulated;

pub(crate) use results::STATED_OUTPUTS;
pub(crate) use simulated::Simulated;

use crate::caller::Caller;
use crate::records::{Action, Method, Results, Target};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::pin::Pin;
use std::time::Duration;

/// Builds and removes infrastructure.
///
/// A provisioner is asked again and again until the work is done, and keeps nothing in memory between two answers that it
/// could not do without: the server may be killed at any point and asks anew with the same [`Work`].
pub(crate) trait Provisioner: Debug + Send + Sync {
    /// Takes the work as far as it goes now.
    fn advance<'a>(&'a self, work: &'a Work) -> Pin<Box<dyn Future<Output = Step> + Send + 'a>>;

    /// Stops work that is under way and takes back what it did.
    fn cancel<'a>(&'a self, work: &'a Work) -> Pin<Box<dyn Future<Output = Step> + Send + 'a>>;
}

/// What is to be built or removed.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    /// The account and region.
    pub(crate) caller: Caller,
    /// The deployment's id.
    pub(crate) deployment: String,
    /// The resource.
    pub(crate) target: Target,
    /// Build or remove.
    pub(crate) action: Action,
    /// Who provisions, as the bundle says.
    pub(crate) method: Method,
    /// The rendered templates: path to text.
    pub(crate) files: BTreeMap<String, String>,
    /// How long ago the work began.
    pub(crate) elapsed: Duration,
}

/// How far the work is.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Not there yet: ask again after this long.
    Again(Duration),
    /// Somebody else says when it is done, with `NotifyResourceDeploymentStatusChange`.
    Waits,
    /// It is done.
    Done(Outcome),
}

/// What came of the work.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// It was built or removed.
    Succeeded(Results),
    /// It was not; the text says why.
    Failed(String),
    /// It was stopped and taken back.
    Cancelled,
}
