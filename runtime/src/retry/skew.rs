//! How far the service's clock is from ours.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use http::HeaderMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// A round trip longer than this says nothing about clocks.
const LONGEST_TRIP: Duration = Duration::from_secs(15 * 60);
/// A signature is refused at five minutes; with less than this, something else is wrong.
const TOLERANCE_MILLIS: u64 = 4 * 60 * 1000;

/// The difference of the clocks in milliseconds, positive where the service's is ahead.
#[derive(Debug, Default)]
pub(crate) struct Skew(AtomicI64);

impl Skew {
    /// The service's time when ours is `now`.
    pub(crate) fn correct(&self, now: SystemTime) -> SystemTime {
        let millis = self.0.load(Ordering::Relaxed);
        let distance = Duration::from_millis(millis.unsigned_abs());
        if millis < 0 { now.checked_sub(distance) } else { now.checked_add(distance) }.unwrap_or(now)
    }

    /// Learns from a response.
    pub(crate) fn observe(&self, headers: &HeaderMap, sent: SystemTime, received: SystemTime) {
        let Some(trip) = received.duration_since(sent).ok().filter(|trip| *trip <= LONGEST_TRIP) else { return };
        if headers.contains_key(http::header::AGE) {
            return;
        }
        let date = headers.get(http::header::DATE).and_then(|value| value.to_str().ok());
        let Some(date) = date.and_then(|text| DateTime::from_str(text, Format::HttpDate).ok()) else { return };
        if let (Ok(theirs), Ok(ours)) = (date.to_millis(), DateTime::from(sent + trip / 2).to_millis()) {
            self.0.store(theirs.saturating_sub(ours), Ordering::Relaxed);
        }
    }

    /// Whether the clocks are so far apart that signatures fail.
    pub(crate) fn is_large(&self) -> bool {
        self.0.load(Ordering::Relaxed).unsigned_abs() > TOLERANCE_MILLIS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn is_the_distance_to_the_middle_of_the_round_trip() {
        let skew = Skew::default();
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_400_000_000);
        let mut headers = HeaderMap::new();
        headers.insert("date", HeaderValue::from_static("Tue, 13 May 2014 17:03:20 GMT"));
        skew.observe(&headers, start, start + Duration::from_secs(2));
        // The header says 1,400,000,600.
        assert_eq!(skew.correct(start), start + Duration::from_secs(599));
        assert!(skew.is_large());

        headers.insert("age", HeaderValue::from_static("3"));
        skew.observe(&headers, start + Duration::from_secs(600), start + Duration::from_secs(600));
        assert!(skew.is_large(), "a cached response says nothing");
        headers.remove("age");
        skew.observe(&headers, start + Duration::from_secs(1000), start + Duration::from_secs(2000));
        assert!(skew.is_large(), "nor does a slow one");
        skew.observe(&headers, start + Duration::from_secs(650), start + Duration::from_secs(650));
        assert_eq!(skew.correct(start), start - Duration::from_secs(50));
        assert!(!skew.is_large());
    }
}
