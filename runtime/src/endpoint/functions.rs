//! The functions that endpoint rules call, as typed Rust; `None` where the rules say that there is no value.

mod arn;
mod url;

pub use super::partition::{Partition, partition};
pub use arn::{Arn, parse_arn};
pub use url::{Url, parse_url, uri_encode};

/// Whether the text can be a label of a host name; with `allow_subdomains`, several labels with dots between.
///
/// A label has 1 to 63 letters, digits and dashes and starts with no dash.
pub fn is_valid_host_label(value: &str, allow_subdomains: bool) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if allow_subdomains { value.split('.').all(is_label) } else { is_label(value) }
}

/// Whether a bucket's name can stand in the host name of its own endpoint.
///
/// It has 3 to 63 lower-case letters, digits and dashes, and each label starts and ends with a letter or digit.
/// Dots are labels' ends and need `allow_subdomains`; a name that looks like an IP address is none.
pub fn is_virtual_hostable_s3_bucket(bucket: &str, allow_subdomains: bool) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_label = |label: &str| {
        let edges = [label.bytes().next(), label.bytes().last()];
        edges.into_iter().all(|edge| edge.is_some_and(is_inner))
            && label.bytes().all(|byte| is_inner(byte) || byte == b'-')
    };
    let looks_like_ip =
        bucket.split('.').count() == 4 && bucket.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (3..=63).contains(&bucket.len())
        && !looks_like_ip
        && (allow_subdomains || !bucket.contains('.'))
        && bucket.split('.').all(is_label)
}

/// The characters from `start` up to, not with, `stop`; with `reverse`, counted from the end.
///
/// `None` where the text is too short, holds more than ASCII, or the range is empty.
pub fn substring(input: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if start >= stop || stop > input.len() || !input.is_ascii() {
        return None;
    }
    if reverse { input.get(input.len() - stop..input.len() - start) } else { input.get(start..stop) }
}

/// The parts between delimiters: all for the limit 0, else at most so many, the last with what remains.
pub fn split<'a>(input: &'a str, delimiter: &str, limit: usize) -> Vec<&'a str> {
    match limit {
        _ if delimiter.is_empty() => vec![input],
        0 => input.split(delimiter).collect(),
        limit => input.splitn(limit, delimiter).collect(),
    }
}

/// `yes` where the condition holds, else `no`.
pub fn ite<T>(condition: bool, yes: T, no: T) -> T {
    if condition { yes } else { no }
}

#[cfg(test)]
mod tests {
    use super::{is_valid_host_label, is_virtual_hostable_s3_bucket, substring};
    use super::{ite, split};

    #[test]
    fn host_labels() {
        let longest = "a".repeat(63);
        for valid in ["a", "us-east-1", "3aws4", "A-", longest.as_str()] {
            assert!(is_valid_host_label(valid, false), "{valid}");
            assert!(is_valid_host_label(valid, true), "{valid}");
        }
        assert!(is_valid_host_label(&format!("part1.{longest}"), true));
        assert!(!is_valid_host_label("part1.part2", false));
        let too_long = "a".repeat(64);
        for invalid in ["", ".", "a.", ".a", "a..b", "a.-b", "-a", "a_b", "a b", "é", "a/b", "a@b", too_long.as_str()]
        {
            assert!(!is_valid_host_label(invalid, false), "{invalid}");
            assert!(!is_valid_host_label(invalid, true), "{invalid}");
        }
    }

    #[test]
    fn buckets_in_host_names() {
        for valid in ["bucket-name", "bucket-with-number-1", "bucket--two-dashes", "abc"] {
            assert!(is_virtual_hostable_s3_bucket(valid, false), "{valid}");
        }
        for dotted in ["bucket.name", "bucket.name.with.dots1", "1.2.3", "1.2.3.a"] {
            assert!(!is_virtual_hostable_s3_bucket(dotted, false), "{dotted}");
            assert!(is_virtual_hostable_s3_bucket(dotted, true), "{dotted}");
        }
        let too_long = "a".repeat(64);
        let edges = ["-bucket", "bucket-", ".bucket", "bucket.", "bucket-.name", "bucket.-name", "bucket..name"];
        for invalid in ["", "aa", "BucketName", "bucket_name", "192.168.5.4", &too_long].into_iter().chain(edges) {
            assert!(!is_virtual_hostable_s3_bucket(invalid, true), "{invalid}");
        }
    }

    #[test]
    fn substrings() {
        assert_eq!(substring("abcdefg", 0, 4, false), Some("abcd"));
        assert_eq!(substring("abcd", 0, 4, false), Some("abcd"));
        assert_eq!(substring("\u{7f}abcdef", 0, 4, false), Some("\u{7f}abc"));
        assert_eq!(substring("defg", 1, 3, false), Some("ef"));
        assert_eq!(substring("abcdefg", 0, 4, true), Some("defg"));
        assert_eq!(substring("abcdefg", 1, 3, true), Some("ef"));
        for (input, start, stop) in [("abc", 0, 4), ("", 0, 4), ("\u{fdfd}", 0, 2), ("abc", 2, 2), ("abc", 3, 1)] {
            assert_eq!(substring(input, start, stop, false), None, "{input}");
            assert_eq!(substring(input, start, stop, true), None, "{input}");
        }
    }

    #[test]
    fn parts() {
        for (input, limit, expected) in [
            ("a--b--c", 0, &["a", "b", "c"][..]),
            ("a--b--c", 2, &["a", "b--c"]),
            ("--b--", 0, &["", "b", ""]),
            ("a-b", 0, &["a-b"]),
            ("a--b", 1, &["a--b"]),
            ("", 0, &[""]),
        ] {
            assert_eq!(split(input, "--", limit), expected, "{input} {limit}");
        }
        assert_eq!(split("ab", "", 0), ["ab"]);
        assert_eq!((ite(true, 1, 2), ite(false, 1, 2)), (1, 2));
    }
}
