//! The poll that ended a wait.

/// What the last poll of a wait brought.
///
/// A wait can end well with an error: one for a deletion ends when the resource is not found.
#[derive(Debug)]
#[non_exhaustive]
pub struct FinalPoll<O, E> {
    result: Result<O, E>,
}

impl<O, E> FinalPoll<O, E> {
    /// Wraps a result, as tests need it.
    pub fn new(result: Result<O, E>) -> Self {
        Self { result }
    }

    /// The output or the error.
    pub fn as_result(&self) -> Result<&O, &E> {
        self.result.as_ref()
    }

    /// The output or the error, taken out.
    ///
    /// # Errors
    /// The error that the last poll brought.
    pub fn into_result(self) -> Result<O, E> {
        self.result
    }

    /// Changes the output.
    pub fn map<T>(self, mapper: impl FnOnce(O) -> T) -> FinalPoll<T, E> {
        FinalPoll::new(self.result.map(mapper))
    }

    /// Changes the error.
    pub fn map_err<T>(self, mapper: impl FnOnce(E) -> T) -> FinalPoll<O, T> {
        FinalPoll::new(self.result.map_err(mapper))
    }
}
