//! Template sync, over a linked repository and an environment template.

mod config;
mod sync;

use crate::fault::Fault;
use crate::operations::repositories::create_repository;
use crate::operations::template_sync::create_template_sync_config;
use crate::operations::templates::create_environment_template;
use crate::testkit::Kit;
use proton_sdk::operation::create_environment_template::CreateEnvironmentTemplateInput;
use proton_sdk::operation::create_repository::CreateRepositoryInput;
use proton_sdk::operation::create_template_sync_config::CreateTemplateSyncConfigInput;
use proton_sdk::operation::create_template_sync_config::builders::CreateTemplateSyncConfigInputBuilder;
use proton_sdk::types::{RepositoryProvider, TemplateSyncConfig, TemplateType};

/// A kit with an environment template `net` and a linked repository `me/templates`.
fn kit() -> Kit {
    let kit = Kit::new();
    let template = CreateEnvironmentTemplateInput::builder().name("net").build().unwrap();
    kit.write(create_environment_template, template).unwrap();
    let repository = CreateRepositoryInput::builder().provider(RepositoryProvider::Github).name("me/templates");
    kit.write(create_repository, repository.connection_arn("arn:c").build().unwrap()).unwrap();
    kit
}

/// A configuration that looks below `templates` in a branch.
fn asked(template: &str, branch: &str) -> CreateTemplateSyncConfigInputBuilder {
    CreateTemplateSyncConfigInput::builder()
        .template_name(template)
        .template_type(TemplateType::Environment)
        .repository_provider(RepositoryProvider::Github)
        .repository_name("me/templates")
        .branch(branch)
        .subdirectory("templates")
}

fn create(kit: &Kit, input: CreateTemplateSyncConfigInputBuilder) -> Result<TemplateSyncConfig, Fault> {
    let output = kit.write(create_template_sync_config, input.build().unwrap())?;
    Ok(output.template_sync_config.unwrap())
}
