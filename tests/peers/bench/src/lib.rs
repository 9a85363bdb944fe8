//! How long a call takes: the same loop and server for each peer, in a program of its own.
//!
//! Each program takes the number of items in the answer and the number of calls, and prints three numbers: microseconds
//! of a call, bytes of its future, bytes of its error. The time is of the best tenth of the calls, made in batches, so
//! that what else the machine does counts little.

pub mod bare;
mod canned;
pub mod official;
pub mod ours;
mod runtime;
mod server;

pub use runtime::Runtime;

use std::time::Instant;

/// Calls in a batch.
const BATCH: usize = 20;

/// Runs a peer: `connect` makes its client for an endpoint, `call` is one call and says how many items came, `sizes`
/// are those of its future and its error.
pub fn run<C>(connect: impl FnOnce(&str) -> C, call: impl AsyncFn(&C) -> usize, sizes: impl FnOnce(&C) -> [usize; 2]) {
    let mut arguments = std::env::args().skip(1).map(|it| it.parse::<usize>().expect("usage: <items> <calls>"));
    let (items, calls) = (arguments.next().unwrap_or(1), arguments.next().unwrap_or(2_000));
    let runtime = Runtime::default();
    let endpoint = runtime.serve(answer(items));
    runtime.block_on(async {
        let client = connect(&endpoint);
        for _ in 0..BATCH {
            assert_eq!(call(&client).await, items, "an item is lost");
        }
        let mut batches = Vec::new();
        for _ in 0..calls.div_ceil(BATCH) {
            let started = Instant::now();
            for _ in 0..BATCH {
                call(&client).await;
            }
            batches.push(started.elapsed().as_nanos() as u64);
        }
        // The median of the best tenth.
        batches.sort_unstable();
        let micros = batches[batches.len() / 20] as f64 / BATCH as f64 / 1_000.0;
        let [future, error] = sizes(&client);
        println!("{micros:.2} {future} {error}");
    });
}

/// How many items an answer of so many bytes has, for the peer that does not read it.
pub fn items_in(bytes: usize) -> usize {
    let (none, one) = (answer(0).len(), answer(1).len());
    (bytes - none).div_ceil(one - none + 1)
}

/// An answer to ListServices, about 250 bytes an item.
pub fn answer(items: usize) -> String {
    let item = |index: usize| {
        format!(
            concat!(
                r#"{{"name":"service-{0:04}","arn":"arn:aws:proton:us-east-1:123456789012:service/service-{0:04}","#,
                r#""templateName":"fargate","createdAt":1600000000.25,"lastModifiedAt":1600000001.5,"#,
                r#""status":"ACTIVE","description":"one of many services of this account"}}"#
            ),
            index
        )
    };
    let items: Vec<_> = (0..items).map(item).collect();
    format!(r#"{{"services":[{}]}}"#, items.join(","))
}
