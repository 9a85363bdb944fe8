//! Service operations.

use crate::fault::Fault;
use crate::records::InstanceRecord;
use crate::store::{Record, Writer};

/// Removes an instance whose infrastructure is gone.
pub(crate) fn remove_instance(writer: &mut Writer<'_>, record: &InstanceRecord) -> Result<(), Fault> {
    Ok(writer.delete::<InstanceRecord>(&record.key())?)
}

/// Takes the change of a service further after one of its deployments has ended.
pub(crate) fn advance(_: &mut Writer<'_>, _: &str) -> Result<(), Fault> {
    Ok(())
}
