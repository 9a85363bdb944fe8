//! The API as the generated crate declares it, answered by the operations of this one.

use crate::caller::Caller;
use crate::engine::Engine;
use crate::operations;
use proton_sdk::Error;
use proton_sdk::operation::*;
use proton_sdk::server::Handler;
use smithy_runtime::operation::Operation;
use std::sync::Arc;

/// Runs each operation over the store: reads side by side, writes one after the other.
#[derive(Debug)]
pub(crate) struct Service(Arc<Engine>);

impl Service {
    /// The operations over what an engine remembers.
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        Self(engine)
    }
}

macro_rules! operations {
    ($($how:ident $method:ident $operation:ident = $area:ident;)*) => {
        impl Handler for Service {
            type Context = Caller;
            $(
                async fn $method(
                    &self,
                    caller: &Caller,
                    input: <$method::$operation as Operation>::Input,
                ) -> Result<<$method::$operation as Operation>::Output, Error> {
                    let done = self.0.store().$how(caller, move |store| operations::$area::$method(store, input));
                    done.await.map_err(Error::from)
                }
            )*
        }
    };
}

operations! {
    write accept_environment_account_connection AcceptEnvironmentAccountConnection = connections;
    write cancel_component_deployment CancelComponentDeployment = components;
    write cancel_environment_deployment CancelEnvironmentDeployment = environments;
    write cancel_service_instance_deployment CancelServiceInstanceDeployment = services;
    write cancel_service_pipeline_deployment CancelServicePipelineDeployment = services;
    write create_component CreateComponent = components;
    write create_environment CreateEnvironment = environments;
    write create_environment_account_connection CreateEnvironmentAccountConnection = connections;
    write create_environment_template CreateEnvironmentTemplate = templates;
    write create_environment_template_version CreateEnvironmentTemplateVersion = versions;
    write create_repository CreateRepository = repositories;
    write create_service CreateService = services;
    write create_service_instance CreateServiceInstance = services;
    write create_service_sync_config CreateServiceSyncConfig = service_sync;
    write create_service_template CreateServiceTemplate = templates;
    write create_service_template_version CreateServiceTemplateVersion = versions;
    write create_template_sync_config CreateTemplateSyncConfig = template_sync;
    write delete_component DeleteComponent = components;
    write delete_deployment DeleteDeployment = deployments;
    write delete_environment DeleteEnvironment = environments;
    write delete_environment_account_connection DeleteEnvironmentAccountConnection = connections;
    write delete_environment_template DeleteEnvironmentTemplate = templates;
    write delete_environment_template_version DeleteEnvironmentTemplateVersion = versions;
    write delete_repository DeleteRepository = repositories;
    write delete_service DeleteService = services;
    write delete_service_sync_config DeleteServiceSyncConfig = service_sync;
    write delete_service_template DeleteServiceTemplate = templates;
    write delete_service_template_version DeleteServiceTemplateVersion = versions;
    write delete_template_sync_config DeleteTemplateSyncConfig = template_sync;
    read get_account_settings GetAccountSettings = account_settings;
    read get_component GetComponent = components;
    read get_deployment GetDeployment = deployments;
    read get_environment GetEnvironment = environments;
    read get_environment_account_connection GetEnvironmentAccountConnection = connections;
    read get_environment_template GetEnvironmentTemplate = templates;
    read get_environment_template_version GetEnvironmentTemplateVersion = versions;
    read get_repository GetRepository = repositories;
    read get_repository_sync_status GetRepositorySyncStatus = repositories;
    read get_resources_summary GetResourcesSummary = summary;
    read get_service GetService = services;
    read get_service_instance GetServiceInstance = services;
    read get_service_instance_sync_status GetServiceInstanceSyncStatus = service_sync;
    read get_service_sync_blocker_summary GetServiceSyncBlockerSummary = service_sync;
    read get_service_sync_config GetServiceSyncConfig = service_sync;
    read get_service_template GetServiceTemplate = templates;
    read get_service_template_version GetServiceTemplateVersion = versions;
    read get_template_sync_config GetTemplateSyncConfig = template_sync;
    read get_template_sync_status GetTemplateSyncStatus = template_sync;
    read list_component_outputs ListComponentOutputs = outputs;
    read list_component_provisioned_resources ListComponentProvisionedResources = outputs;
    read list_components ListComponents = components;
    read list_deployments ListDeployments = deployments;
    read list_environment_account_connections ListEnvironmentAccountConnections = connections;
    read list_environment_outputs ListEnvironmentOutputs = outputs;
    read list_environment_provisioned_resources ListEnvironmentProvisionedResources = outputs;
    read list_environment_template_versions ListEnvironmentTemplateVersions = versions;
    read list_environment_templates ListEnvironmentTemplates = templates;
    read list_environments ListEnvironments = environments;
    read list_repositories ListRepositories = repositories;
    read list_repository_sync_definitions ListRepositorySyncDefinitions = repositories;
    read list_service_instance_outputs ListServiceInstanceOutputs = outputs;
    read list_service_instance_provisioned_resources ListServiceInstanceProvisionedResources = outputs;
    read list_service_instances ListServiceInstances = services;
    read list_service_pipeline_outputs ListServicePipelineOutputs = outputs;
    read list_service_pipeline_provisioned_resources ListServicePipelineProvisionedResources = outputs;
    read list_service_template_versions ListServiceTemplateVersions = versions;
    read list_service_templates ListServiceTemplates = templates;
    read list_services ListServices = services;
    read list_tags_for_resource ListTagsForResource = tags;
    write notify_resource_deployment_status_change NotifyResourceDeploymentStatusChange = notify;
    write reject_environment_account_connection RejectEnvironmentAccountConnection = connections;
    write tag_resource TagResource = tags;
    write untag_resource UntagResource = tags;
    write update_account_settings UpdateAccountSettings = account_settings;
    write update_component UpdateComponent = components;
    write update_environment UpdateEnvironment = environments;
    write update_environment_account_connection UpdateEnvironmentAccountConnection = connections;
    write update_environment_template UpdateEnvironmentTemplate = templates;
    write update_environment_template_version UpdateEnvironmentTemplateVersion = versions;
    write update_service UpdateService = services;
    write update_service_instance UpdateServiceInstance = services;
    write update_service_pipeline UpdateServicePipeline = services;
    write update_service_sync_blocker UpdateServiceSyncBlocker = service_sync;
    write update_service_sync_config UpdateServiceSyncConfig = service_sync;
    write update_service_template UpdateServiceTemplate = templates;
    write update_service_template_version UpdateServiceTemplateVersion = versions;
    write update_template_sync_config UpdateTemplateSyncConfig = template_sync;
}
