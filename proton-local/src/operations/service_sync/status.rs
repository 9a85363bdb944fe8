//! How the sync of an instance went.

use crate::fault::Fault;
use crate::operations::{required, services};
use crate::store::Reader;
use proton_sdk::operation::get_service_instance_sync_status::{
    GetServiceInstanceSyncStatusInput, GetServiceInstanceSyncStatusOutput,
};

/// Reads it; an instance that was never synced has none.
pub(crate) fn get_service_instance_sync_status(
    reader: &Reader<'_>,
    input: GetServiceInstanceSyncStatusInput,
) -> Result<GetServiceInstanceSyncStatusOutput, Fault> {
    let service = required(input.service_name, "serviceName")?;
    let instance = required(input.service_instance_name, "serviceInstanceName")?;
    services::find_instance(reader, &service, &instance)?;
    Ok(GetServiceInstanceSyncStatusOutput::builder().build())
}
