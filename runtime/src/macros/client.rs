//! A service's client, its operations aside, and its endpoint rules.

/// Writes how a client is made and configured. The client is a structure with the field
/// `handle: smithy_runtime::client::Handle`; behind its name stands the service's table.
#[macro_export]
macro_rules! client {
    ($client:ident, $service:path) => {
        impl $client {
            /// A client with the settings that the SDKs of all services share.
            ///
            /// Their identity cache is among them. That of `aws-config` renews credentials while a call waits; to have them
            /// renewed in the background, put an [`IdentityCache`]($crate::config::IdentityCache) of ours in its place.
            ///
            /// # Panics
            /// As [`from_conf`](Self::from_conf) does.
            #[track_caller]
            #[inline]
            pub fn new(config: &$crate::config::SdkConfig) -> Self {
                Self::from_conf($crate::config::Config::from(config))
            }

            /// A client with settings of its own. What is missing or wrong in them shows at the first call, or at once
            /// in [`try_from_conf`](Self::try_from_conf).
            ///
            /// # Panics
            /// No HTTP client, or one that cannot be made; `try_from_conf` gives an error instead.
            #[track_caller]
            #[inline]
            pub fn from_conf(config: $crate::config::Config) -> Self {
                match $crate::client::Handle::new(config, &$service) {
                    ::std::result::Result::Ok(handle) => Self { handle },
                    ::std::result::Result::Err(error) => panic!("{error}"),
                }
            }

            /// A client that has all that a call needs, or what is missing or wrong.
            ///
            /// # Errors
            /// No Region, no credentials, or a setting that no call could work with; the error says
            /// what to set.
            #[inline]
            pub fn try_from_conf(
                config: $crate::config::Config,
            ) -> ::std::result::Result<Self, $crate::error::ConfigError> {
                let handle = $crate::client::Handle::checked(config, &$service)?;
                ::std::result::Result::Ok(Self { handle })
            }

            /// A client with what environment variables and the shared files in `~/.aws` say, ready to call.
            ///
            /// An instance is asked for its Region where nothing else names one, and credentials are fetched, so that
            /// what is missing shows here. `try_from_conf(Config::from_env()?)` does without that.
            ///
            /// # Errors
            /// Those of [`Config::from_env`]($crate::config::Config::from_env) and of
            /// [`try_from_conf`](Self::try_from_conf), and credentials that cannot be fetched.
            pub async fn from_env() -> ::std::result::Result<Self, $crate::error::ConfigError> {
                let config = $crate::config::Config::from_env()?;
                let handle = $crate::client::Handle::ready(config, &$service).await?;
                ::std::result::Result::Ok(Self { handle })
            }

            /// The settings.
            #[inline]
            pub fn config(&self) -> &$crate::config::Config {
                self.handle.config()
            }

            /// A copy with some settings replaced: those that `change` sets on an empty builder. It
            /// shares the connections and the credentials that were already fetched, as far as the
            /// replaced settings allow.
            ///
            /// # Panics
            /// As [`from_conf`](Self::from_conf) does.
            #[track_caller]
            #[must_use]
            #[inline]
            pub fn with_config(
                &self,
                change: impl ::std::ops::FnOnce($crate::config::Builder) -> $crate::config::Builder,
            ) -> Self {
                match self.handle.with_config(change) {
                    ::std::result::Result::Ok(handle) => Self { handle },
                    ::std::result::Result::Err(error) => panic!("{error}"),
                }
            }
        }

        impl $crate::client::FromConfig for $client {
            #[track_caller]
            #[inline]
            fn from_config(config: $crate::config::Config) -> Self {
                Self::from_conf(config)
            }
        }
    };
}

/// Writes a service's own endpoint rules as a resolver.
#[macro_export]
macro_rules! default_resolver {
    ($rules:path) => {
        /// The service's own endpoint rules, for resolvers that change a part of what they say.
        #[derive(Clone, Copy, Debug, Default)]
        pub struct DefaultResolver;

        impl DefaultResolver {
            /// The rules.
            #[inline]
            pub fn new() -> Self {
                Self
            }
        }

        impl $crate::config::endpoint::ResolveEndpoint for DefaultResolver {
            fn resolve_endpoint<'a>(
                &'a self,
                params: &'a $crate::config::endpoint::Params,
            ) -> $crate::config::endpoint::EndpointFuture<'a> {
                let endpoint = $rules(params).map(::std::convert::Into::into);
                $crate::config::endpoint::EndpointFuture::ready(endpoint.map_err(::std::convert::Into::into))
            }
        }
    };
}
