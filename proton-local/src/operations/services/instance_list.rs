//! The list of service instances, with its filters and orders.
//!
//! Filters with different keys must all hold; of several with one key, any may.

use crate::fault::Fault;
use crate::operations::{TemplateKind, narrow, versions};
use crate::records::{InstanceRecord, ServiceRecord};
use crate::store::{Page, Paging, Reader, Record};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use proton_sdk::operation::list_service_instances::{ListServiceInstancesInput, ListServiceInstancesOutput};
use proton_sdk::types::{
    DeploymentStatus, ListServiceInstancesFilter, ListServiceInstancesFilterBy as Key,
    ListServiceInstancesSortBy as SortBy, ServiceInstance, SortOrder, TemplateVersionStatus,
};

/// Lists the instances of a service, or of all.
pub(crate) fn list_service_instances(
    reader: &Reader<'_>,
    input: ListServiceInstancesInput,
) -> Result<ListServiceInstancesOutput, Fault> {
    let ListServiceInstancesInput { filters, service_name, sort_by, sort_order, next_token, max_results, .. } = input;
    let sort_by = sort_by.unwrap_or(SortBy::ServiceName);
    let descending = sort_order == Some(SortOrder::Descending);
    let scope = format!("ListServiceInstances {service_name:?} {filters:?} {sort_by} {descending}");
    let paging = Paging::new(reader, scope, next_token.as_deref(), max_results)?;
    let filters = filters.unwrap_or_default().into_iter().map(Filter::new).collect::<Result<Vec<_>, _>>()?;
    if let Some(service) = &service_name
        && !reader.has::<ServiceRecord>(service)?
    {
        return Err(Fault::not_found(ServiceRecord::KIND, &reader.arn(&format!("service/{service}"))));
    }
    let keep = |record: &InstanceRecord| keeps(reader, &filters, &record.instance);
    let page = match service_name {
        // The order of the store; its pages need no more than themselves in memory.
        None if sort_by == SortBy::ServiceName && !descending => reader.page(&paging, keep)?,
        Some(service) if sort_by == SortBy::ServiceName && !descending => {
            reader.page_by("service", &service, &paging, keep)?
        }
        service => {
            let mut items = match service {
                Some(service) => reader.all_by::<InstanceRecord>("service", &service)?,
                None => reader.all()?,
            };
            items.retain(keep);
            let place = |record: &InstanceRecord| place(record, &sort_by);
            items.sort_by_cached_key(place);
            if descending {
                items.reverse();
                Page::descending(items, reader, &paging, place)
            } else {
                Page::of(items, reader, &paging, place)
            }
        }
    };
    let instances = page.items.iter().map(|record| narrow(&record.instance)).collect::<Result<_, _>>()?;
    Ok(ListServiceInstancesOutput::builder()
        .set_service_instances(Some(instances))
        .set_next_token(page.next)
        .build()?)
}

/// Where an instance stands in an order; instances that are equal in it stand by service and name.
fn place(record: &InstanceRecord, sort_by: &SortBy) -> String {
    let instance = &record.instance;
    // All moments are after 1970, and the same number of digits keeps their order.
    let moment = |time: &DateTime| format!("{:020}", time.to_millis().unwrap_or_default());
    let first = match sort_by {
        SortBy::Name => instance.name.clone(),
        SortBy::DeploymentStatus => instance.deployment_status.to_string(),
        SortBy::TemplateName => instance.template_name.clone(),
        SortBy::EnvironmentName => instance.environment_name.clone(),
        SortBy::LastDeploymentAttemptedAt => moment(&instance.last_deployment_attempted_at),
        SortBy::CreatedAt => moment(&instance.created_at),
        // By service: that is what comes next.
        _ => String::new(),
    };
    format!("{first} {}", record.sort())
}

/// A condition on instances.
enum Filter {
    Name(String),
    Status(DeploymentStatus),
    Template(String),
    Service(String),
    VersionStatus(TemplateVersionStatus),
    Environment(String),
    AttemptedBefore(DateTime),
    AttemptedAfter(DateTime),
    CreatedBefore(DateTime),
    CreatedAfter(DateTime),
}

impl Filter {
    fn new(filter: ListServiceInstancesFilter) -> Result<Self, Fault> {
        let (Some(key), Some(value)) = (filter.key, filter.value) else {
            return Err(Fault::validation("Each filter needs a key and a value."));
        };
        let refuse = |what: &str| Fault::validation(format!("The value {value} of filter {key} is not {what}."));
        let time = || {
            let utc = value.strip_suffix('Z').and_then(|_| DateTime::from_str(&value, Format::DateTime).ok());
            utc.ok_or_else(|| refuse("a UTC time such as 2025-03-01T09:30:00Z"))
        };
        Ok(match key {
            Key::Name => Self::Name(value),
            Key::DeploymentStatus => match value.parse() {
                Ok(status) if DeploymentStatus::values().contains(&value.as_str()) => Self::Status(status),
                _ => return Err(refuse("a deployment status")),
            },
            Key::TemplateName => Self::Template(value),
            Key::ServiceName => Self::Service(value),
            Key::DeployedTemplateVersionStatus => match value.parse() {
                Ok(status) if TemplateVersionStatus::values().contains(&value.as_str()) => Self::VersionStatus(status),
                _ => return Err(refuse("the status of a template version")),
            },
            Key::EnvironmentName => Self::Environment(value),
            Key::LastDeploymentAttemptedAtBefore => Self::AttemptedBefore(time()?),
            Key::LastDeploymentAttemptedAtAfter => Self::AttemptedAfter(time()?),
            Key::CreatedAtBefore => Self::CreatedBefore(time()?),
            Key::CreatedAtAfter => Self::CreatedAfter(time()?),
            _ => return Err(Fault::validation(format!("There is no filter {key}."))),
        })
    }

    fn holds(&self, reader: &Reader<'_>, instance: &ServiceInstance) -> bool {
        match self {
            Self::Name(name) => *name == instance.name,
            Self::Status(status) => *status == instance.deployment_status,
            Self::Template(name) => *name == instance.template_name,
            Self::Service(name) => *name == instance.service_name,
            Self::VersionStatus(status) => {
                let (major, minor) = (&instance.template_major_version, &instance.template_minor_version);
                let version = versions::find(reader, TemplateKind::Service, &instance.template_name, major, minor);
                version.is_ok_and(|version| version.status == *status)
            }
            Self::Environment(name) => *name == instance.environment_name,
            Self::AttemptedBefore(time) => instance.last_deployment_attempted_at < *time,
            Self::AttemptedAfter(time) => instance.last_deployment_attempted_at > *time,
            Self::CreatedBefore(time) => instance.created_at < *time,
            Self::CreatedAfter(time) => instance.created_at > *time,
        }
    }
}

fn keeps(reader: &Reader<'_>, filters: &[Filter], instance: &ServiceInstance) -> bool {
    let key = std::mem::discriminant::<Filter>;
    filters.iter().all(|one| filters.iter().any(|other| key(one) == key(other) && other.holds(reader, instance)))
}
