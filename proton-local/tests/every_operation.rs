//! Our own client calls every operation of the API on a running server, in the order in which a team would.

mod process;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextRef;
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use process::Process;
use proton_sdk::Client;
use proton_sdk::client::Waiters;
use proton_sdk::config::{Config, Credentials, Region};
use proton_sdk::types::{
    CompatibleEnvironmentTemplateInput, ComponentDeploymentUpdateType, DeploymentUpdateType,
    EnvironmentAccountConnectionRequesterAccountType, RepositoryBranchInput, RepositoryProvider,
    ResourceDeploymentStatus, S3ObjectSource, ServiceTemplateSupportedComponentSourceType, SyncType, Tag, TemplateType,
    TemplateVersionSourceInput, TemplateVersionStatus,
};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const ROLE: &str = "arn:aws:iam::123456789012:role/proton";
const CONNECTION: &str = "arn:aws:codestar-connections:us-east-1:123456789012:connection/demo";
const WAIT: Duration = Duration::from_secs(60);
const COMPONENT_MANIFEST: &str = "infrastructure:\n  templates:\n    - rendering_engine: jinja\n      \
    template_language: cloudformation\n      file: queue.yaml\n";
const COMPONENT_FILE: &str = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\nOutputs:\n  Queue:\n    Value: queue\n";

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Which operations were answered, and which of these with an error.
#[derive(Clone, Debug, Default)]
struct Reached(Arc<Mutex<BTreeSet<String>>>);

impl Intercept for Reached {
    fn name(&self) -> &'static str {
        "Reached"
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> std::result::Result<(), BoxError> {
        if let (Some(metadata), Some(_)) = (bag.load::<Metadata>(), context.response()) {
            self.0.lock().expect("nobody panicked").insert(metadata.name().to_owned());
        }
        Ok(())
    }
}

#[tokio::test]
async fn every_operation_is_reached() -> Result {
    let server = Process::start(&["--ephemeral", "--speed", "1000"])?;
    let reached = Reached::default();
    let client = |account: &str| {
        let config = Config::builder()
            .endpoint_url(server.url())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new(account, "secret", None, None, "test"))
            .interceptor(reached.clone());
        Client::from_conf(config.build())
    };
    let management = client("123456789012");
    let member = client("210987654321");
    templates(&management).await?;
    repositories(&management).await?;
    connections(&management, &member).await?;
    environments(&management).await?;
    services(&management).await?;
    components(&management).await?;
    syncs(&management).await?;
    deployments(&management).await?;
    farewell(&management).await?;

    let model = include_str!("../../model/proton.json");
    let model: serde_json::Value = serde_json::from_str(model)?;
    let shapes = model["shapes"].as_object().ok_or("a model has shapes")?;
    let operations = shapes.iter().filter(|(_, shape)| shape["type"] == "operation");
    let all: BTreeSet<_> = operations.map(|(id, _)| id.rsplit('#').next().unwrap_or(id).to_owned()).collect();
    let reached = reached.0.lock().expect("nobody panicked");
    for operation in &*reached {
        println!("{operation}");
    }
    println!("{} of {} operations reached", reached.len(), all.len());
    assert_eq!(all.difference(&reached).collect::<Vec<_>>(), Vec::<&String>::new(), "not reached");
    Ok(())
}

fn demo(key: &str) -> Result<TemplateVersionSourceInput> {
    let object = S3ObjectSource::builder().bucket("proton-local-demo").key(key).build()?;
    Ok(TemplateVersionSourceInput::S3(object))
}

