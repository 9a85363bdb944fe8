//! The operations of environment templates' versions.

use super::lifecycle::{self, Asked, Change};
use super::{Source, TemplateKind, VersionRecord, fill};
use crate::fault::Fault;
use crate::operations::required;
use crate::store::{Reader, Writer, fingerprint};
use proton_sdk::operation::create_environment_template_version::{
    CreateEnvironmentTemplateVersionInput, CreateEnvironmentTemplateVersionOutput,
};
use proton_sdk::operation::delete_environment_template_version::{
    DeleteEnvironmentTemplateVersionInput, DeleteEnvironmentTemplateVersionOutput,
};
use proton_sdk::operation::get_environment_template_version::{
    GetEnvironmentTemplateVersionInput, GetEnvironmentTemplateVersionOutput,
};
use proton_sdk::operation::list_environment_template_versions::{
    ListEnvironmentTemplateVersionsInput, ListEnvironmentTemplateVersionsOutput,
};
use proton_sdk::operation::update_environment_template_version::{
    UpdateEnvironmentTemplateVersionInput, UpdateEnvironmentTemplateVersionOutput,
};
use proton_sdk::types::{EnvironmentTemplateVersion, EnvironmentTemplateVersionSummary};

const KIND: TemplateKind = TemplateKind::Environment;

/// Registers a bundle as the next version, or answers with the one that the same token made.
pub(crate) fn create_environment_template_version(
    writer: &mut Writer<'_>,
    mut input: CreateEnvironmentTemplateVersionInput,
) -> Result<CreateEnvironmentTemplateVersionOutput, Fault> {
    let token = input.client_token.take();
    let request = fingerprint(&input)?;
    let asked = Asked {
        template: required(input.template_name, "templateName")?,
        major: input.major_version,
        description: input.description,
        source: Source::try_from(required(input.source, "source")?)?,
        tags: input.tags,
        compatible: Vec::new(),
        component_sources: None,
    };
    let version = lifecycle::create(writer, KIND, token.as_deref(), &request, asked)?;
    let version = detail(writer, &version)?;
    Ok(CreateEnvironmentTemplateVersionOutput::builder().environment_template_version(version).build())
}

/// Reads one.
pub(crate) fn get_environment_template_version(
    reader: &Reader<'_>,
    input: GetEnvironmentTemplateVersionInput,
) -> Result<GetEnvironmentTemplateVersionOutput, Fault> {
    let template = required(input.template_name, "templateName")?;
    let major = required(input.major_version, "majorVersion")?;
    let minor = required(input.minor_version, "minorVersion")?;
    let version = detail(reader, &super::find(reader, KIND, &template, &major, &minor)?)?;
    Ok(GetEnvironmentTemplateVersionOutput::builder().environment_template_version(version).build())
}

/// Lists the minors of a major, or the majors.
pub(crate) fn list_environment_template_versions(
    reader: &Reader<'_>,
    input: ListEnvironmentTemplateVersionsInput,
) -> Result<ListEnvironmentTemplateVersionsOutput, Fault> {
    let template = required(input.template_name, "templateName")?;
    let (major, token) = (input.major_version.as_deref(), input.next_token.as_deref());
    let page = super::list(reader, KIND, &template, major, token, input.max_results)?;
    let versions = page.items.iter().map(|version| summary(reader, version)).collect::<Result<_, _>>()?;
    let builder = ListEnvironmentTemplateVersionsOutput::builder().set_template_versions(Some(versions));
    Ok(builder.set_next_token(page.next).build()?)
}

/// Changes the text about one, or publishes it.
pub(crate) fn update_environment_template_version(
    writer: &mut Writer<'_>,
    input: UpdateEnvironmentTemplateVersionInput,
) -> Result<UpdateEnvironmentTemplateVersionOutput, Fault> {
    let template = required(input.template_name, "templateName")?;
    let major = required(input.major_version, "majorVersion")?;
    let minor = required(input.minor_version, "minorVersion")?;
    let change = Change { description: input.description, status: input.status, ..Change::default() };
    let version = lifecycle::update(writer, KIND, (&template, &major, &minor), change)?;
    let version = detail(writer, &version)?;
    Ok(UpdateEnvironmentTemplateVersionOutput::builder().environment_template_version(version).build())
}

/// Removes one that nothing depends on.
pub(crate) fn delete_environment_template_version(
    writer: &mut Writer<'_>,
    input: DeleteEnvironmentTemplateVersionInput,
) -> Result<DeleteEnvironmentTemplateVersionOutput, Fault> {
    let template = required(input.template_name, "templateName")?;
    let major = required(input.major_version, "majorVersion")?;
    let minor = required(input.minor_version, "minorVersion")?;
    let deleted = lifecycle::delete(writer, KIND, (&template, &major, &minor))?;
    let version = deleted.map(|version| detail(writer, &version)).transpose()?;
    Ok(DeleteEnvironmentTemplateVersionOutput::builder().set_environment_template_version(version).build())
}

fn detail(reader: &Reader<'_>, version: &VersionRecord) -> Result<EnvironmentTemplateVersion, Fault> {
    let builder = fill!(EnvironmentTemplateVersion::builder(), reader, version);
    Ok(builder.set_schema(version.schema.clone()).build()?)
}

fn summary(reader: &Reader<'_>, version: &VersionRecord) -> Result<EnvironmentTemplateVersionSummary, Fault> {
    Ok(fill!(EnvironmentTemplateVersionSummary::builder(), reader, version).build()?)
}
