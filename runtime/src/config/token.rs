//! Where idempotency tokens come from.

use super::SharedRandom;

/// Makes the token by which a service knows that two requests are one.
///
/// ```
/// use smithy_runtime::config::{Config, IdempotencyTokenProvider};
///
/// let fixed = Config::builder().idempotency_token_provider("my-token");
/// let random = Config::builder().idempotency_token_provider(IdempotencyTokenProvider::random());
/// assert_eq!(IdempotencyTokenProvider::from("my-token").make_idempotency_token(), "my-token");
/// ```
#[derive(Clone, Debug)]
pub struct IdempotencyTokenProvider(Source);

#[derive(Clone, Debug)]
enum Source {
    Fixed(&'static str),
    Random(SharedRandom),
}

impl IdempotencyTokenProvider {
    /// The same token each time, for tests.
    pub fn fixed(token: &'static str) -> Self {
        Self(Source::Fixed(token))
    }

    /// A random UUID each time.
    pub fn random() -> Self {
        Self(Source::Random(SharedRandom::default()))
    }

    /// UUIDs that are the same for the same seed, for tests.
    pub fn with_seed(seed: u64) -> Self {
        Self(Source::Random(SharedRandom::seeded(seed)))
    }

    /// The next token.
    pub fn make_idempotency_token(&self) -> String {
        match &self.0 {
            Source::Fixed(token) => (*token).to_owned(),
            Source::Random(random) => random.uuid(),
        }
    }
}

impl From<&'static str> for IdempotencyTokenProvider {
    fn from(token: &'static str) -> Self {
        Self::fixed(token)
    }
}
