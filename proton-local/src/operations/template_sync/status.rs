//! How the syncs of a template went.

use super::{config, kind};
use crate::fault::Fault;
use crate::operations::required;
use crate::store::Reader;
use proton_sdk::operation::get_template_sync_status::{GetTemplateSyncStatusInput, GetTemplateSyncStatusOutput};

/// Reads how those of one major went; a major that was never synced has nothing to tell.
pub(crate) fn get_template_sync_status(
    reader: &Reader<'_>,
    input: GetTemplateSyncStatusInput,
) -> Result<GetTemplateSyncStatusOutput, Fault> {
    let kind = kind(&required(input.template_type, "templateType")?)?;
    let mut record = config::find(reader, kind, &required(input.template_name, "templateName")?)?;
    let major = required(input.template_version, "templateVersion")?;
    let sync = major.parse().ok().and_then(|major| record.majors.remove(&major));
    let output = GetTemplateSyncStatusOutput::builder();
    Ok(match sync {
        None => output.build(),
        Some(sync) => output
            .set_desired_state(sync.latest.target_revision.clone())
            .latest_sync(sync.latest)
            .set_latest_successful_sync(sync.successful)
            .build(),
    })
}
