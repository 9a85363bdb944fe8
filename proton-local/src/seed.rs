//! `proton-local seed`: fills a server with a demo, from templates to a running service.
//!
//! Everything goes through the API, as a team's own program would do it. Names and client tokens are fixed, so a second run
//! finds what the first one made and changes nothing.

use proton_sdk::client::Waiters;
use proton_sdk::types::{
    CompatibleEnvironmentTemplateInput, S3ObjectSource, ServiceTemplateSupportedComponentSourceType, Tag,
    TemplateVersionSourceInput, TemplateVersionStatus,
};
use proton_sdk::{Client, Error};
use std::time::Duration;

const ROLE: &str = "arn:aws:iam::123456789012:role/proton-demo";
const CONNECTION: &str = "arn:aws:codestar-connections:us-east-1:123456789012:connection/demo";
const ENVIRONMENT_SPEC: &str = "proton: EnvironmentSpec\nspec:\n  zones: 2\n";
const SERVICE_SPEC: &str = "\
proton: ServiceSpec
pipeline:
  test_command: make check
instances:
  - name: blue
    environment: staging
    spec: {copies: 2}
  - name: green
    environment: staging
    spec: {copies: 1, size: large}
";
/// How long each step may take; a server at its usual speed needs less than a minute.
const PATIENCE: Duration = Duration::from_secs(300);

/// Makes the demo; `say` gets a line for each thing that is there.
///
/// # Errors
/// The first call that fails, or a wait that is not met.
pub async fn seed(client: &Client, mut say: impl FnMut(&str)) -> Result<(), Error> {
    client.create_environment_template().name("network").display_name("Network").send().await?;
    let create = client.create_environment_template_version().template_name("network").client_token("demo-network");
    create.source(bundle("environment.tar.gz")?).send().await?;
    let registered = client.wait_until_environment_template_version_registered();
    registered.template_name("network").major_version("1").minor_version("0").wait(PATIENCE).await?;
    let publish = client.update_environment_template_version().template_name("network");
    publish.major_version("1").minor_version("0").status(TemplateVersionStatus::Published).send().await?;
    say("environment template network, version 1.0 published");

    client.create_service_template().name("web").display_name("Web service").send().await?;
    let network = CompatibleEnvironmentTemplateInput::builder().template_name("network").major_version("1").build()?;
    let create = client.create_service_template_version().template_name("web").client_token("demo-web");
    let create = create.supported_component_sources(ServiceTemplateSupportedComponentSourceType::DirectlyDefined);
    let create = create.compatible_environment_templates(network).source(bundle("service.tar.gz")?);
    create.send().await?;
    let registered = client.wait_until_service_template_version_registered();
    registered.template_name("web").major_version("1").minor_version("0").wait(PATIENCE).await?;
    let publish = client.update_service_template_version().template_name("web");
    publish.major_version("1").minor_version("0").status(TemplateVersionStatus::Published).send().await?;
    say("service template web, version 1.0 published");

    let create = client.create_environment().name("staging").template_name("network").template_major_version("1");
    let create = create.proton_service_role_arn(ROLE).component_role_arn(ROLE).spec(ENVIRONMENT_SPEC);
    create.tags(Tag::builder().key("team").value("shop").build()?).send().await?;
    client.wait_until_environment_deployed().name("staging").wait(PATIENCE).await?;
    say("environment staging, deployed");

    client.update_account_settings().pipeline_service_role_arn(ROLE).send().await?;
    let create = client.create_service().name("shop").template_name("web").template_major_version("1");
    let create = create.repository_connection_arn(CONNECTION).repository_id("acme/shop").branch_name("main");
    create.spec(SERVICE_SPEC).send().await?;
    client.wait_until_service_created().name("shop").wait(PATIENCE).await?;
    say("service shop, active: instances blue and green, and a pipeline");
    Ok(())
}

fn bundle(key: &str) -> Result<TemplateVersionSourceInput, Error> {
    let object = S3ObjectSource::builder().bucket(crate::demo::BUCKET).key(key).build()?;
    Ok(TemplateVersionSourceInput::S3(object))
}
