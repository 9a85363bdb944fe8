//! Encoding, decoding and calls, with the allocations of each: ours, the official SDK and bare reqwest in one process.
//!
//! `cargo bench --manifest-path tests/peers/Cargo.toml --package peers-bench`

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher};
use peers_bench::{Runtime, answer, bare, official, ours};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

/// Items in an answer.
const ITEMS: [usize; 3] = [1, 100, 1_000];
/// Calls at a time.
const IN_FLIGHT: [usize; 3] = [1, 64, 1_024];

fn main() {
    divan::main();
}

/// The codec alone.
mod codec {
    use super::*;
    use proton_sdk::operation::list_services::ListServicesOutput;
    use smithy_runtime::codec;
    use smithy_runtime::value::Empty;

    #[divan::bench(args = ITEMS)]
    fn decode(bencher: Bencher<'_, '_>, items: usize) {
        let json = answer(items);
        bencher.counter(BytesCount::of_str(&json)).bench(|| read(&json));
    }

    #[divan::bench(args = ITEMS)]
    fn encode(bencher: Bencher<'_, '_>, items: usize) {
        let json = answer(items);
        let output = read(&json);
        bencher.counter(BytesCount::of_str(&json)).bench(|| codec::encode(&output).expect("what was read can be written"));
    }

    fn read(json: &str) -> ListServicesOutput {
        let mut output = ListServicesOutput::empty();
        codec::decode(json.as_bytes(), &mut output).expect("the answer is good");
        output
    }
}

/// A call without a network: endpoint, encoding, signature, decoding.
mod in_memory {
    use super::*;

    #[divan::bench(name = "aws-sdk-proton")]
    fn theirs(bencher: Bencher<'_, '_>) {
        let (runtime, client) = (Runtime::default(), official::in_memory(answer(1)));
        bencher.bench_local(|| runtime.block_on(official::list(&client)));
    }

    #[divan::bench(name = "proton-sdk")]
    fn own(bencher: Bencher<'_, '_>) {
        let (runtime, client) = (Runtime::default(), ours::in_memory(answer(1)));
        bencher.bench_local(|| runtime.block_on(ours::list(&client)));
    }

    /// The difference to the one above is what a signature takes.
    #[divan::bench(name = "proton-sdk, unsigned")]
    fn unsigned(bencher: Bencher<'_, '_>) {
        let (runtime, client) = (Runtime::default(), ours::unsigned(answer(1)));
        bencher.bench_local(|| runtime.block_on(ours::list(&client)));
    }
}

/// One call after the other over loopback.
mod call {
    use super::*;

    #[divan::bench(name = "bare reqwest", args = ITEMS)]
    fn none(bencher: Bencher<'_, '_>, items: usize) {
        let runtime = Runtime::default();
        let (client, endpoint) = (bare::connect(), runtime.serve(answer(items)));
        bencher.bench_local(|| runtime.block_on(bare::list(&client, &endpoint)));
    }

    #[divan::bench(name = "aws-sdk-proton", args = ITEMS)]
    fn theirs(bencher: Bencher<'_, '_>, items: usize) {
        let runtime = Runtime::default();
        let client = official::connect(&runtime.serve(answer(items)));
        bencher.bench_local(|| runtime.block_on(official::list(&client)));
    }

    #[divan::bench(name = "proton-sdk", args = ITEMS)]
    fn own(bencher: Bencher<'_, '_>, items: usize) {
        let runtime = Runtime::default();
        let client = ours::connect(&runtime.serve(answer(items)));
        bencher.bench_local(|| runtime.block_on(ours::list(&client)));
    }
}

/// Calls with answers of one item, so many at a time.
mod in_flight {
    use super::*;

    #[divan::bench(name = "bare reqwest", args = IN_FLIGHT, sample_count = 20)]
    fn none(bencher: Bencher<'_, '_>, calls: usize) {
        let runtime = Runtime::default();
        let (client, endpoint) = (bare::connect(), runtime.serve(answer(1)));
        let call = || {
            let (client, endpoint) = (client.clone(), endpoint.clone());
            async move { bare::list(&client, &endpoint).await }
        };
        bencher.bench_local(|| runtime.at_once(calls, call));
    }

    #[divan::bench(name = "aws-sdk-proton", args = IN_FLIGHT, sample_count = 20)]
    fn theirs(bencher: Bencher<'_, '_>, calls: usize) {
        let runtime = Runtime::default();
        let client = official::connect(&runtime.serve(answer(1)));
        let call = || {
            let client = client.clone();
            async move { official::list(&client).await }
        };
        bencher.bench_local(|| runtime.at_once(calls, call));
    }

    #[divan::bench(name = "proton-sdk", args = IN_FLIGHT, sample_count = 20)]
    fn own(bencher: Bencher<'_, '_>, calls: usize) {
        let runtime = Runtime::default();
        let client = ours::connect(&runtime.serve(answer(1)));
        let call = || {
            let client = client.clone();
            async move { ours::list(&client).await }
        };
        bencher.bench_local(|| runtime.at_once(calls, call));
    }
}
