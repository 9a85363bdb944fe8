//! The operations of environment templates.

use super::super::{Origin, required};
use super::{Asked, TemplateKind, TemplateRecord, fill};
use crate::fault::Fault;
use crate::store::{Reader, Writer};
use proton_sdk::operation::create_environment_template::{
    CreateEnvironmentTemplateInput, CreateEnvironmentTemplateOutput,
};
use proton_sdk::operation::delete_environment_template::{
    DeleteEnvironmentTemplateInput, DeleteEnvironmentTemplateOutput,
};
use proton_sdk::operation::get_environment_template::{GetEnvironmentTemplateInput, GetEnvironmentTemplateOutput};
use proton_sdk::operation::list_environment_templates::{
    ListEnvironmentTemplatesInput, ListEnvironmentTemplatesOutput,
};
use proton_sdk::operation::update_environment_template::{
    UpdateEnvironmentTemplateInput, UpdateEnvironmentTemplateOutput,
};
use proton_sdk::types::{EnvironmentTemplate, EnvironmentTemplateSummary};

const KIND: TemplateKind = TemplateKind::Environment;

/// Creates one, or answers with the one that the same request made.
pub(crate) fn create_environment_template(
    writer: &mut Writer<'_>,
    input: CreateEnvironmentTemplateInput,
) -> Result<CreateEnvironmentTemplateOutput, Fault> {
    let origin = Origin::of(&input)?;
    let asked = Asked {
        name: required(input.name, "name")?,
        display_name: input.display_name,
        description: input.description,
        encryption_key: input.encryption_key,
        provisioning: input.provisioning,
        tags: input.tags,
    };
    let record = super::create(writer, KIND, origin, asked)?;
    Ok(CreateEnvironmentTemplateOutput::builder().environment_template(detail(writer, &record)?).build())
}

/// Reads one.
pub(crate) fn get_environment_template(
    reader: &Reader<'_>,
    input: GetEnvironmentTemplateInput,
) -> Result<GetEnvironmentTemplateOutput, Fault> {
    let record = super::find(reader, KIND, &required(input.name, "name")?)?;
    Ok(GetEnvironmentTemplateOutput::builder().environment_template(detail(reader, &record)?).build())
}

/// Lists them by name.
pub(crate) fn list_environment_templates(
    reader: &Reader<'_>,
    input: ListEnvironmentTemplatesInput,
) -> Result<ListEnvironmentTemplatesOutput, Fault> {
    let page = super::list(reader, KIND, input.next_token.as_deref(), input.max_results)?;
    let templates = page.items.iter().map(|record| summary(reader, record)).collect::<Result<_, _>>()?;
    Ok(ListEnvironmentTemplatesOutput::builder().set_templates(Some(templates)).set_next_token(page.next).build()?)
}

/// Changes the texts about one.
pub(crate) fn update_environment_template(
    writer: &mut Writer<'_>,
    input: UpdateEnvironmentTemplateInput,
) -> Result<UpdateEnvironmentTemplateOutput, Fault> {
    let name = required(input.name, "name")?;
    let record = super::update(writer, KIND, &name, input.display_name, input.description)?;
    Ok(UpdateEnvironmentTemplateOutput::builder().environment_template(detail(writer, &record)?).build())
}

/// Removes one that has no versions.
pub(crate) fn delete_environment_template(
    writer: &mut Writer<'_>,
    input: DeleteEnvironmentTemplateInput,
) -> Result<DeleteEnvironmentTemplateOutput, Fault> {
    let deleted = super::delete(writer, KIND, &required(input.name, "name")?)?;
    let template = deleted.map(|record| detail(writer, &record)).transpose()?;
    Ok(DeleteEnvironmentTemplateOutput::builder().set_environment_template(template).build())
}

fn detail(reader: &Reader<'_>, record: &TemplateRecord) -> Result<EnvironmentTemplate, Fault> {
    let builder = fill!(EnvironmentTemplate::builder(), reader, record);
    let builder = builder.set_encryption_key(record.encryption_key.clone());
    Ok(builder.set_provisioning(record.provisioning.clone()).build()?)
}

fn summary(reader: &Reader<'_>, record: &TemplateRecord) -> Result<EnvironmentTemplateSummary, Fault> {
    let builder = fill!(EnvironmentTemplateSummary::builder(), reader, record);
    Ok(builder.set_provisioning(record.provisioning.clone()).build()?)
}
