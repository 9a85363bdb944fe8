//! What a call takes above the same request with bare reqwest.

use super::cargo::Cargo;
use super::process;
use super::table::{Row, Table};
use anyhow::{Context, Result};
use std::process::Command;

/// Bare reqwest, the same with an answer read by derived code, the official SDK, ours.
const PEERS: [&str; 4] = ["bare", "derived", "official", "ours"];
/// Each peer's turns; the best of them counts, so that a moment of load hits no peer alone.
const ROUNDS: usize = 5;

/// What one of the programs printed.
#[derive(Clone, Copy)]
struct Figures {
    micros: f64,
    future: f64,
    error: f64,
}

/// Adds the rows of calls.
pub(super) fn measure(cargo: &Cargo, table: &mut Table) -> Result<()> {
    let built = PEERS.iter().all(|peer| cargo.scratch("release/release").join(peer).exists());
    let mut sizes = None;
    const TEXT: &str = "the row below is what serde_json needs with the code that serde derives, and no SDK around it";
    for (what, items, calls, budget, reason) in
        [("1 item", 1, 4_000, 15.0, ""), ("1,000 items", 1_000, 400, 350.0, TEXT)]
    {
        let name = format!("a call above bare reqwest, {what} (µs)");
        if !built {
            table.add(Row::new(name, [None, None]).at_most(budget).because(reason));
            continue;
        }
        eprintln!("measuring: calls with {what}");
        let [bare, derived, official, ours] = best(cargo, items, calls)?;
        let above = |it: Figures| Some((it.micros - bare.micros).max(0.0));
        table.add(Row::new(name, [above(official), above(ours)]).at_most(budget).because(reason));
        if items > 1 {
            let name = format!("bare reqwest and derived serde types above bare reqwest, {what} (µs)");
            table.add(Row::new(name, [None, above(derived)]));
        }
        sizes = Some([official, ours]);
    }
    if let Some(sizes) = sizes {
        table.add(Row::new("the future of a call (bytes)", sizes.map(|it| Some(it.future))));
        table.add(Row::new("its error (bytes)", sizes.map(|it| Some(it.error))));
    }
    Ok(())
}

/// The lowest figures of each peer over all rounds.
fn best(cargo: &Cargo, items: usize, calls: usize) -> Result<[Figures; 4]> {
    let mut best: [Option<Figures>; 4] = [None; 4];
    for _ in 0..ROUNDS {
        for (best, peer) in best.iter_mut().zip(PEERS) {
            let next = call(cargo, peer, items, calls)?;
            *best = Some(best.map_or(next, |best| if best.micros < next.micros { best } else { next }));
        }
    }
    let best: Vec<_> = best.into_iter().flatten().collect();
    Ok(best.try_into().unwrap_or_else(|_| unreachable!("there are rounds")))
}

fn call(cargo: &Cargo, peer: &str, items: usize, calls: usize) -> Result<Figures> {
    let program = cargo.scratch("release/release").join(peer);
    let finished = process::run(Command::new(program).args([items.to_string(), calls.to_string()]))?;
    let figures: Vec<f64> = finished.stdout.split_whitespace().filter_map(|it| it.parse().ok()).collect();
    let [micros, future, error] = figures[..] else {
        return Err(anyhow::anyhow!("`{peer}` printed `{}`", finished.stdout.trim()))
            .context("three numbers are needed");
    };
    Ok(Figures { micros, future, error })
}
