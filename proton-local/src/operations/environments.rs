//! Environment operations.

use crate::fault::Fault;
use crate::records::EnvironmentRecord;
use crate::store::{Record, Writer};

/// Removes one whose infrastructure is gone.
pub(crate) fn remove(writer: &mut Writer<'_>, record: &EnvironmentRecord) -> Result<(), Fault> {
    Ok(writer.delete::<EnvironmentRecord>(&record.key())?)
}
