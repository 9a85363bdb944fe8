//! The summary: what counts as what.

use super::*;
use crate::operations::Origin;
use crate::operations::templates::{create_environment_template, create_service_template};
use crate::records::{Method, Results};
use crate::testkit::Kit;
use proton_sdk::operation::create_environment_template::CreateEnvironmentTemplateInput;
use proton_sdk::operation::create_service_template::CreateServiceTemplateInput;
use proton_sdk::types::{DeploymentStatus, Environment, Service, ServiceInstance, ServicePipeline, ServiceStatus};

/// A kit whose templates `net` and `web` recommend 2.1, and 1.3 within the first major.
fn kit() -> Kit {
    let kit = Kit::new();
    let input = CreateEnvironmentTemplateInput::builder().name("net").build().unwrap();
    kit.write(create_environment_template, input).unwrap();
    let input = CreateServiceTemplateInput::builder().name("web").build().unwrap();
    kit.write(create_service_template, input).unwrap();
    let recommend = |writer: &mut crate::store::Writer<'_>, ()| {
        for mut template in writer.all::<TemplateRecord>()? {
            template.numbers.recommended.extend([(1, 3), (2, 1)]);
            writer.put(&template)?;
        }
        Ok(())
    };
    kit.write(recommend, ()).unwrap();
    kit
}

fn put<R: Record + Send + 'static>(kit: &Kit, record: R) {
    kit.write(|writer, record: R| Ok(writer.put(&record)?), record).unwrap();
}

fn counts(kit: &Kit) -> CountsSummary {
    let input = GetResourcesSummaryInput::builder().build().unwrap();
    kit.read(get_resources_summary, input).unwrap().counts.unwrap()
}

/// Total, up to date, behind a minor, behind a major, failed.
fn figures(counts: Option<ResourceCountsSummary>) -> [Option<i32>; 5] {
    let counts = counts.unwrap();
    [Some(counts.total), counts.up_to_date, counts.behind_minor, counts.behind_major, counts.failed]
}

fn environment(kit: &Kit, name: &str, major: &str, minor: &str, status: DeploymentStatus) {
    let now = crate::operations::time(kit.now());
    let environment = Environment::builder().name(name).arn(kit.arn("environment/x")).deployment_status(status);
    let environment = environment.created_at(now).last_deployment_attempted_at(now).last_deployment_succeeded_at(now);
    let environment = environment.template_name("net").template_major_version(major).template_minor_version(minor);
    let environment = environment.build().unwrap();
    let origin = Origin::of(&()).unwrap();
    let results = Results::default();
    put(kit, EnvironmentRecord { environment, origin, method: Method::CloudFormation, results });
}

fn instance(kit: &Kit, service: &str, name: &str, minor: &str) {
    let now = crate::operations::time(kit.now());
    let instance = ServiceInstance::builder().service_name(service).name(name).arn("arn").environment_name("net");
    let instance = instance.deployment_status(DeploymentStatus::Succeeded).created_at(now);
    let instance = instance.last_deployment_attempted_at(now).last_deployment_succeeded_at(now);
    let instance = instance.template_name("web").template_major_version("2").template_minor_version(minor);
    put(kit, InstanceRecord { instance: instance.build().unwrap(), results: Results::default() });
}

#[test]
fn an_empty_account_has_nothing_of_all() {
    let counts = counts(&Kit::new());
    assert_eq!(figures(counts.environments), [Some(0); 5]);
    assert_eq!(figures(counts.service_templates), [Some(0), None, None, None, None]);
    assert_eq!(figures(counts.components), [Some(0), None, None, None, Some(0)]);
}

#[test]
fn resources_are_measured_against_the_recommended_version() {
    let kit = kit();
    let good = || DeploymentStatus::Succeeded;
    environment(&kit, "newest", "2", "1", good());
    environment(&kit, "draft", "3", "0", good());
    environment(&kit, "old-minor", "2", "0", DeploymentStatus::Failed);
    environment(&kit, "old-major", "1", "3", DeploymentStatus::DeleteFailed);
    environment(&kit, "oldest", "1", "0", good());
    let counts = counts(&kit);
    assert_eq!(figures(counts.environments), [Some(5), Some(2), Some(1), Some(2), Some(2)]);
    assert_eq!(figures(counts.environment_templates)[0], Some(1));
    assert_eq!(figures(counts.service_templates)[0], Some(1));
}

#[test]
fn a_service_is_as_old_as_its_oldest_part() {
    let kit = kit();
    let now = crate::operations::time(kit.now());
    for (service, status) in [("a", ServiceStatus::Active), ("b", ServiceStatus::UpdateFailedCleanupComplete)] {
        let service = Service::builder().name(service).arn("arn").status(status).template_name("web").spec("x");
        let service = service.created_at(now).last_modified_at(now).build().unwrap();
        let record = ServiceRecord { service, origin: Origin::of(&()).unwrap(), workflow: None };
        put(&kit, record);
    }
    instance(&kit, "a", "blue", "1");
    instance(&kit, "a", "green", "0");
    instance(&kit, "b", "blue", "1");
    let pipeline = ServicePipeline::builder().arn("arn").deployment_status(DeploymentStatus::Succeeded).created_at(now);
    let pipeline = pipeline.last_deployment_attempted_at(now).last_deployment_succeeded_at(now);
    let pipeline = pipeline.template_name("web").template_major_version("1").template_minor_version("0");
    let record =
        PipelineRecord { service: "b".into(), pipeline: pipeline.build().unwrap(), results: Results::default() };
    put(&kit, record);
    let counts = counts(&kit);
    assert_eq!(figures(counts.service_instances), [Some(3), Some(2), Some(1), Some(0), Some(0)]);
    assert_eq!(figures(counts.pipelines), [Some(1), Some(0), Some(0), Some(1), Some(0)]);
    assert_eq!(figures(counts.services), [Some(2), Some(0), Some(1), Some(1), Some(1)]);
}
