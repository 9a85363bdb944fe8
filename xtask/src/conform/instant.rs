//! An instant, given in seconds since 1970, as a timestamp format writes it.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// 1970 began on a Thursday.
const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// The wire form of `seconds` under one of Smithy's formats.
pub(super) fn write(seconds: &Value, format: &str) -> Result<Value> {
    let number = seconds.as_f64().with_context(|| format!("a timestamp is {seconds}, not a number of seconds"))?;
    if format == "epoch-seconds" {
        return Ok(seconds.clone());
    }
    let millis = (number * 1000.0).round();
    ensure!(millis.abs() < 1e17, "the timestamp {seconds} is out of range");
    let millis = millis as i64;
    let (total, fraction) = (millis.div_euclid(1000), millis.rem_euclid(1000));
    let (days, time) = (total.div_euclid(86_400), total.rem_euclid(86_400));
    let (year, month, day) = date(days);
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    let fraction = match fraction {
        0 => String::new(),
        fraction => format!(".{}", format!("{fraction:03}").trim_end_matches('0')),
    };
    let text = match format {
        "date-time" => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"),
        _ => {
            let weekday = DAYS[days.rem_euclid(7) as usize];
            let month = MONTHS[month as usize - 1];
            format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
        }
    };
    Ok(text.into())
}

/// Year, month and day of a day counted from 1970-01-01.
fn date(days: i64) -> (i64, i64, i64) {
    // Counted from 1 March of the year 0, so that the leap day is a year's last; 400 years have 146,097 days.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::write;
    use serde_json::json;

    #[test]
    fn formats_are_as_the_wire_has_them() {
        let at = json!(1_398_796_238);
        assert_eq!(write(&at, "epoch-seconds").ok(), Some(at.clone()));
        assert_eq!(write(&at, "date-time").ok(), Some(json!("2014-04-29T18:30:38Z")));
        assert_eq!(write(&at, "http-date").ok(), Some(json!("Tue, 29 Apr 2014 18:30:38 GMT")));
        assert_eq!(write(&json!(951_782_400.125), "date-time").ok(), Some(json!("2000-02-29T00:00:00.125Z")));
        assert_eq!(write(&json!(-1), "date-time").ok(), Some(json!("1969-12-31T23:59:59Z")));
        assert!(write(&json!("now"), "date-time").is_err());
    }
}
