//! What all pipelines of an account are provisioned with.

use super::{repositories, usage};
use crate::fault::Fault;
use crate::store::{Index, Reader, Record, StoreError, Writer};
use proton_sdk::operation::get_account_settings::{GetAccountSettingsInput, GetAccountSettingsOutput};
use proton_sdk::operation::update_account_settings::{UpdateAccountSettingsInput, UpdateAccountSettingsOutput};
use proton_sdk::types::{AccountSettings, RepositoryBranch};
use serde::{Deserialize, Serialize};

/// The settings of one account; one that never changed them has none.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct AccountSettingsRecord {
    /// For pipelines of CloudFormation templates.
    pub(crate) service_role_arn: Option<String>,
    /// For pipelines of CodeBuild templates.
    pub(crate) codebuild_role_arn: Option<String>,
    /// For pipelines that the account provisions from a repository.
    pub(crate) repository: Option<RepositoryBranch>,
}

impl Record for AccountSettingsRecord {
    const KIND: &'static str = "account settings";

    fn key(&self) -> String {
        String::new()
    }

    fn indexes(&self) -> Vec<Index> {
        let used = self.repository.iter().map(|branch| repositories::resource(&branch.provider, &branch.name));
        used.map(|resource| (usage::USES, resource)).collect()
    }
}

/// The caller's settings.
pub(crate) fn find(reader: &Reader<'_>) -> Result<AccountSettingsRecord, StoreError> {
    Ok(reader.get("")?.unwrap_or_default())
}

/// Reads them.
pub(crate) fn get_account_settings(
    reader: &Reader<'_>,
    _input: GetAccountSettingsInput,
) -> Result<GetAccountSettingsOutput, Fault> {
    Ok(GetAccountSettingsOutput::builder().account_settings(detail(find(reader)?)).build())
}

/// Changes those that the request names; an empty text clears one.
pub(crate) fn update_account_settings(
    writer: &mut Writer<'_>,
    input: UpdateAccountSettingsInput,
) -> Result<UpdateAccountSettingsOutput, Fault> {
    let mut record = find(writer)?;
    if let Some(role) = input.pipeline_service_role_arn {
        record.service_role_arn = Some(role).filter(|role| !role.is_empty());
    }
    if let Some(role) = input.pipeline_codebuild_role_arn {
        record.codebuild_role_arn = Some(role).filter(|role| !role.is_empty());
    }
    match (input.pipeline_provisioning_repository, input.delete_pipeline_provisioning_repository) {
        (Some(_), Some(true)) => {
            return Err(Fault::validation(
                "pipelineProvisioningRepository and deletePipelineProvisioningRepository exclude each other.",
            ));
        }
        (Some(branch), _) => {
            // The operation has no error for a resource that is absent.
            let found = repositories::branch(writer, branch);
            record.repository = Some(found.map_err(Fault::into_validation)?);
        }
        (None, Some(true)) => record.repository = None,
        (None, _) => {}
    }
    writer.put(&record)?;
    Ok(UpdateAccountSettingsOutput::builder().account_settings(detail(record)).build())
}

fn detail(record: AccountSettingsRecord) -> AccountSettings {
    AccountSettings::builder()
        .set_pipeline_service_role_arn(record.service_role_arn)
        .set_pipeline_codebuild_role_arn(record.codebuild_role_arn)
        .set_pipeline_provisioning_repository(record.repository)
        .build()
}

#[cfg(test)]
mod tests;
