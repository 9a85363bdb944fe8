//! Tags: those that callers set, and the managed ones (`aws:proton:…`) that tell what belongs together.
//!
//! Each taggable resource but a deployment has one record of tags from its creation to its end, even if it has no tag.

use crate::arn::{Arn, Resource};
use crate::fault::Fault;
use crate::operations::required;
use crate::records::DeploymentRecord;
use crate::store::{Page, Paging, Reader, Record, Writer};
use proton_sdk::error::BuildError;
use proton_sdk::operation::list_tags_for_resource::{ListTagsForResourceInput, ListTagsForResourceOutput};
use proton_sdk::operation::tag_resource::{TagResourceInput, TagResourceOutput};
use proton_sdk::operation::untag_resource::{UntagResourceInput, UntagResourceOutput};
use proton_sdk::types::Tag;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Managed: the ARN of the template that the resource is or is made from.
pub(crate) const TEMPLATE: &str = "aws:proton:template";
/// Managed: the ARN of the environment that the resource is or is deployed in.
pub(crate) const ENVIRONMENT: &str = "aws:proton:environment";
/// Managed: the ARN of the service that the resource is or belongs to.
pub(crate) const SERVICE: &str = "aws:proton:service";
/// Managed: the ARN of the service instance that the resource is or belongs to.
pub(crate) const SERVICE_INSTANCE: &str = "aws:proton:service-instance";
/// Managed: the ARN of the component.
pub(crate) const COMPONENT: &str = "aws:proton:component";

/// Managed: the account; every resource with managed tags has it.
const ACCOUNT: &str = "aws:proton:account";
/// What only the service may set.
const RESERVED: &str = "aws:";
/// How many tags of callers a resource may have.
const LIMIT: usize = 50;

/// The tags of one resource.
#[derive(Serialize, Deserialize)]
struct Tags {
    /// The end of its ARN.
    resource: String,
    managed: BTreeMap<String, String>,
    user: BTreeMap<String, String>,
}

impl Record for Tags {
    const KIND: &'static str = "tags";

    fn key(&self) -> String {
        self.resource.clone()
    }
}

/// Gives a new resource its tags. Without `managed` it has none of these, not even the account.
///
/// # Errors
/// A tag that only the service may set, two tags of one key.
pub(crate) fn create(
    writer: &mut Writer<'_>,
    arn: &str,
    tags: Option<Vec<Tag>>,
    managed: &[(&str, &str)],
) -> Result<(), Fault> {
    let mut managed: BTreeMap<_, _> = managed.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
    if !managed.is_empty() {
        managed.insert(ACCOUNT.to_owned(), writer.caller().account.clone());
    }
    let mut record = Tags { resource: resource(writer, arn)?.to_string(), managed, user: BTreeMap::new() };
    for tag in tags.unwrap_or_default() {
        check_key(tag.key())?;
        if record.user.contains_key(tag.key()) {
            return Err(Fault::validation(format!("The tag key {} is given twice.", tag.key)));
        }
        record.user.insert(tag.key, tag.value);
    }
    check_count(&record)?;
    Ok(writer.put(&record)?)
}

/// Copies the tags that callers set on the parent to a child just created; the child's own stay.
///
/// # Errors
/// Both together have too many.
pub(crate) fn inherit(writer: &mut Writer<'_>, parent: &str, child: &str) -> Result<(), Fault> {
    let (parent, mut child) = (find(writer, parent)?, find(writer, child)?);
    for (key, value) in parent.user {
        child.user.entry(key).or_insert(value);
    }
    check_count(&child)?;
    Ok(writer.put(&child)?)
}

/// Forgets the tags of a resource that is gone.
pub(crate) fn forget(writer: &mut Writer<'_>, arn: &str) -> Result<(), Fault> {
    let resource = resource(writer, arn)?.to_string();
    Ok(writer.delete::<Tags>(&resource)?)
}