async fn templates(proton: &Client) -> Result {
    proton.create_environment_template().name("net").display_name("Network").send().await?;
    proton.update_environment_template().name("net").description("The team's network").send().await?;
    proton
        .create_environment_template_version()
        .template_name("net")
        .source(demo("environment.tar.gz")?)
        .send()
        .await?;
    let registered = proton.wait_until_environment_template_version_registered();
    registered.template_name("net").major_version("1").minor_version("0").wait(WAIT).await?;
    let publish = proton.update_environment_template_version().template_name("net").major_version("1");
    publish.minor_version("0").status(TemplateVersionStatus::Published).send().await?;
    let version = proton.get_environment_template_version().template_name("net").major_version("1").minor_version("0");
    assert!(version.send().await?.environment_template_version.is_some_and(|version| version.schema.is_some()));
    let found = proton.get_environment_template().name("net").send().await?;
    assert_eq!(found.environment_template.and_then(|found| found.recommended_version).as_deref(), Some("1.0"));
    assert_eq!(proton.list_environment_templates().send().await?.templates.len(), 1);
    assert_eq!(
        proton.list_environment_template_versions().template_name("net").send().await?.template_versions.len(),
        1
    );

    proton.create_service_template().name("web").send().await?;
    proton.update_service_template().name("web").description("A web service").send().await?;
    let compatible = CompatibleEnvironmentTemplateInput::builder().template_name("net").major_version("1").build()?;
    let create = proton.create_service_template_version().template_name("web").source(demo("service.tar.gz")?);
    let create = create.supported_component_sources(ServiceTemplateSupportedComponentSourceType::DirectlyDefined);
    create.compatible_environment_templates(compatible).send().await?;
    let registered = proton.wait_until_service_template_version_registered();
    registered.template_name("web").major_version("1").minor_version("0").wait(WAIT).await?;
    let publish = proton.update_service_template_version().template_name("web").major_version("1").minor_version("0");
    publish.status(TemplateVersionStatus::Published).send().await?;
    proton.get_service_template_version().template_name("web").major_version("1").minor_version("0").send().await?;
    proton.get_service_template().name("web").send().await?;
    assert_eq!(proton.list_service_templates().send().await?.templates.len(), 1);
    assert_eq!(proton.list_service_template_versions().template_name("web").send().await?.template_versions.len(), 1);
    Ok(())
}

async fn repositories(proton: &Client) -> Result {
    let create = proton.create_repository().provider(RepositoryProvider::Github).name("acme/web");
    create.connection_arn(CONNECTION).send().await?;
    proton.get_repository().provider(RepositoryProvider::Github).name("acme/web").send().await?;
    assert_eq!(proton.list_repositories().send().await?.repositories.len(), 1);
    let branch = RepositoryBranchInput::builder().provider(RepositoryProvider::Github).name("acme/web").branch("main");
    let settings = proton.update_account_settings().pipeline_provisioning_repository(branch.build()?);
    settings.pipeline_service_role_arn(ROLE).send().await?;
    let settings = proton.get_account_settings().send().await?.account_settings;
    assert_eq!(settings.and_then(|settings| settings.pipeline_service_role_arn).as_deref(), Some(ROLE));
    Ok(())
}

async fn connections(management: &Client, member: &Client) -> Result {
    for (name, accept) in [("shared", true), ("unwanted", false)] {
        let create = member.create_environment_account_connection().management_account_id("123456789012");
        let made = create.environment_name(name).role_arn(ROLE).send().await?.environment_account_connection;
        let id = made.ok_or("an answer has the connection")?.id;
        let update = member.update_environment_account_connection().id(&id);
        update.component_role_arn(ROLE).role_arn(ROLE).send().await?;
        if accept {
            management.accept_environment_account_connection().id(&id).send().await?;
        } else {
            management.reject_environment_account_connection().id(&id).send().await?;
            member.delete_environment_account_connection().id(&id).send().await?;
            continue;
        }
        management.get_environment_account_connection().id(&id).send().await?;
    }
    let received = management.list_environment_account_connections();
    let received = received.requested_by(EnvironmentAccountConnectionRequesterAccountType::ManagementAccount);
    assert_eq!(received.send().await?.environment_account_connections.len(), 1);
    Ok(())
}

async fn environments(proton: &Client) -> Result {
    let create = proton.create_environment().name("staging").template_name("net").template_major_version("1");
    let create = create.proton_service_role_arn(ROLE).component_role_arn(ROLE);
    create.spec("proton: EnvironmentSpec\nspec: {zones: 2}\n").send().await?;
    proton.wait_until_environment_deployed().name("staging").wait(WAIT).await?;
    let update = proton.update_environment().name("staging").deployment_type(DeploymentUpdateType::CurrentVersion);
    update.spec("proton: EnvironmentSpec\nspec: {zones: 3}\n").send().await?;
    // Whether it is still under way is the machine's to say; both answers are the service's.
    if let Err(error) = proton.cancel_environment_deployment().environment_name("staging").send().await {
        assert!(error.as_service_error().is_some_and(proton_sdk::Error::is_conflict_exception), "{error}");
    }
    wait_until_idle(proton).await?;
    proton.get_environment().name("staging").send().await?;
    assert_eq!(proton.list_environments().send().await?.environments.len(), 1);
    let outputs = proton.list_environment_outputs().environment_name("staging").send().await?.outputs;
    assert_eq!(outputs.first().and_then(|output| output.key.as_deref()), Some("NetworkId"));
    let resources = proton.list_environment_provisioned_resources().environment_name("staging").send().await?;
    assert_eq!(resources.provisioned_resources.len(), 1);
    Ok(())
}

