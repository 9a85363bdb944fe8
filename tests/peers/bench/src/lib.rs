//! How long a call takes: the same loop and server for each peer, in a program of its own.
//!
//! Each program takes the number of items in the answer and the number of calls, and prints four numbers: microseconds
//! of a call by the wall clock, and of processor time in the caller's thread; bytes of the future of a call and of its
//! error. Times are of the best tenth of the calls, made in batches, so that what else the machine does counts little.

mod server;

use std::time::Instant;

/// Calls in a batch; the shortest span whose processor time says something.
const BATCH: usize = 20;

/// Runs a peer: `connect` makes its client for an endpoint, `call` is one call and says how many items came, `sizes`
/// are those of its future and its error.
pub fn run<C>(connect: impl FnOnce(&str) -> C, call: impl AsyncFn(&C) -> usize, sizes: impl FnOnce(&C) -> [usize; 2]) {
    let mut arguments = std::env::args().skip(1).map(|it| it.parse::<usize>().expect("usage: <items> <calls>"));
    let (items, calls) = (arguments.next().unwrap_or(1), arguments.next().unwrap_or(2_000));
    let endpoint = server::start(answer(items));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let client = connect(&endpoint);
        for _ in 0..BATCH {
            assert_eq!(call(&client).await, items, "an item is lost");
        }
        let (mut walls, mut processor) = (Vec::new(), Vec::new());
        for _ in 0..calls.div_ceil(BATCH) {
            let (started, before) = (Instant::now(), thread_time());
            for _ in 0..BATCH {
                call(&client).await;
            }
            walls.push(started.elapsed().as_nanos() as u64);
            processor.push(thread_time() - before);
        }
        let [future, error] = sizes(&client);
        println!("{:.2} {:.2} {future} {error}", best(walls), best(processor));
    });
}

/// Microseconds of a call in the median of the best tenth.
fn best(mut batches: Vec<u64>) -> f64 {
    batches.sort_unstable();
    batches[batches.len() / 20] as f64 / BATCH as f64 / 1_000.0
}

/// Nanoseconds that this thread has run, by the scheduler's books; 0 where they are not kept.
fn thread_time() -> u64 {
    let books = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    books.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0)
}

/// How many items an answer of so many bytes has, for the peer that does not read it.
pub fn items_in(bytes: usize) -> usize {
    let (none, one) = (answer(0).len(), answer(1).len());
    (bytes - none).div_ceil(one - none + 1)
}

/// An answer to ListServices, about 250 bytes an item.
fn answer(items: usize) -> String {
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