/// The managed tags of a resource, as its infrastructure gets them: `proton:service` for `aws:proton:service`.
pub(crate) fn for_infrastructure(reader: &Reader<'_>, arn: &str) -> Result<BTreeMap<String, String>, Fault> {
    let managed = find(reader, arn)?.managed.into_iter();
    Ok(managed.map(|(key, value)| (key.trim_start_matches(RESERVED).to_owned(), value)).collect())
}

/// Sets tags, replacing the values of keys that are there.
pub(crate) fn tag_resource(writer: &mut Writer<'_>, input: TagResourceInput) -> Result<TagResourceOutput, Fault> {
    let mut record = find(writer, &required(input.resource_arn, "resourceArn")?)?;
    for tag in required(input.tags, "tags")? {
        check_key(tag.key())?;
        record.user.insert(tag.key, tag.value);
    }
    check_count(&record)?;
    writer.put(&record)?;
    Ok(TagResourceOutput::builder().build())
}

/// Removes tags; keys that are not there change nothing.
pub(crate) fn untag_resource(writer: &mut Writer<'_>, input: UntagResourceInput) -> Result<UntagResourceOutput, Fault> {
    let mut record = find(writer, &required(input.resource_arn, "resourceArn")?)?;
    for key in required(input.tag_keys, "tagKeys")? {
        check_key(&key)?;
        record.user.remove(&key);
    }
    writer.put(&record)?;
    Ok(UntagResourceOutput::builder().build())
}

/// Lists managed tags and those of callers by key.
pub(crate) fn list_tags_for_resource(
    reader: &Reader<'_>,
    input: ListTagsForResourceInput,
) -> Result<ListTagsForResourceOutput, Fault> {
    let arn = required(input.resource_arn, "resourceArn")?;
    let mut record = find(reader, &arn)?;
    record.user.append(&mut record.managed);
    let paging =
        Paging::new(reader, format!("ListTagsForResource {arn}"), input.next_token.as_deref(), input.max_results)?;
    let tags = record.user.into_iter().map(|(key, value)| Tag::builder().key(key).value(value).build());
    let tags = tags.collect::<Result<Vec<_>, BuildError>>()?;
    let page = Page::of(tags, reader, &paging, |tag| tag.key.clone());
    Ok(ListTagsForResourceOutput::builder().set_tags(Some(page.items)).set_next_token(page.next).build()?)
}

fn find(reader: &Reader<'_>, arn: &str) -> Result<Tags, Fault> {
    let resource = resource(reader, arn)?;
    if let Some(found) = reader.get(&resource.to_string())? {
        return Ok(found);
    }
    match &resource {
        // There are many, and hardly one is tagged: theirs are stored once they are.
        Resource::Deployment(id) if reader.has::<DeploymentRecord>(id)? => {
            Ok(Tags { resource: resource.to_string(), managed: BTreeMap::new(), user: BTreeMap::new() })
        }
        _ => Err(Fault::not_found("resource", arn)),
    }
}

/// What the ARN names among the caller's resources.
fn resource(reader: &Reader<'_>, arn: &str) -> Result<Resource, Fault> {
    let parsed = Arn::parse(arn).ok_or_else(|| Fault::validation(format!("{arn} is not the ARN of a resource.")))?;
    if let Resource::ServicePipeline { .. } = parsed.resource {
        return Err(Fault::validation(format!("{arn} is a pipeline, which has no tags. Tag its service.")));
    }
    // Another account's or region's resource is as good as absent.
    if reader.arn(&parsed.resource.to_string()) != arn {
        return Err(Fault::not_found("resource", arn));
    }
    Ok(parsed.resource)
}

fn check_key(key: &str) -> Result<(), Fault> {
    if key.get(..RESERVED.len()).is_some_and(|start| start.eq_ignore_ascii_case(RESERVED)) {
        return Err(Fault::validation(format!(
            "The tag key {key} begins with {RESERVED}, which only the service sets."
        )));
    }
    Ok(())
}

fn check_count(record: &Tags) -> Result<(), Fault> {
    let count = record.user.len();
    if count > LIMIT {
        return Err(Fault::validation(format!("The resource would have {count} tags; at most {LIMIT} are allowed.")));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