async fn wait_until_idle(proton: &Client) -> Result {
    for _ in 0..600 {
        let environments = proton.list_environments().send().await?.environments;
        if environments.iter().all(|found| {
            !found.deployment_status.as_str().ends_with("ING") && found.deployment_status.as_str() != "IN_PROGRESS"
        }) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err("an environment stays busy".into())
}

fn spec(copies: u32, names: &[&str]) -> String {
    let mut spec = "proton: ServiceSpec\npipeline: {}\ninstances:\n".to_owned();
    for name in names {
        spec += &format!("  - name: {name}\n    environment: staging\n    spec: {{copies: {copies}}}\n");
    }
    spec
}

async fn services(proton: &Client) -> Result {
    let create = proton.create_service().name("shop").template_name("web").template_major_version("1");
    let create = create.repository_connection_arn(CONNECTION).repository_id("acme/web").branch_name("main");
    create.spec(spec(1, &["blue"])).send().await?;
    proton.wait_until_service_created().name("shop").wait(WAIT).await?;
    proton.wait_until_service_pipeline_deployed().name("shop").wait(WAIT).await?;
    proton.update_service().name("shop").spec(spec(1, &["blue", "green"])).send().await?;
    proton.wait_until_service_updated().name("shop").wait(WAIT).await?;
    let create = proton.create_service_instance().service_name("shop").name("red");
    create.spec(spec(1, &["blue", "green", "red"])).send().await?;
    proton.wait_until_service_instance_deployed().service_name("shop").name("red").wait(WAIT).await?;
    let update = proton.update_service_instance().service_name("shop").name("blue");
    let update = update.deployment_type(DeploymentUpdateType::CurrentVersion);
    update.spec(spec(2, &["blue", "green", "red"])).send().await?;
    let cancel = proton.cancel_service_instance_deployment().service_name("shop").service_instance_name("blue");
    if let Err(error) = cancel.send().await {
        assert!(error.as_service_error().is_some_and(proton_sdk::Error::is_conflict_exception), "{error}");
    }
    let update = proton.update_service_pipeline().service_name("shop");
    let update = update.deployment_type(DeploymentUpdateType::CurrentVersion);
    update.spec(spec(2, &["blue", "green", "red"])).send().await?;
    if let Err(error) = proton.cancel_service_pipeline_deployment().service_name("shop").send().await {
        assert!(error.as_service_error().is_some_and(proton_sdk::Error::is_conflict_exception), "{error}");
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    proton.get_service().name("shop").send().await?;
    proton.get_service_instance().service_name("shop").name("blue").send().await?;
    assert_eq!(proton.list_services().send().await?.services.len(), 1);
    assert_eq!(proton.list_service_instances().send().await?.service_instances.len(), 3);
    let outputs = proton.list_service_instance_outputs().service_name("shop").service_instance_name("green");
    assert_eq!(outputs.send().await?.outputs.len(), 1);
    let resources = proton.list_service_instance_provisioned_resources().service_name("shop");
    assert_eq!(resources.service_instance_name("green").send().await?.provisioned_resources.len(), 1);
    proton.list_service_pipeline_outputs().service_name("shop").send().await?;
    proton.list_service_pipeline_provisioned_resources().service_name("shop").send().await?;
    Ok(())
}

async fn components(proton: &Client) -> Result {
    let create = proton.create_component().name("queue").environment_name("staging").manifest(COMPONENT_MANIFEST);
    create.template_file(COMPONENT_FILE).send().await?;
    proton.wait_until_component_deployed().name("queue").wait(WAIT).await?;
    let update = proton.update_component().name("queue").template_file(COMPONENT_FILE);
    update.deployment_type(ComponentDeploymentUpdateType::CurrentVersion).send().await?;
    if let Err(error) = proton.cancel_component_deployment().component_name("queue").send().await {
        assert!(error.as_service_error().is_some_and(proton_sdk::Error::is_conflict_exception), "{error}");
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    proton.get_component().name("queue").send().await?;
    assert_eq!(proton.list_components().send().await?.components.len(), 1);
    assert_eq!(proton.list_component_outputs().component_name("queue").send().await?.outputs.len(), 1);
    proton.list_component_provisioned_resources().component_name("queue").send().await?;
    proton.delete_component().name("queue").send().await?;
    proton.wait_until_component_deleted().name("queue").wait(WAIT).await?;
    Ok(())
}

/// What syncs from Git repositories; a server without one answers that there is nothing.
async fn syncs(proton: &Client) -> Result {
    let github = || RepositoryProvider::Github;
    let create = proton.create_template_sync_config().template_name("net").template_type(TemplateType::Environment);
    create.repository_provider(github()).repository_name("acme/web").branch("main").send().await?;
    let update = proton.update_template_sync_config().template_name("net").template_type(TemplateType::Environment);
    update.repository_provider(github()).repository_name("acme/web").branch("trunk").send().await?;
    let get = proton.get_template_sync_config().template_name("net").template_type(TemplateType::Environment);
    assert_eq!(get.send().await?.template_sync_config.map(|config| config.branch).as_deref(), Some("trunk"));
    let status = proton.get_template_sync_status().template_name("net").template_type(TemplateType::Environment);
    allow_absent(status.template_version("1").send().await)?;
    let status = proton.get_repository_sync_status().repository_provider(github()).repository_name("acme/web");
    allow_absent(status.branch("trunk").sync_type(SyncType::TemplateSync).send().await)?;
    let list = proton.list_repository_sync_definitions().repository_provider(github()).repository_name("acme/web");
    assert_eq!(list.sync_type(SyncType::TemplateSync).send().await?.sync_definitions.len(), 1);
    let delete = proton.delete_template_sync_config().template_name("net").template_type(TemplateType::Environment);
    delete.send().await?;

    let create = proton.create_service_sync_config().service_name("shop").file_path("ops.yaml").branch("main");
    create.repository_provider(github()).repository_name("acme/web").send().await?;
    let update = proton.update_service_sync_config().service_name("shop").file_path("ops.yaml").branch("trunk");
    update.repository_provider(github()).repository_name("acme/web").send().await?;
    proton.get_service_sync_config().service_name("shop").send().await?;
    let status = proton.get_service_instance_sync_status().service_name("shop").service_instance_name("blue");
    allow_absent(status.send().await)?;
    let summary = proton.get_service_sync_blocker_summary().service_name("shop").service_instance_name("blue");
    summary.send().await?;
    let resolve = proton.update_service_sync_blocker().id("0f3c2a90-0000-4000-8000-000000000000");
    allow_absent(resolve.resolved_reason("none there").send().await)?;
    proton.delete_service_sync_config().service_name("shop").send().await?;
    Ok(())
}

type Answer<T> = std::result::Result<T, proton_sdk::error::SdkError<proton_sdk::Error>>;

fn allow_absent<T>(answer: Answer<T>) -> Result {
    match answer {
        Ok(_) => Ok(()),
        Err(error) if error.as_service_error().is_some_and(proton_sdk::Error::is_resource_not_found_exception) => {
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

async fn deployments(proton: &Client) -> Result {
    let found = proton.list_deployments().environment_name("staging").send().await?.deployments;
    let newest = found.first().ok_or("the environment was deployed")?;
    let oldest = found.last().ok_or("the environment was deployed")?;
    proton.get_deployment().id(&newest.id).send().await?;
    proton.delete_deployment().id(&oldest.id).send().await?;
    assert!(proton.get_deployment().id(&oldest.id).send().await.is_err(), "a deleted deployment is gone");
    let environment = proton.get_environment().name("staging").send().await?.environment;
    let arn = environment.ok_or("an answer has the environment")?.arn;
    let notify = proton.notify_resource_deployment_status_change().resource_arn(&arn);
    let notify = notify.status(ResourceDeploymentStatus::Succeeded).deployment_id(&newest.id);
    if let Err(error) = notify.send().await {
        assert!(error.as_service_error().is_some_and(proton_sdk::Error::is_conflict_exception), "{error}");
    }
    proton.tag_resource().resource_arn(&arn).tags(Tag::builder().key("team").value("web").build()?).send().await?;
    let tags = proton.list_tags_for_resource().resource_arn(&arn).into_paginator().items().send().try_collect().await?;
    assert!(tags.iter().any(|tag| tag.key == "team") && tags.iter().any(|tag| tag.key == "aws:proton:environment"));
    proton.untag_resource().resource_arn(&arn).tag_keys("team").send().await?;
    let counts = proton.get_resources_summary().send().await?.counts;
    assert_eq!(counts.and_then(|counts| counts.environments).map(|environments| environments.total), Some(1));
    Ok(())
}

async fn farewell(proton: &Client) -> Result {
    proton.delete_service().name("shop").send().await?;
    proton.wait_until_service_deleted().name("shop").wait(WAIT).await?;
    proton.delete_environment().name("staging").send().await?;
    while proton.get_environment().name("staging").send().await.is_ok() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let delete = proton.delete_service_template_version().template_name("web").major_version("1");
    delete.minor_version("0").send().await?;
    proton.delete_service_template().name("web").send().await?;
    let delete = proton.delete_environment_template_version().template_name("net").major_version("1");
    delete.minor_version("0").send().await?;
    proton.delete_environment_template().name("net").send().await?;
    proton.update_account_settings().delete_pipeline_provisioning_repository(true).send().await?;
    proton.delete_repository().provider(RepositoryProvider::Github).name("acme/web").send().await?;
    Ok(())
}
