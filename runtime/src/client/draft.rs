//! An input under construction, alone or with the call that it is for.

use super::Call;
use crate::operation::Operation;

/// What holds the input that a builder works on.
///
/// An operation has one builder type. Alone it builds an input; over a [`Request`] it is the fluent builder that a
/// client gives out.
pub trait Draft<I> {
    /// What is set so far.
    fn input(&self) -> &I;

    /// Where to set more.
    fn input_mut(&mut self) -> &mut I;
}

/// An input without a call.
#[derive(Clone, PartialEq)]
#[allow(missing_debug_implementations)] // it may show sensitive values
pub struct Alone<I>(pub I);

/// The builder of an input, and the call that the input is for.
#[allow(missing_debug_implementations)] // it may show sensitive values
pub struct Request<O, B> {
    /// The call.
    pub call: Call<O>,
    /// The input's builder.
    pub builder: B,
}

impl<I> Draft<I> for Alone<I> {
    #[inline]
    fn input(&self) -> &I {
        &self.0
    }

    #[inline]
    fn input_mut(&mut self) -> &mut I {
        &mut self.0
    }
}

impl<O: Operation, B: Draft<O::Input>> Draft<O::Input> for Request<O, B> {
    #[inline]
    fn input(&self) -> &O::Input {
        self.builder.input()
    }

    #[inline]
    fn input_mut(&mut self) -> &mut O::Input {
        self.builder.input_mut()
    }
}

impl<O: Operation, B: Clone> Clone for Request<O, B> {
    #[inline]
    fn clone(&self) -> Self {
        Self { call: self.call.clone(), builder: self.builder.clone() }
    }
}
