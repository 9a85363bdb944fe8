//! The call with aws-sdk-proton.

use peers_bench::{official, run};

fn main() {
    run(official::connect, async |client| official::list(client).await, official::sizes);
}
