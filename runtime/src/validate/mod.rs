//! The model's constraints, checked: required members, lengths, patterns, ranges, enum values, unique items, and
//! unions with exactly one member, at any depth.
//!
//! Required members are looked at before each call. The rest is with the cargo feature `validate`: on any structure
//! with `Validate::validate`, and before each call with `Config::builder().validate_requests(true)`.
//!
//! A value that a newer service would take is reported too where the model does not name it: an enum's unknown value
//! ([`Constraint::Enum`]), a union's unknown member ([`Constraint::Union`]). Whoever sends such values on purpose looks
//! at the [constraints](Violation::constraint) and lets them pass.
//!
//! A service's side of the same check is `violations_of_decoded` and [`ValidationError::service_message`].

mod constraint;
#[cfg(feature = "validate")]
mod leaf;
#[cfg(feature = "validate")]
mod pattern;
mod violation;
mod walk;

pub use constraint::{Constraint, Unit};
pub use violation::{ValidationError, Violation};
pub(crate) use walk::Scope;

use crate::value::Structure;

/// Gives every generated structure its check.
///
/// ```
/// use smithy_runtime::schema::{Kind, Shape};
/// use smithy_runtime::validate::{Constraint, Unit, Validate};
///
/// static NAME: Shape = Shape::string("example#Name").length(1, 8).pattern("^[a-z]+$");
///
/// /// Makes a shelf.
/// #[non_exhaustive]
/// #[derive(Clone, Default)]
/// pub struct MakeShelfInput {
///     /// What to call it.
///     pub name: Option<String>,
/// }
///
/// smithy_runtime::structure! {
///     MAKE_SHELF_INPUT: "example#MakeShelfInput" => MakeShelfInput, MakeShelfInputBuilder, fallible;
///     0 "name" NAME: name set_name get_name => required_option [text];
/// }
///
/// let error = MakeShelfInput { name: Some("Top shelf".to_owned()) }.validate().expect_err("two constraints");
/// assert_eq!(error.violations()[0].path(), "name");
/// assert_eq!(*error.violations()[0].constraint(), Constraint::MaxLength(8, Unit::Characters));
/// assert_eq!(
///     error.to_string(),
///     "`name` must have at most 8 characters: \"Top shelf\"; `name` must match `^[a-z]+$`: \"Top shelf\"",
/// );
/// ```
#[cfg(feature = "validate")]
pub trait Validate {
    /// Checks every constraint of the model.
    ///
    /// # Errors
    /// All the constraints that do not hold.
    fn validate(&self) -> Result<(), ValidationError>;
}

#[cfg(feature = "validate")]
impl<T: Structure> Validate for T {
    fn validate(&self) -> Result<(), ValidationError> {
        check(self, Scope::All)
    }
}

/// Every constraint that does not hold, in the order of the model.
#[cfg(feature = "validate")]
pub fn violations(structure: &dyn Structure) -> Vec<Violation> {
    walk::walk(structure, Scope::All)
}

/// Every constraint that does not hold in a structure that was just [decoded](crate::codec::decode), with the required
/// members that the text lacked: they have empty values by now, whose other constraints do not count.
#[cfg(feature = "validate")]
pub fn violations_of_decoded(structure: &dyn Structure, missing: &crate::codec::Missing) -> Vec<Violation> {
    let mut found: Vec<_> = missing.steps().map(|steps| Violation::required(steps.to_vec())).collect();
    let named = found.len();
    for violation in violations(structure) {
        if !found[..named].iter().any(|missing| violation.is_at_or_below(missing)) {
            found.push(violation);
        }
    }
    found
}

/// An error with every constraint in the scope that does not hold.
pub(crate) fn check(structure: &dyn Structure, scope: Scope) -> Result<(), ValidationError> {
    ValidationError::of(walk::walk(structure, scope))
}

#[cfg(all(test, feature = "validate"))]
mod tests;
