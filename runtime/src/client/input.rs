//! What the engine does with an input before it is written: fill in the token, look for what is missing.

use super::failure::Failure;
use super::handle::Inner;
use crate::operation::Metadata;
use crate::validate::{self, Scope};
use crate::value::{Node, Slot, Structure};
use aws_smithy_types::telemetry::{CapturedTelemetryAttributes, RequestedTelemetryAttributes};

/// Gives the input a fresh idempotency token where the caller gave none.
pub(super) fn fill_token(inner: &Inner, metadata: &Metadata, input: &mut dyn Structure) {
    let Some(index) = metadata.idempotency_token else { return };
    let Some(member) = input.member_mut(index) else { return };
    if matches!(member.node(), Node::Absent)
        && let Slot::String(token) = member.slot()
    {
        *token = match &inner.config.idempotency_token_provider {
            Some(provider) => provider.make_idempotency_token(),
            None => inner.random.uuid(),
        };
    }
}

/// The members that the configuration asks for, by their names in the model: text that is not sensitive.
pub(super) fn capture(requested: &RequestedTelemetryAttributes, input: &dyn Structure) -> CapturedTelemetryAttributes {
    let mut captured = CapturedTelemetryAttributes::new();
    for (index, member) in input.shape().members().iter().enumerate() {
        if requested.should_capture(member.name)
            && !member.shape.sensitive
            && let Some(Node::String(text)) = input.member(index).map(|member| member.node())
        {
            captured.insert(member.name, text);
        }
    }
    captured
}

/// Looks for required members without a value; where the configuration asks for it, at every constraint.
pub(super) fn check(inner: &Inner, input: &dyn Structure) -> Result<(), Failure> {
    validate::check(input, Scope::of(&inner.config)).map_err(|error| Failure::Construction(error.into()))
}
