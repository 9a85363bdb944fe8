//! What a newer service sends and this model does not name.

/// An enum value that the model does not name, kept as it came.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownVariantValue(String);

impl UnknownVariantValue {
    /// Keeps the text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for UnknownVariantValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A union member that the model does not name, kept as it came, so that it can be passed on.
///
/// `Debug` shows the name alone: the value may be sensitive.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct UnknownUnion {
    name: String,
    json: String,
}

impl UnknownUnion {
    /// A member by its wire name and its value as JSON text.
    pub fn new(name: impl Into<String>, json: impl Into<String>) -> Self {
        Self { name: name.into(), json: json.into() }
    }

    /// The member's name on the wire.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The member's value as JSON text; empty where a required union was missing.
    pub fn json(&self) -> &str {
        &self.json
    }
}

impl std::fmt::Debug for UnknownUnion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnknownUnion").field("name", &self.name).finish_non_exhaustive()
    }
}
