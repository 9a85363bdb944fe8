//! Who is trusted, and with which TLS library: the one that was asked for on top of the default.

#[cfg(feature = "native-tls")]
mod native;
#[cfg(not(any(feature = "rustls", feature = "rustls-aws-lc-rs", feature = "native-tls")))]
mod none;
#[cfg(all(any(feature = "rustls", feature = "rustls-aws-lc-rs"), not(feature = "native-tls")))]
mod rustls;

#[cfg(feature = "native-tls")]
pub(super) use native::Tls;
#[cfg(not(any(feature = "rustls", feature = "rustls-aws-lc-rs", feature = "native-tls")))]
pub(super) use none::Tls;
#[cfg(all(any(feature = "rustls", feature = "rustls-aws-lc-rs"), not(feature = "native-tls")))]
pub(super) use rustls::Tls;
