//! The call without an SDK, its answer read by the code that serde derives.

use peers_bench::{bare, run};

fn main() {
    run(
        |endpoint| (bare::connect(), endpoint.to_owned()),
        async |(client, endpoint)| bare::read(client, endpoint).await,
        |_| [0, 0],
    );
}
