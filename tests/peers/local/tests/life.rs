//! The official SDK, with its own waiters and paginators, takes a service through its life on proton-local.

use aws_sdk_proton::Client;
use aws_sdk_proton::client::Waiters;
use aws_sdk_proton::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_proton::types::{
    CompatibleEnvironmentTemplateInput, DeploymentUpdateType, EnvironmentAccountConnectionStatus, S3ObjectSource,
    TemplateVersionSourceInput, TemplateVersionStatus,
};
use proton_local::ProtonLocal;
use std::time::Duration;

const ROLE: &str = "arn:aws:iam::123456789012:role/proton";
const CONNECTION: &str = "arn:aws:codestar-connections:us-east-1:123456789012:connection/demo";
const WAIT: Duration = Duration::from_secs(60);

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

fn client(server: &ProtonLocal, account: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(server.endpoint_url())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new(account, "secret", None, None, "test"));
    Client::from_conf(config.build())
}

fn demo(key: &str) -> Result<TemplateVersionSourceInput> {
    let object = S3ObjectSource::builder().bucket("proton-local-demo").key(key).build()?;
    Ok(TemplateVersionSourceInput::S3(object))
}

fn spec(copies: u32) -> String {
    let instance = |name: &str| format!("  - {{name: {name}, environment: staging, spec: {{copies: {copies}}}}}\n");
    format!("proton: ServiceSpec\npipeline: {{}}\ninstances:\n{}{}", instance("blue"), instance("green"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_lives_and_goes() -> Result {
    let server = ProtonLocal::builder().speed(100.0).start().await?;
    let proton = client(&server, "123456789012");
    templates(&proton).await?;

    let create = || {
        let create = proton.create_environment().name("staging").template_name("net").template_major_version("1");
        create.proton_service_role_arn(ROLE)
    };
    create().spec("proton: EnvironmentSpec\nspec: {zones: 2}\n").send().await?;
    let refused = create().spec("proton: EnvironmentSpec\nspec: {zones: 3}\n").send().await.unwrap_err();
    assert!(refused.as_service_error().is_some_and(|error| error.is_validation_exception()), "{refused:?}");
    proton.wait_until_environment_deployed().name("staging").wait(WAIT).await?;
    proton.update_account_settings().pipeline_service_role_arn(ROLE).send().await?;

    let create = || {
        let create = proton.create_service().name("shop").template_name("web").template_major_version("1");
        let create = create.repository_connection_arn(CONNECTION).repository_id("acme/web").branch_name("main");
        create.spec(spec(1)).send()
    };
    create().await?;
    create().await?;
    proton.wait_until_service_created().name("shop").wait(WAIT).await?;
    let mut pages = proton.list_service_instances().into_paginator().page_size(1).send();
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        names.extend(page?.service_instances.into_iter().map(|instance| instance.name));
    }
    assert_eq!(names, ["blue", "green"]);

    let update = proton.update_service_instance().service_name("shop").name("blue").spec(spec(3));
    update.deployment_type(DeploymentUpdateType::CurrentVersion).send().await?;
    proton.wait_until_service_instance_deployed().service_name("shop").name("blue").wait(WAIT).await?;
    proton.update_service().name("shop").description("changed").send().await?;
    let refused = create().await.unwrap_err();
    assert!(refused.as_service_error().is_some_and(|error| error.is_conflict_exception()), "{refused:?}");

    proton.delete_service().name("shop").send().await?;
    proton.wait_until_service_deleted().name("shop").wait(WAIT).await?;
    let gone = proton.get_service().name("shop").send().await.unwrap_err();
    assert!(gone.as_service_error().is_some_and(|error| error.is_resource_not_found_exception()), "{gone:?}");
    assert!(proton.delete_service().name("shop").send().await?.service.is_none(), "gone, and said so");
    Ok(())
}

async fn templates(proton: &Client) -> Result {
    proton.create_environment_template().name("net").send().await?;
    let create = || proton.create_environment_template_version().template_name("net").client_token("net");
    let made = create().source(demo("environment.tar.gz")?).send().await?.environment_template_version;
    let again = create().source(demo("environment.tar.gz")?).send().await?.environment_template_version;
    assert_eq!(made.map(|made| made.arn), again.map(|again| again.arn));
    let registered = proton.wait_until_environment_template_version_registered();
    registered.template_name("net").major_version("1").minor_version("0").wait(WAIT).await?;
    let publish = proton.update_environment_template_version().template_name("net").major_version("1");
    publish.minor_version("0").status(TemplateVersionStatus::Published).send().await?;

    proton.create_service_template().name("web").send().await?;
    let net = CompatibleEnvironmentTemplateInput::builder().template_name("net").major_version("1").build()?;
    let create = proton.create_service_template_version().template_name("web").compatible_environment_templates(net);
    create.source(demo("service.tar.gz")?).send().await?;
    let registered = proton.wait_until_service_template_version_registered();
    registered.template_name("web").major_version("1").minor_version("0").wait(WAIT).await?;
    let publish = proton.update_service_template_version().template_name("web").major_version("1");
    publish.minor_version("0").status(TemplateVersionStatus::Published).send().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_accounts_share_an_environment() -> Result {
    let server = ProtonLocal::start().await?;
    let (management, member) = (client(&server, "123456789012"), client(&server, "210987654321"));
    let create = member.create_environment_account_connection().management_account_id("123456789012");
    let made = create.environment_name("shared").role_arn(ROLE).send().await?.environment_account_connection;
    let id = made.ok_or("an answer has the connection")?.id;
    let accepted = management.accept_environment_account_connection().id(&id).send().await?;
    let status = accepted.environment_account_connection.map(|connection| connection.status);
    assert_eq!(status, Some(EnvironmentAccountConnectionStatus::Connected));
    let denied = member.reject_environment_account_connection().id(&id).send().await.unwrap_err();
    assert!(denied.as_service_error().is_some_and(|error| error.is_access_denied_exception()), "{denied:?}");
    Ok(())
}
