//! Counts of an account's resources, and of those that are behind what their templates recommend.

use super::templates::{self, TemplateKind, TemplateRecord};
use super::usage::USES;
use crate::arn::Resource;
use crate::fault::Fault;
use crate::records::{ComponentRecord, EnvironmentRecord, FAILED, InstanceRecord, PipelineRecord, ServiceRecord};
use crate::store::{Reader, Record};
use proton_sdk::operation::get_resources_summary::{GetResourcesSummaryInput, GetResourcesSummaryOutput};
use proton_sdk::types::{CountsSummary, ResourceCountsSummary};
use std::collections::HashMap;

/// How a resource's version stands to the one that its template recommends; the worse the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Age {
    UpToDate,
    BehindMinor,
    BehindMajor,
}

/// Counts what the caller has.
pub(crate) fn get_resources_summary(
    reader: &Reader<'_>,
    _input: GetResourcesSummaryInput,
) -> Result<GetResourcesSummaryOutput, Fault> {
    let environments = ages::<EnvironmentRecord>(reader)?;
    let instances = ages::<InstanceRecord>(reader)?;
    let pipelines = ages::<PipelineRecord>(reader)?;
    // A service is as old as the oldest of its parts; instances have keys of the form `service/instance`.
    let mut services = HashMap::new();
    for (key, age) in instances.iter().chain(&pipelines) {
        let service = key.split('/').next().unwrap_or(key);
        let worst = services.entry(service).or_insert(Age::UpToDate);
        *worst = (*age).max(*worst);
    }
    let components = total(reader.count::<ComponentRecord>()?).failed(failed::<ComponentRecord>(reader)?);
    let counts = CountsSummary::builder()
        .environment_templates(templates(reader, TemplateKind::Environment)?)
        .service_templates(templates(reader, TemplateKind::Service)?)
        .environments(deployed::<EnvironmentRecord>(reader, environments.iter().map(|(_, age)| *age))?)
        .services(deployed::<ServiceRecord>(reader, services.into_values())?)
        .service_instances(deployed::<InstanceRecord>(reader, instances.iter().map(|(_, age)| *age))?)
        .pipelines(deployed::<PipelineRecord>(reader, pipelines.iter().map(|(_, age)| *age))?)
        .components(components.build()?)
        .build();
    Ok(GetResourcesSummaryOutput::builder().counts(counts).build())
}

fn templates(reader: &Reader<'_>, kind: TemplateKind) -> Result<ResourceCountsSummary, Fault> {
    Ok(total(reader.count_by::<TemplateRecord>("kind", kind.thing())?).build()?)
}

/// The counts of a kind of resource, where some or all have an age.
fn deployed<R: Record>(reader: &Reader<'_>, ages: impl Iterator<Item = Age>) -> Result<ResourceCountsSummary, Fault> {
    let (mut behind_minor, mut behind_major) = (0, 0);
    for age in ages {
        match age {
            Age::UpToDate => {}
            Age::BehindMinor => behind_minor += 1,
            Age::BehindMajor => behind_major += 1,
        }
    }
    let all = reader.count::<R>()?;
    let counts = total(all).behind_minor(narrow(behind_minor)).behind_major(narrow(behind_major));
    let counts = counts.up_to_date(narrow(all.saturating_sub(behind_minor + behind_major)));
    Ok(counts.failed(failed::<R>(reader)?).build()?)
}

/// The key and the age of each resource of a kind.
fn ages<R: Record>(reader: &Reader<'_>) -> Result<Vec<(String, Age)>, Fault> {
    let mut known = HashMap::new();
    let mut found = Vec::new();
    for (used, key) in reader.entries::<R>(USES)? {
        let age = match known.get(&used) {
            Some(age) => *age,
            None => {
                let age = age(reader, &used)?;
                known.insert(used, age);
                age
            }
        };
        found.extend(age.map(|age| (key, age)));
    }
    Ok(found)
}

/// The age of a template's version; `None` where a resource of another kind is used.
fn age(reader: &Reader<'_>, used: &str) -> Result<Option<Age>, Fault> {
    let (kind, template, major, minor) = match Resource::parse(used) {
        Some(Resource::EnvironmentTemplateVersion { template, major, minor }) => {
            (TemplateKind::Environment, template, major, minor)
        }
        Some(Resource::ServiceTemplateVersion { template, major, minor }) => {
            (TemplateKind::Service, template, major, minor)
        }
        _ => return Ok(None),
    };
    let recommended = templates::find(reader, kind, &template)?.recommended();
    let used = major.parse::<u64>().ok().zip(minor.parse::<u64>().ok());
    Ok(Some(match (used, recommended) {
        (Some((major, _)), Some((best, _))) if major < best => Age::BehindMajor,
        (Some(used), Some(best)) if used < best => Age::BehindMinor,
        _ => Age::UpToDate,
    }))
}

fn failed<R: Record>(reader: &Reader<'_>) -> Result<i32, Fault> {
    Ok(narrow(reader.count_by::<R>(FAILED, "")?))
}

fn total(count: u64) -> proton_sdk::types::builders::ResourceCountsSummaryBuilder {
    ResourceCountsSummary::builder().total(narrow(count))
}

fn narrow(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests;
