//! Modelled errors, and the enum that holds all of a service.

/// What an error's structure has beside its members.
#[doc(hidden)]
#[macro_export]
macro_rules! __error_structure {
    ($type:ident $builder:ident) => {
        impl $builder {
            /// Sets the code, message and request id that the error reports.
            #[inline]
            pub fn meta(mut self, meta: $crate::__private::ErrorMetadata) -> Self {
                self.meta = ::std::boxed::Box::new(meta);
                self
            }

            /// Sets or clears what [`meta`](Self::meta) sets.
            #[inline]
            pub fn set_meta(&mut self, meta: ::std::option::Option<$crate::__private::ErrorMetadata>) -> &mut Self {
                self.meta = ::std::boxed::Box::new(meta.unwrap_or_default());
                self
            }
        }

        // Metadata has no hash.
        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::value::equal(self, other) && self.meta == other.meta
            }
        }

        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::error::display_structure(self, &self.meta, f)
            }
        }

        impl ::std::error::Error for $type {}

        impl $crate::__private::ProvideErrorMetadata for $type {
            #[inline]
            fn meta(&self) -> &$crate::__private::ErrorMetadata {
                &self.meta
            }
        }

        impl $crate::__private::RequestId for $type {
            #[inline]
            fn request_id(&self) -> ::std::option::Option<&str> {
                $crate::__private::RequestId::request_id(&*self.meta)
            }
        }
    };
}

/// Writes the method that says as what an error is tried again.
#[macro_export]
macro_rules! retryable_error {
    ($type:ident, $kind:ident) => {
        impl $type {
            /// As what the error is tried again.
            #[inline]
            pub fn retryable_error_kind(&self) -> $crate::config::retry::ErrorKind {
                $crate::config::retry::ErrorKind::$kind
            }
        }
    };
}

/// Writes the conversions of a service's error enum, whose last variant is `Unhandled`.
///
/// A line has the variant with its type, the method that asks for it, and the code.
#[macro_export]
macro_rules! service_error {
    ($error:ident; $($variant:ident($shape:path) $is:ident $code:literal;)*) => {
        impl $error {
            $(
                #[doc = concat!("Whether this is [`", stringify!($variant), "`](", stringify!($error), "::", stringify!($variant), ").")]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }
            )*

            /// An error of no modelled kind.
            #[inline]
            pub fn unhandled(source: impl ::std::convert::Into<$crate::error::BoxError>) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(source.into(), ::std::default::Default::default()))
            }

            /// An error that has metadata alone.
            #[inline]
            pub fn generic(meta: $crate::__private::ErrorMetadata) -> Self {
                Self::Unhandled($crate::error::Unhandled::from_metadata(meta))
            }

            /// The code, the message and the request id.
            #[inline]
            pub fn meta(&self) -> &$crate::__private::ErrorMetadata {
                $crate::__private::ProvideErrorMetadata::meta(self)
            }
        }

        impl $crate::operation::ServiceError for $error {
            #[inline]
            fn new(code: ::std::option::Option<&str>, meta: $crate::__private::ErrorMetadata) -> Self {
                match code {
                    $(::std::option::Option::Some($code) => {
                        let mut error = <$shape as $crate::value::Empty>::empty();
                        error.meta = ::std::boxed::Box::new(meta);
                        Self::$variant(error)
                    })*
                    _ => Self::generic(meta),
                }
            }

            #[inline]
            fn from_unhandled(error: $crate::error::Unhandled) -> Self {
                Self::Unhandled(error)
            }

            #[inline]
            fn structure_mut(&mut self) -> ::std::option::Option<&mut dyn $crate::value::Structure> {
                match self {
                    $(Self::$variant(error) => ::std::option::Option::Some(error),)*
                    Self::Unhandled(_) => ::std::option::Option::None,
                }
            }
        }

        impl $crate::__private::ProvideErrorMetadata for $error {
            #[inline]
            fn meta(&self) -> &$crate::__private::ErrorMetadata {
                match self {
                    $(Self::$variant(error) => &error.meta,)*
                    Self::Unhandled(error) => error.meta(),
                }
            }
        }

        impl $crate::__private::RequestId for $error {
            #[inline]
            fn request_id(&self) -> ::std::option::Option<&str> {
                $crate::__private::RequestId::request_id(self.meta())
            }
        }

        impl ::std::fmt::Display for $error {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant(error) => error.fmt(f),)*
                    Self::Unhandled(error) => error.fmt(f),
                }
            }
        }

        impl ::std::error::Error for $error {
            #[inline]
            fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                match self {
                    $(Self::$variant(error) => ::std::option::Option::Some(error),)*
                    Self::Unhandled(error) => ::std::error::Error::source(error),
                }
            }
        }

        $(impl ::std::convert::From<$shape> for $error {
            #[inline]
            fn from(error: $shape) -> Self {
                Self::$variant(error)
            }
        })*

        impl ::std::convert::From<$crate::__private::BuildError> for $error {
            #[inline]
            fn from(error: $crate::__private::BuildError) -> Self {
                Self::unhandled(error)
            }
        }

        impl<R> ::std::convert::From<$crate::error::SdkError<$error, R>> for $error
        where
            R: ::std::fmt::Debug + ::std::marker::Send + ::std::marker::Sync + 'static,
        {
            #[inline]
            fn from(error: $crate::error::SdkError<$error, R>) -> Self {
                error.into_service_error()
            }
        }

        impl<O> ::std::convert::From<$crate::waiter::WaiterError<O, $error>> for $error
        where
            O: ::std::fmt::Debug + ::std::marker::Send + ::std::marker::Sync + 'static,
        {
            #[inline]
            fn from(error: $crate::waiter::WaiterError<O, $error>) -> Self {
                let meta = $crate::__private::ProvideErrorMetadata::meta(&error).clone();
                Self::Unhandled($crate::error::Unhandled::new(error.into(), meta))
            }
        }
    };
}
