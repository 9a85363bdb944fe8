//! A kit with what services need: published templates and a deployed environment.

use super::{Kit, bundles};
use crate::demo;
use crate::operations::account_settings::update_account_settings;
use crate::operations::environments::create_environment;
use crate::operations::templates::{create_environment_template, create_service_template};
use crate::operations::versions::{
    create_environment_template_version, create_service_template_version, update_environment_template_version,
    update_service_template_version,
};
use crate::settings::{Failure, Settings};
use proton_sdk::operation::create_environment::CreateEnvironmentInput;
use proton_sdk::operation::create_environment_template::CreateEnvironmentTemplateInput;
use proton_sdk::operation::create_environment_template_version::CreateEnvironmentTemplateVersionInput;
use proton_sdk::operation::create_service_template::CreateServiceTemplateInput;
use proton_sdk::operation::create_service_template_version::CreateServiceTemplateVersionInput;
use proton_sdk::operation::update_account_settings::UpdateAccountSettingsInput;
use proton_sdk::operation::update_environment_template_version::UpdateEnvironmentTemplateVersionInput;
use proton_sdk::operation::update_service_template_version::UpdateServiceTemplateVersionInput;
use proton_sdk::types::{
    CompatibleEnvironmentTemplateInput, Provisioning, S3ObjectSource, ServiceTemplateSupportedComponentSourceType,
    TemplateVersionSourceInput, TemplateVersionStatus,
};

const ROLE: &str = "arn:aws:iam::111111111111:role/proton";

impl Kit {
    /// Environment template `network` 1.0, service templates `web` 1.0 (with a pipeline) and `jobs` 1.0 (without one),
    /// environment `staging`.
    pub(crate) fn shop() -> Self {
        Self::shop_with(Settings::default())
    }

    /// The same under other settings.
    pub(crate) fn shop_with(settings: Settings) -> Self {
        let kit = Self::with(settings);
        for key in ["environment.tar.gz", "service.tar.gz"] {
            kit.put_object(key, &bundles::tar(demo::files(key).unwrap()));
        }
        kit.put_object("jobs.tar.gz", &bundles::service("{copies: {type: integer, default: 1}}"));
        let template = CreateEnvironmentTemplateInput::builder().name("network").build().unwrap();
        kit.write(create_environment_template, template).unwrap();
        kit.publish_network(None);
        let template = |name| CreateServiceTemplateInput::builder().name(name);
        kit.write(create_service_template, template("web").build().unwrap()).unwrap();
        let jobs = template("jobs").pipeline_provisioning(Provisioning::CustomerManaged).build().unwrap();
        kit.write(create_service_template, jobs).unwrap();
        kit.publish_service("web", None, "1");
        kit.publish_service("jobs", None, "1");
        let settings = UpdateAccountSettingsInput::builder().pipeline_service_role_arn(ROLE).build().unwrap();
        kit.write(update_account_settings, settings).unwrap();
        kit.create_environment("staging", "1");
        kit
    }

    /// The same, where these resources fail to deploy.
    pub(crate) fn shop_failing(names: &[&str]) -> Self {
        let mut settings = Settings::default();
        settings.simulation.failures = failures(names, false);
        Self::shop_with(settings)
    }

    /// Starts anew; from then on these resources fail to deploy and to be removed, and no others.
    pub(crate) fn now_failing(self, names: &[&str]) -> Self {
        self.restart_with(|settings| settings.simulation.failures = failures(names, true))
    }

    /// The same, where they can be removed.
    pub(crate) fn now_failing_to_deploy(self, names: &[&str]) -> Self {
        self.restart_with(|settings| settings.simulation.failures = failures(names, false))
    }

    /// Publishes the next version of `network`, in a new major unless one is named.
    pub(crate) fn publish_network(&self, major: Option<&str>) {
        let create = CreateEnvironmentTemplateVersionInput::builder()
            .template_name("network")
            .set_major_version(major.map(str::to_owned))
            .source(source("environment.tar.gz"));
        let made = self.write(create_environment_template_version, create.build().unwrap()).unwrap();
        let made = made.environment_template_version.unwrap();
        self.settle();
        let publish = UpdateEnvironmentTemplateVersionInput::builder()
            .template_name("network")
            .major_version(made.major_version)
            .minor_version(made.minor_version)
            .status(TemplateVersionStatus::Published);
        self.write(update_environment_template_version, publish.build().unwrap()).unwrap();
    }

    /// Publishes the next version of a service template, for environments of a major version of `network`.
    pub(crate) fn publish_service(&self, template: &str, major: Option<&str>, network: &str) {
        let fits = CompatibleEnvironmentTemplateInput::builder().template_name("network").major_version(network);
        let key = if template == "web" { "service.tar.gz" } else { "jobs.tar.gz" };
        let create = CreateServiceTemplateVersionInput::builder()
            .template_name(template)
            .set_major_version(major.map(str::to_owned))
            .compatible_environment_templates(fits.build().unwrap())
            .supported_component_sources(ServiceTemplateSupportedComponentSourceType::DirectlyDefined)
            .source(source(key));
        let made = self.write(create_service_template_version, create.build().unwrap()).unwrap();
        let made = made.service_template_version.unwrap();
        self.settle();
        let publish = UpdateServiceTemplateVersionInput::builder()
            .template_name(template)
            .major_version(made.major_version)
            .minor_version(made.minor_version)
            .status(TemplateVersionStatus::Published);
        self.write(update_service_template_version, publish.build().unwrap()).unwrap();
    }

    /// Deploys an environment of a major version of `network`.
    pub(crate) fn create_environment(&self, name: &str, network: &str) {
        let create = CreateEnvironmentInput::builder()
            .name(name)
            .template_name("network")
            .template_major_version(network)
            .proton_service_role_arn(ROLE)
            .component_role_arn(ROLE)
            .spec("proton: EnvironmentSpec\nspec: {zones: 2}\n");
        self.write(create_environment, create.build().unwrap()).unwrap();
        self.settle();
    }
}

fn failures(names: &[&str], on_delete: bool) -> Vec<Failure> {
    let failure = |name: &&str| Failure { name: (*name).to_owned(), on_delete, message: "simulated".to_owned() };
    names.iter().map(failure).collect()
}

fn source(key: &str) -> TemplateVersionSourceInput {
    TemplateVersionSourceInput::S3(S3ObjectSource::builder().bucket(bundles::BUCKET).key(key).build().unwrap())
}
