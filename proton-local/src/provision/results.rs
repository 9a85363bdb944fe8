//! What a simulated deployment leaves behind: the outputs that its templates declare, and one resource for all of them.

use super::Work;
use crate::records::Results;

/// What the rendered templates declare.
pub(super) fn declared(_: &Work) -> Results {
    Results::default()
}
