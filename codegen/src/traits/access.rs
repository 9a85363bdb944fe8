//! Reads the values of traits, with an error that names the shape where the value has another form.

use crate::Error;
use crate::parse::Traits;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Access by the name without `smithy.api#`.
pub(crate) trait TraitsExt {
    /// The trait of the prelude with this name.
    fn api(&self, name: &str) -> Option<&Value>;

    /// Whether the prelude's trait is there.
    fn has(&self, name: &str) -> bool {
        self.api(name).is_some()
    }

    /// The text of the prelude's trait.
    fn text(&self, shape: &str, name: &str) -> Result<Option<&str>, Error>;

    /// The value of a trait by its absolute id.
    fn read<T: DeserializeOwned>(&self, shape: &str, id: &str) -> Result<Option<T>, Error>;
}

impl TraitsExt for Traits {
    fn api(&self, name: &str) -> Option<&Value> {
        self.get(&format!("smithy.api#{name}"))
    }

    fn text(&self, shape: &str, name: &str) -> Result<Option<&str>, Error> {
        let value = self.api(name);
        let text = value.map(|value| str_of(shape, &format!("smithy.api#{name}"), value));
        text.transpose()
    }

    fn read<T: DeserializeOwned>(&self, shape: &str, id: &str) -> Result<Option<T>, Error> {
        let value = self.get(id).map(|value| T::deserialize(value));
        value.transpose().map_err(|error| Error::bad_trait(shape, id, error.to_string()))
    }
}

/// A trait's value, which has to be text.
pub(crate) fn str_of<'a>(shape: &str, name: &str, value: &'a Value) -> Result<&'a str, Error> {
    value.as_str().ok_or_else(|| Error::bad_trait(shape, name, "its value is not text"))
}

/// A trait's value, which has to be a flag.
pub(crate) fn bool_of(shape: &str, name: &str, value: &Value) -> Result<bool, Error> {
    value.as_bool().ok_or_else(|| Error::bad_trait(shape, name, "its value is neither true nor false"))
}
