//! The list of service instances, with its filters and orders.

use crate::fault::Fault;
use crate::operations::narrow;
use crate::records::InstanceRecord;
use crate::store::{Paging, Reader};
use proton_sdk::operation::list_service_instances::{ListServiceInstancesInput, ListServiceInstancesOutput};

pub(crate) fn list_service_instances(
    reader: &Reader<'_>,
    input: ListServiceInstancesInput,
) -> Result<ListServiceInstancesOutput, Fault> {
    let paging = Paging::new(reader, "ListServiceInstances", input.next_token.as_deref(), input.max_results)?;
    let page = reader.page(&paging, |_: &InstanceRecord| true)?;
    let instances = page.items.iter().map(|record| narrow(&record.instance)).collect::<Result<_, _>>()?;
    Ok(ListServiceInstancesOutput::builder()
        .set_service_instances(Some(instances))
        .set_next_token(page.next)
        .build()?)
}
