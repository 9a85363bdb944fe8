//! The call with proton-sdk.

use peers_bench::{ours, run};

fn main() {
    run(ours::connect, async |client| ours::list(client).await, ours::sizes);
}
