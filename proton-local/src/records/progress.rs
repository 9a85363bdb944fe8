//! What environments, instances, pipelines and components show alike of their deployments.

use aws_smithy_types::DateTime;
use proton_sdk::types::{Component, DeploymentStatus, Environment, ServiceInstance, ServicePipeline};

/// A resource that deployments change.
pub(crate) trait Deployed {
    /// How its last deployment stands.
    fn status(&self) -> &DeploymentStatus;

    /// The deployment that was tried last.
    fn last_attempted(&self) -> Option<&str>;

    /// The last deployment that succeeded.
    fn last_succeeded(&self) -> Option<&str>;

    /// When the resource came to be.
    fn created_at(&self) -> DateTime;

    /// A deployment begins.
    fn attempt(&mut self, id: &str, status: DeploymentStatus, now: DateTime);

    /// How the deployment stands now, and why.
    fn settle(&mut self, status: DeploymentStatus, message: Option<String>);

    /// The deployment has succeeded.
    fn succeed(&mut self, id: &str, now: DateTime);

    /// Whether a deployment, a cancellation or a deletion is under way.
    fn is_busy(&self) -> bool {
        matches!(
            self.status(),
            DeploymentStatus::InProgress | DeploymentStatus::Cancelling | DeploymentStatus::DeleteInProgress
        )
    }
}

macro_rules! deployed {
    ($($type:ty: $some:expr;)*) => {$(
        impl Deployed for $type {
            fn status(&self) -> &DeploymentStatus {
                &self.deployment_status
            }

            fn last_attempted(&self) -> Option<&str> {
                self.last_attempted_deployment_id.as_deref()
            }

            fn last_succeeded(&self) -> Option<&str> {
                self.last_succeeded_deployment_id.as_deref()
            }

            fn created_at(&self) -> DateTime {
                self.created_at
            }

            fn attempt(&mut self, id: &str, status: DeploymentStatus, now: DateTime) {
                self.settle(status, None);
                self.last_attempted_deployment_id = Some(id.to_owned());
                self.last_deployment_attempted_at = $some(now);
            }

            fn settle(&mut self, status: DeploymentStatus, message: Option<String>) {
                self.deployment_status = status;
                self.deployment_status_message = message;
            }

            fn succeed(&mut self, id: &str, now: DateTime) {
                self.settle(DeploymentStatus::Succeeded, None);
                self.last_succeeded_deployment_id = Some(id.to_owned());
                self.last_deployment_succeeded_at = $some(now);
            }
        }
    )*};
}

deployed! {
    Component: Some;
    Environment: std::convert::identity;
    ServiceInstance: std::convert::identity;
    ServicePipeline: std::convert::identity;
}
