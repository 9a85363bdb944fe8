//! Reading the body of an answer to its end.

use crate::timeout::{Limit, TimedOut};
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use bytes::Bytes;
use tracing::Instrument;

/// A body that comes in parts.
pub(super) trait Parts {
    type Error;

    /// How many bytes there are in all, where the head says so.
    fn expected(&self) -> Option<u64>;

    /// The next part; `None` at the end.
    fn next(&mut self) -> impl Future<Output = Result<Option<Bytes>, Self::Error>> + Send;
}

/// Reads the parts until there are no more. `limit` is for each of them.
pub(super) async fn read<P: Parts>(
    parts: &mut P,
    limit: &Limit,
    sleep: &SharedAsyncSleep,
) -> Result<Result<Bytes, P::Error>, TimedOut> {
    let read = async {
        let mut body = Collector::new(parts.expected());
        loop {
            match limit.guard(sleep, parts.next()).await? {
                Ok(Some(part)) => body.push(part),
                Ok(None) => return Ok(Ok(body.finish())),
                Err(error) => return Ok(Err(error)),
            }
        }
    };
    read.instrument(tracing::debug_span!("read_body")).await
}

/// The most that is set aside because a server says that it comes.
const MAX_EXPECTED: usize = 1 << 20;

/// Puts the parts of a body together; a body in one part is not copied.
#[derive(Debug, Default)]
struct Collector {
    expected: usize,
    first: Bytes,
    rest: Vec<u8>,
}

impl Collector {
    fn new(expected: Option<u64>) -> Self {
        let expected = expected.and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or_default();
        Self { expected: expected.min(MAX_EXPECTED), ..Self::default() }
    }

    fn push(&mut self, part: Bytes) {
        if self.first.is_empty() && self.rest.is_empty() {
            self.first = part;
            return;
        }
        if self.rest.is_empty() {
            self.rest.reserve(self.expected.max(self.first.len() + part.len()));
            self.rest.extend_from_slice(&self.first);
            self.first = Bytes::new();
        }
        self.rest.extend_from_slice(&part);
    }

    fn finish(self) -> Bytes {
        if self.rest.is_empty() { self.first } else { self.rest.into() }
    }
}
