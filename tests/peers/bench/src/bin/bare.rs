//! The request and the answer without an SDK.

use peers_bench::{bare, items_in, run};

fn main() {
    run(
        |endpoint| (bare::connect(), endpoint.to_owned()),
        async |(client, endpoint)| items_in(bare::list(client, endpoint).await),
        |_| [0, 0],
    );
}
