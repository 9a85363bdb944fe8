//! Where a component is: in an environment of its own right, or beside a service instance of that environment.

use crate::deploy;
use crate::fault::Fault;
use crate::operations::{TemplateKind, connections, environments, specs, versions};
use crate::records::{ComponentRecord, Deployed, InstanceRecord, Method, Target, instance_key};
use crate::store::{Reader, Record};
use proton_sdk::types::{Component, ComponentState};

/// Where a component is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In an environment.
    Environment(String),
    /// Beside an instance.
    Instance {
        /// The instance's environment.
        environment: String,
        /// Its service.
        service: String,
        /// Its name.
        instance: String,
    },
}

impl Place {
    /// Where a component is now.
    pub(crate) fn of(component: &Component) -> Self {
        let environment = component.environment_name.clone();
        match (&component.service_name, &component.service_instance_name) {
            (Some(service), Some(instance)) => {
                Self::Instance { environment, service: service.clone(), instance: instance.clone() }
            }
            _ => Self::Environment(environment),
        }
    }

    /// Beside an instance, which must exist.
    pub(crate) fn of_instance(reader: &Reader<'_>, service: &str, instance: &str) -> Result<Self, Fault> {
        let resource = format!("service/{service}/service-instance/{instance}");
        let found: InstanceRecord = reader.require(&instance_key(service, instance), &resource)?;
        let environment = found.instance.environment_name;
        Ok(Self::Instance { environment, service: service.to_owned(), instance: instance.to_owned() })
    }

    /// The environment.
    pub(crate) fn environment(&self) -> &str {
        match self {
            Self::Environment(environment) | Self::Instance { environment, .. } => environment,
        }
    }

    /// The service and the instance, where it is beside one.
    pub(crate) fn attached(&self) -> Option<(String, String)> {
        match self {
            Self::Environment(_) => None,
            Self::Instance { service, instance, .. } => Some((service.clone(), instance.clone())),
        }
    }

    /// The same environment, beside no instance.
    pub(crate) fn detached(&self) -> Self {
        Self::Environment(self.environment().to_owned())
    }

    /// Beside an instance that it is not beside yet.
    ///
    /// # Errors
    /// It is beside another, or the instance is in another environment.
    pub(crate) fn moved_to(&self, there: Self) -> Result<Self, Fault> {
        if *self == there {
            return Ok(there);
        }
        if let Some((service, instance)) = self.attached() {
            return Err(Fault::validation(format!(
                "The component is attached to {service}/{instance}. Detach it, then attach it to another instance."
            )));
        }
        if self.environment() != there.environment() {
            let (here, there) = (self.environment(), there.environment());
            return Err(Fault::validation(format!(
                "The component is in environment {here}, the service instance in {there}; they must be the same."
            )));
        }
        Ok(there)
    }

    /// A component's state here.
    pub(crate) fn state(&self, service_spec: Option<String>, template_file: &str) -> ComponentState {
        let (service, instance) = self.attached().unwrap_or_default();
        ComponentState::builder()
            .service_name(service)
            .service_instance_name(instance)
            .set_service_spec(service_spec)
            .template_file(template_file)
            .build()
    }

    /// Whether a component called `name` may be deployed here with this spec.
    ///
    /// # Errors
    /// An environment without a role for components; an instance that is busy, takes no components, or has one.
    pub(crate) fn check(&self, reader: &Reader<'_>, name: &str, service_spec: Option<&str>) -> Result<(), Fault> {
        let record = environments::find(reader, self.environment())?;
        let (environment, method) = (&record.environment, record.method);
        let role = match &environment.environment_account_connection_id {
            Some(id) => connections::find(reader, id)?.connection.component_role_arn,
            None => environment.component_role_arn.clone(),
        };
        if role.is_none() && matches!(method, Method::CloudFormation | Method::CodeBuild) {
            let arn = &environment.arn;
            return Err(Fault::validation(format!("{arn} has no componentRoleArn, which components need.")));
        }
        let Some((service, instance)) = self.attached() else {
            return match service_spec {
                Some(_) => Err(Fault::validation("A serviceSpec is for a component that is attached to an instance.")),
                None => Ok(()),
            };
        };
        let key = instance_key(&service, &instance);
        let target = Target::Instance { service, name: instance };
        let found: InstanceRecord = reader.require(&key, &target.resource())?;
        if found.instance.is_busy() {
            return Err(deploy::busy(reader, &target, &found.instance));
        }
        let others: Vec<ComponentRecord> = reader.all_by("instance", &key)?;
        if let Some(other) = others.iter().find(|other| other.key() != name) {
            let (arn, other) = (&found.instance.arn, other.key());
            return Err(Fault::validation(format!("{arn} has component {other} already; one is the most.")));
        }
        let instance = &found.instance;
        let version = versions::find(
            reader,
            TemplateKind::Service,
            &instance.template_name,
            &instance.template_major_version,
            &instance.template_minor_version,
        )?;
        if !version.accepts_components() {
            let arn = &instance.arn;
            return Err(Fault::validation(format!(
                "The template version of {arn} does not support DIRECTLY_DEFINED components."
            )));
        }
        match service_spec {
            Some(spec) => specs::service_instance(&version, spec, &instance.name).map(drop),
            None => Ok(()),
        }
    }
}
