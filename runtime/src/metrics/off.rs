//! No measurements: the calls of these functions compile to nothing.

use super::Outcome;
use crate::operation::{Metadata, Service};
use aws_smithy_async::time::SharedTimeSource;

#[derive(Debug)]
pub(crate) struct Metrics;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Start;

impl Metrics {
    pub(crate) fn new(_: &Service) -> Self {
        Self
    }

    pub(crate) fn start(&self, _: &SharedTimeSource) -> Start {
        Start
    }

    pub(crate) fn call<'a>(
        &self,
        _: &Metadata,
        _: Start,
        _: &SharedTimeSource,
        _: &Outcome<'_>,
        _: impl Iterator<Item = (&'a str, &'a str)>,
    ) {
    }

    pub(crate) fn attempt(&self, _: &Metadata, _: Start, _: &SharedTimeSource, _: u32) {}

    pub(crate) fn sent(&self, _: &Metadata, _: usize) {}

    pub(crate) fn received(&self, _: &Metadata, _: usize) {}
}
