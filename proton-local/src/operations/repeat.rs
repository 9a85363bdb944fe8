//! Creates that may be repeated: those that go by a name, and those that go by a client token.

use crate::fault::Fault;
use crate::store::{Record, StoreError, Writer, fingerprint};
use serde::{Deserialize, Serialize};

/// The request that made a named resource, and whether the resource is still what that request made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Origin {
    fingerprint: String,
    modified: bool,
}

impl Origin {
    /// Takes the mark of a request to create something.
    pub(crate) fn of(input: &impl Serialize) -> Result<Self, StoreError> {
        Ok(Self { fingerprint: fingerprint(input)?, modified: false })
    }

    /// Passes where `request` only repeats what made the resource, such as `service/web`.
    ///
    /// # Errors
    /// The request has other parameters, or the resource was changed since.
    pub(crate) fn check_repeat(&self, request: &Self, resource: &str) -> Result<(), Fault> {
        if self.fingerprint != request.fingerprint {
            return Err(Fault::mismatch());
        }
        if self.modified {
            return Err(Fault::conflict(format!("{resource} exists already and was changed since it was created.")));
        }
        Ok(())
    }

    /// The resource is no longer what the request made.
    pub(crate) fn set_modified(&mut self) {
        self.modified = true;
    }
}

/// Creates a record unless the token has done so already: then that record is the answer.
///
/// `request` is the [`fingerprint`] of the parameters without the token.
///
/// # Errors
/// The token came with other parameters; those of `create`.
pub(crate) fn once<R: Record>(
    writer: &mut Writer<'_>,
    operation: &str,
    token: Option<&str>,
    request: &str,
    create: impl FnOnce(&mut Writer<'_>) -> Result<R, Fault>,
) -> Result<R, Fault> {
    let Some(token) = token.filter(|token| !token.is_empty()) else { return create(writer) };
    if let Some(key) = writer.made_by_token(operation, token, request)?
        && let Some(made) = writer.get(&key)?
    {
        return Ok(made);
    }
    let made = create(writer)?;
    writer.remember_token(operation, token, request, &made.key())?;
    Ok(made)
}
