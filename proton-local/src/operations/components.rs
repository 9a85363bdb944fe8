//! Component operations.

use crate::fault::Fault;
use crate::records::ComponentRecord;
use crate::store::{Record, Writer};

/// Removes one whose infrastructure is gone.
pub(crate) fn remove(writer: &mut Writer<'_>, record: &ComponentRecord) -> Result<(), Fault> {
    Ok(writer.delete::<ComponentRecord>(&record.key())?)
}
