//! Faults that the settings ask for.

use crate::clock::Clock;
use crate::random::Random;
use crate::settings::Faults;
use aws_smithy_async::rt::sleep::AsyncSleep;
use http::StatusCode;
use proton_sdk::server::Rejection;

/// Lets the request wait, and perhaps fail.
///
/// # Errors
/// `ThrottlingException` and `InternalServerException`, as often as the settings say.
pub(crate) async fn inject(faults: &Faults, operation: &str, clock: &Clock, random: &Random) -> Result<(), Rejection> {
    if !faults.concern(operation) {
        return Ok(());
    }
    if !faults.latency.is_zero() {
        clock.sleep.sleep(faults.latency).await;
    }
    let drawn = |rate: f64| rate > 0.0 && random.fraction() < rate;
    if drawn(faults.throttle_rate) {
        let message = "Too many requests, or so the server's settings pretend. Try again later.";
        return Err(Rejection::new(StatusCode::BAD_REQUEST, "ThrottlingException", message));
    }
    if drawn(faults.error_rate) {
        let message = "The server failed, or so its settings pretend. Try again.";
        return Err(Rejection::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerException", message));
    }
    Ok(())
}
