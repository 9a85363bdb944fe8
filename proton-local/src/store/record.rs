//! What can be stored.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A resource as a document.
pub(crate) trait Record: Serialize + DeserializeOwned {
    /// What it is, in lower case words: `service template`. Names it in the store and in messages.
    const KIND: &'static str;

    /// What tells it from others of its kind and account.
    fn key(&self) -> String;

    /// Where it stands in lists; unique among those of its kind.
    fn sort(&self) -> String {
        self.key()
    }

    /// What lists filter it by.
    fn indexes(&self) -> Vec<Index> {
        Vec::new()
    }
}

/// A property that lists filter by, and its value.
pub(crate) type Index = (&'static str, String);
