//! The operations of service templates' versions.

use super::lifecycle::{self, Asked, Change};
use super::{Source, TemplateKind, VersionRecord, fill};
use crate::fault::Fault;
use crate::operations::required;
use crate::store::{Reader, Writer, fingerprint};
use proton_sdk::operation::create_service_template_version::{
    CreateServiceTemplateVersionInput, CreateServiceTemplateVersionOutput,
};
use proton_sdk::operation::delete_service_template_version::{
    DeleteServiceTemplateVersionInput, DeleteServiceTemplateVersionOutput,
};
use proton_sdk::operation::get_service_template_version::{
    GetServiceTemplateVersionInput, GetServiceTemplateVersionOutput,
};
use proton_sdk::operation::list_service_template_versions::{
    ListServiceTemplateVersionsInput, ListServiceTemplateVersionsOutput,
};
use proton_sdk::operation::update_service_template_version::{
    UpdateServiceTemplateVersionInput, UpdateServiceTemplateVersionOutput,
};
use proton_sdk::types::{ServiceTemplateVersion, ServiceTemplateVersionSummary};

const KIND: TemplateKind = TemplateKind::Service;

/// Registers a bundle as the next version, or answers with the one that the same token made.
pub(crate) fn create_service_template_version(
    writer: &mut Writer<'_>,
    mut input: CreateServiceTemplateVersionInput,
) -> Result<CreateServiceTemplateVersionOutput, Fault> {
    let token = input.client_token.take();
    let request = fingerprint(&input)?;
    let asked = Asked {
        template: required(input.template_name, "templateName")?,
        major: input.major_version,
        description: input.description,
        source: Source::try_from(required(input.source, "source")?)?,
        tags: input.tags,
        compatible: required(input.compatible_environment_templates, "compatibleEnvironmentTemplates")?,
        component_sources: input.supported_component_sources,
    };
    let version = lifecycle::create(writer, KIND, token.as_deref(), &request, asked)?;
    let version = detail(writer, &version)?;
    Ok(CreateServiceTemplateVersionOutput::builder().service_template_version(version).build())
}

/// Reads one.
pub(crate) fn get_service_template_version(
    reader: &Reader<'_>,
    input: GetServiceTemplateVersionInput,
) -> Result<GetServiceTemplateVersionOutput, Fault> {
    let template = required(input.template_name, "templateName")?;
    let major = required(input.major_version, "majorVersion")?;
    let minor = required(input.minor_version, "minorVersion")?;
    let version = detail(reader, &super::find(reader, KIND, &template, &major, &minor)?)?;
    Ok(GetServiceTemplateVersionOutput::builder().service_template_version(version).build())
}

/// Lists the minors of a major, or the majors.
pub(crate) fn list_service_template_versions(
    reader: &Reader<'_>,
    input: ListServiceTemplateVersionsInput,
) -> Result<ListServiceTemplateVersionsOutput, Fault> {
    let template = required(input.template_name, "templateName")?;
    let (major, token) = (input.major_version.as_deref(), input.next_token.as_deref());
    let page = super::list(reader, KIND, &template, major, token, input.max_results)?;
    let versions = page.items.iter().map(|version| summary(reader, version)).collect::<Result<_, _>>()?;
    let builder = ListServiceTemplateVersionsOutput::builder().set_template_versions(Some(versions));
    Ok(builder.set_next_token(page.next).build()?)
}

/// Changes what is said about one, or publishes it.
pub(crate) fn update_service_template_version(
    writer: &mut Writer<'_>,
    input: UpdateServiceTemplateVersionInput,
) -> Result<UpdateServiceTemplateVersionOutput, Fault> {
    let template = required(input.template_name, "templateName")?;
    let major = required(input.major_version, "majorVersion")?;
    let minor = required(input.minor_version, "minorVersion")?;
    let change = Change {
        description: input.description,
        status: input.status,
        compatible: input.compatible_environment_templates,
        component_sources: input.supported_component_sources,
    };
    let version = lifecycle::update(writer, KIND, (&template, &major, &minor), change)?;
    let version = detail(writer, &version)?;
    Ok(UpdateServiceTemplateVersionOutput::builder().service_template_version(version).build())
}

/// Removes one that nothing depends on.
pub(crate) fn delete_service_template_version(
    writer: &mut Writer<'_>,
    input: DeleteServiceTemplateVersionInput,
) -> Result<DeleteServiceTemplateVersionOutput, Fault> {
    let template = required(input.template_name, "templateName")?;
    let major = required(input.major_version, "majorVersion")?;
    let minor = required(input.minor_version, "minorVersion")?;
    let deleted = lifecycle::delete(writer, KIND, (&template, &major, &minor))?;
    let version = deleted.map(|version| detail(writer, &version)).transpose()?;
    Ok(DeleteServiceTemplateVersionOutput::builder().set_service_template_version(version).build())
}

fn detail(reader: &Reader<'_>, version: &VersionRecord) -> Result<ServiceTemplateVersion, Fault> {
    let builder = fill!(ServiceTemplateVersion::builder(), reader, version);
    let builder = builder.set_schema(version.schema.clone());
    let builder = builder.set_compatible_environment_templates(Some(version.compatible.clone()));
    Ok(builder.set_supported_component_sources(version.component_sources.clone()).build()?)
}

fn summary(reader: &Reader<'_>, version: &VersionRecord) -> Result<ServiceTemplateVersionSummary, Fault> {
    Ok(fill!(ServiceTemplateVersionSummary::builder(), reader, version).build()?)
}
