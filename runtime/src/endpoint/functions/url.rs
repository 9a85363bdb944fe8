//! URLs, taken apart, and text made fit to stand in one.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The parts of an endpoint's URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// `http` or `https`.
    pub scheme: &'static str,
    /// Host and, where the URL has one, port.
    pub authority: &'a str,
    /// The path as written; empty where the URL has none.
    pub path: &'a str,
    /// The path with a slash at both ends.
    pub normalized_path: String,
    /// Whether the host is an IPv4 or IPv6 address.
    pub is_ip: bool,
}

/// Takes a URL apart; `None` for other schemes than HTTP's, and for URLs with a query or fragment.
pub fn parse_url(value: &str) -> Option<Url<'_>> {
    let (scheme, rest) = value.split_once("://")?;
    let scheme = ["http", "https"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    if rest.contains(|char: char| char.is_whitespace() || char.is_control() || "?#\\<>\"^`{|}".contains(char)) {
        return None;
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let authority = authority.rsplit_once('@').map_or(authority, |(_, authority)| authority);
    let is_ip = host_is_ip(authority)?;
    let inner = path.trim_matches('/');
    let normalized_path = if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") };
    Some(Url { scheme, authority, path, normalized_path, is_ip })
}

/// Whether the host is an IP address; `None` where the authority is malformed.
fn host_is_ip(authority: &str) -> Option<bool> {
    let (host, port, is_ip) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']')?;
            // A zone such as `%25eth0` may follow the address.
            let address = address.split_once('%').map_or(address, |(address, _)| address);
            address.parse::<Ipv6Addr>().ok()?;
            (address, port, true)
        }
        None => {
            let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
            (host, port, host.parse::<Ipv4Addr>().is_ok())
        }
    };
    let port_ok = port.is_empty() || port.strip_prefix(':')?.parse::<u16>().is_ok();
    (port_ok && !host.is_empty() && !host.contains(['[', ']'])).then_some(is_ip)
}

/// Percent-encodes every byte but letters, digits and `-._~`.
pub fn uri_encode(value: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digits = [byte >> 4, byte & 15].map(|digit| char::from(DIGITS[usize::from(digit)]));
            out.push('%');
            out.extend(digits);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{parse_url, uri_encode};

    #[test]
    fn urls_have_parts() {
        for (text, scheme, authority, path, normalized, is_ip) in [
            ("https://example.com", "https", "example.com", "", "/", false),
            ("https://example.com/", "https", "example.com", "/", "/", false),
            ("http://example.com:80/foo/bar", "http", "example.com:80", "/foo/bar", "/foo/bar/", false),
            ("HTTP://192.168.1.1:1234/foo/", "http", "192.168.1.1:1234", "/foo/", "/foo/", true),
            ("https://127.0.0.1", "https", "127.0.0.1", "", "/", true),
            ("https://[fe80::1]", "https", "[fe80::1]", "", "/", true),
            ("https://[2001:db8::8a2e]:443/x", "https", "[2001:db8::8a2e]:443", "/x", "/x/", true),
            ("https://[fe80::1%25eth0]/x", "https", "[fe80::1%25eth0]", "/x", "/x/", true),
            ("https://999.999.abc.blah", "https", "999.999.abc.blah", "", "/", false),
            ("http://99_ab-.com", "http", "99_ab-.com", "", "/", false),
            ("https://user:secret@example.com/x", "https", "example.com", "/x", "/x/", false),
        ] {
            let Some(url) = parse_url(text) else { panic!("{text}") };
            assert_eq!((url.scheme, url.authority, url.path), (scheme, authority, path), "{text}");
            assert_eq!((url.normalized_path.as_str(), url.is_ip), (normalized, is_ip), "{text}");
        }
    }

    #[test]
    fn other_text_is_no_url() {
        for text in [
            "",
            "example.com",
            "acbd://example.com",
            "https://",
            "https:///path",
            "https://:80",
            "https://example.com:8443?foo=bar&faz=baz",
            "https://example.com/path?query1=foo",
            "https://example.com/#part",
            "http://abc.com:a/foo",
            "https://example.com:99999",
            "https://example.com:",
            "https://a:1:2",
            "https://[::1",
            "https://[nothex]",
            "https://[::1]80",
            "https://exam ple.com",
        ] {
            assert_eq!(parse_url(text), None, "{text}");
        }
    }

    #[test]
    fn all_but_unreserved_bytes_are_encoded() {
        assert_eq!(uri_encode("azAZ09-._~"), "azAZ09-._~");
        assert_eq!(uri_encode("a b/c:é%"), "a%20b%2Fc%3A%C3%A9%25");
    }
}
