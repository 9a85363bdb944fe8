//! Linked repositories: where synced templates, service specs and self-managed provisioning live.

mod sync;

pub(crate) use sync::*;

use super::{Origin, required, tags, usage};
use crate::arn::Resource;
use crate::fault::Fault;
use crate::store::{Paging, Reader, Record, Writer};
use proton_sdk::operation::create_repository::{CreateRepositoryInput, CreateRepositoryOutput};
use proton_sdk::operation::delete_repository::{DeleteRepositoryInput, DeleteRepositoryOutput};
use proton_sdk::operation::get_repository::{GetRepositoryInput, GetRepositoryOutput};
use proton_sdk::operation::list_repositories::{ListRepositoriesInput, ListRepositoriesOutput};
use proton_sdk::types::{Repository, RepositoryBranch, RepositoryBranchInput, RepositoryProvider, RepositorySummary};
use serde::{Deserialize, Serialize};

/// A link to a repository as it is stored.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct RepositoryRecord {
    pub(crate) provider: RepositoryProvider,
    /// `owner/name`.
    pub(crate) name: String,
    pub(crate) connection_arn: String,
    encryption_key: Option<String>,
    origin: Origin,
}

impl Record for RepositoryRecord {
    const KIND: &'static str = "repository";

    fn key(&self) -> String {
        resource(&self.provider, &self.name)
    }
}

/// The end of a repository's ARN, such as `repository/github:me/web`.
pub(crate) fn resource(provider: &RepositoryProvider, name: &str) -> String {
    Resource::Repository { provider: provider.as_str().to_lowercase(), name: name.to_owned() }.to_string()
}

/// A repository that was linked.
///
/// # Errors
/// It was not.
pub(crate) fn find(reader: &Reader<'_>, provider: &RepositoryProvider, name: &str) -> Result<RepositoryRecord, Fault> {
    let resource = resource(provider, name);
    reader.require(&resource, &resource)
}

/// A branch of a repository that was linked.
///
/// # Errors
/// It was not.
pub(crate) fn branch(reader: &Reader<'_>, branch: RepositoryBranchInput) -> Result<RepositoryBranch, Fault> {
    let record = find(reader, &branch.provider, &branch.name)?;
    let builder = RepositoryBranch::builder().arn(reader.arn(&record.key())).name(record.name);
    Ok(builder.provider(record.provider).branch(branch.branch).build()?)
}

/// Links one, or answers with the link that the same request made.
pub(crate) fn create_repository(
    writer: &mut Writer<'_>,
    input: CreateRepositoryInput,
) -> Result<CreateRepositoryOutput, Fault> {
    let origin = Origin::of(&input)?;
    let record = RepositoryRecord {
        provider: required(input.provider, "provider")?,
        name: required(input.name, "name")?,
        connection_arn: required(input.connection_arn, "connectionArn")?,
        encryption_key: input.encryption_key,
        origin,
    };
    if let Some(found) = writer.get::<RepositoryRecord>(&record.key())? {
        found.origin.check_repeat(&record.origin, &format!("The repository {}", found.name))?;
    } else {
        tags::create(writer, &writer.arn(&record.key()), input.tags, &[])?;
        writer.put(&record)?;
    }
    Ok(CreateRepositoryOutput::builder().repository(detail(writer, &record)?).build())
}

/// Reads one.
pub(crate) fn get_repository(reader: &Reader<'_>, input: GetRepositoryInput) -> Result<GetRepositoryOutput, Fault> {
    let record = find(reader, &required(input.provider, "provider")?, &required(input.name, "name")?)?;
    Ok(GetRepositoryOutput::builder().repository(detail(reader, &record)?).build())
}

/// Lists them by provider and name.
pub(crate) fn list_repositories(
    reader: &Reader<'_>,
    input: ListRepositoriesInput,
) -> Result<ListRepositoriesOutput, Fault> {
    let paging = Paging::new(reader, "repositories", input.next_token.as_deref(), input.max_results)?;
    let page = reader.page::<RepositoryRecord>(&paging, |_| true)?;
    let repositories = page.items.iter().map(|record| summary(reader, record)).collect::<Result<_, _>>()?;
    Ok(ListRepositoriesOutput::builder().set_repositories(Some(repositories)).set_next_token(page.next).build()?)
}

/// Unlinks one that nothing uses.
pub(crate) fn delete_repository(
    writer: &mut Writer<'_>,
    input: DeleteRepositoryInput,
) -> Result<DeleteRepositoryOutput, Fault> {
    let key = resource(&required(input.provider, "provider")?, &required(input.name, "name")?);
    let Some(record) = writer.get::<RepositoryRecord>(&key)? else {
        return Ok(DeleteRepositoryOutput::builder().build());
    };
    if let Some(user) = usage::user_of(writer, &key)? {
        return Err(Fault::conflict(format!("The repository {} is in use by {user}.", record.name)));
    }
    writer.delete::<RepositoryRecord>(&key)?;
    tags::forget(writer, &writer.arn(&key))?;
    Ok(DeleteRepositoryOutput::builder().repository(detail(writer, &record)?).build())
}

fn detail(reader: &Reader<'_>, record: &RepositoryRecord) -> Result<Repository, Fault> {
    let builder = Repository::builder().arn(reader.arn(&record.key())).name(&record.name);
    let builder = builder.provider(record.provider.clone()).connection_arn(&record.connection_arn);
    Ok(builder.set_encryption_key(record.encryption_key.clone()).build()?)
}

fn summary(reader: &Reader<'_>, record: &RepositoryRecord) -> Result<RepositorySummary, Fault> {
    let builder = RepositorySummary::builder().arn(reader.arn(&record.key())).name(&record.name);
    Ok(builder.provider(record.provider.clone()).connection_arn(&record.connection_arn).build()?)
}

#[cfg(test)]
mod tests;
