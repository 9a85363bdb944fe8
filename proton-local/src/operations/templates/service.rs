//! The operations of service templates.

use super::super::{Origin, required};
use super::{Asked, TemplateKind, TemplateRecord, fill};
use crate::fault::Fault;
use crate::store::{Reader, Writer};
use proton_sdk::operation::create_service_template::{CreateServiceTemplateInput, CreateServiceTemplateOutput};
use proton_sdk::operation::delete_service_template::{DeleteServiceTemplateInput, DeleteServiceTemplateOutput};
use proton_sdk::operation::get_service_template::{GetServiceTemplateInput, GetServiceTemplateOutput};
use proton_sdk::operation::list_service_templates::{ListServiceTemplatesInput, ListServiceTemplatesOutput};
use proton_sdk::operation::update_service_template::{UpdateServiceTemplateInput, UpdateServiceTemplateOutput};
use proton_sdk::types::{ServiceTemplate, ServiceTemplateSummary};

const KIND: TemplateKind = TemplateKind::Service;

/// Creates one, or answers with the one that the same request made.
pub(crate) fn create_service_template(
    writer: &mut Writer<'_>,
    input: CreateServiceTemplateInput,
) -> Result<CreateServiceTemplateOutput, Fault> {
    let origin = Origin::of(&input)?;
    let asked = Asked {
        name: required(input.name, "name")?,
        display_name: input.display_name,
        description: input.description,
        encryption_key: input.encryption_key,
        provisioning: input.pipeline_provisioning,
        tags: input.tags,
    };
    let record = super::create(writer, KIND, origin, asked)?;
    Ok(CreateServiceTemplateOutput::builder().service_template(detail(writer, &record)?).build())
}

/// Reads one.
pub(crate) fn get_service_template(
    reader: &Reader<'_>,
    input: GetServiceTemplateInput,
) -> Result<GetServiceTemplateOutput, Fault> {
    let record = super::find(reader, KIND, &required(input.name, "name")?)?;
    Ok(GetServiceTemplateOutput::builder().service_template(detail(reader, &record)?).build())
}

/// Lists them by name.
pub(crate) fn list_service_templates(
    reader: &Reader<'_>,
    input: ListServiceTemplatesInput,
) -> Result<ListServiceTemplatesOutput, Fault> {
    let page = super::list(reader, KIND, input.next_token.as_deref(), input.max_results)?;
    let templates = page.items.iter().map(|record| summary(reader, record)).collect::<Result<_, _>>()?;
    Ok(ListServiceTemplatesOutput::builder().set_templates(Some(templates)).set_next_token(page.next).build()?)
}

/// Changes the texts about one.
pub(crate) fn update_service_template(
    writer: &mut Writer<'_>,
    input: UpdateServiceTemplateInput,
) -> Result<UpdateServiceTemplateOutput, Fault> {
    let name = required(input.name, "name")?;
    let record = super::update(writer, KIND, &name, input.display_name, input.description)?;
    Ok(UpdateServiceTemplateOutput::builder().service_template(detail(writer, &record)?).build())
}

/// Removes one that has no versions.
pub(crate) fn delete_service_template(
    writer: &mut Writer<'_>,
    input: DeleteServiceTemplateInput,
) -> Result<DeleteServiceTemplateOutput, Fault> {
    let deleted = super::delete(writer, KIND, &required(input.name, "name")?)?;
    let template = deleted.map(|record| detail(writer, &record)).transpose()?;
    Ok(DeleteServiceTemplateOutput::builder().set_service_template(template).build())
}

fn detail(reader: &Reader<'_>, record: &TemplateRecord) -> Result<ServiceTemplate, Fault> {
    let builder = fill!(ServiceTemplate::builder(), reader, record);
    let builder = builder.set_encryption_key(record.encryption_key.clone());
    Ok(builder.set_pipeline_provisioning(record.provisioning.clone()).build()?)
}

fn summary(reader: &Reader<'_>, record: &TemplateRecord) -> Result<ServiceTemplateSummary, Fault> {
    let builder = fill!(ServiceTemplateSummary::builder(), reader, record);
    Ok(builder.set_pipeline_provisioning(record.provisioning.clone()).build()?)
}
