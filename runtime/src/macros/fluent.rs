//! A request under construction, ready to be sent.

/// Writes an operation's fluent builder: the setters of its input's builder, and `send`.
///
/// Behind the builder's name stand the client, the operation, its input and the input's builder; a member's line has the
/// three setter names and the kind (see [`structure!`](crate::structure)).
#[macro_export]
macro_rules! fluent {
    (
        $fluent:ident => $client:path, $operation:ident, $input:ident, $builder:ident;
        $($field:ident $set:ident $get:ident [$($kind:tt)*];)*
    ) => {
        #[doc = concat!("A [`", stringify!($operation), "`] request under construction.")]
        #[derive(Clone, Debug)]
        pub struct $fluent {
            call: $crate::client::Call<$operation>,
            inner: $builder,
        }

        impl ::std::convert::From<$crate::client::Call<$operation>> for $fluent {
            #[inline]
            fn from(call: $crate::client::Call<$operation>) -> Self {
                Self { call, inner: ::std::default::Default::default() }
            }
        }

        impl $operation {
            /// The operation.
            #[inline]
            pub fn new() -> Self {
                Self
            }
        }

        impl ::std::default::Default for $operation {
            #[inline]
            fn default() -> Self {
                Self
            }
        }

        impl $fluent {
            /// What is set so far.
            #[inline]
            pub fn as_input(&self) -> &$builder {
                &self.inner
            }

            /// Sends the request and waits for the answer, over as many attempts as the client
            /// is configured for.
            ///
            /// # Errors
            /// What the service answered instead, or why there is no answer.
            pub async fn send(
                self,
            ) -> ::std::result::Result<
                <$operation as $crate::operation::Operation>::Output,
                $crate::error::SdkError<<$operation as $crate::operation::Operation>::Error>,
            > {
                let input = self.inner.build().map_err($crate::error::SdkError::construction_failure)?;
                self.call.send(input).await
            }

            /// Changes this one call: its configuration, its HTTP request, its interceptors.
            #[inline]
            pub fn customize(self) -> $crate::customize::CustomizableOperation<$operation> {
                $crate::customize::CustomizableOperation::new(self.call, self.inner.build())
            }

            $($crate::__fluent_setters!($input $field $set $get [$($kind)*]);)*
        }

        impl $builder {
            /// Sends a request with this input through the given client.
            ///
            /// # Errors
            /// What the service answered instead, or why there is no answer.
            pub async fn send_with(
                self,
                client: &$client,
            ) -> ::std::result::Result<
                <$operation as $crate::operation::Operation>::Output,
                $crate::error::SdkError<<$operation as $crate::operation::Operation>::Error>,
            > {
                let call = $crate::client::Call::new(client.handle.clone());
                $fluent { call, inner: self }.send().await
            }
        }
    };
}

/// Gives a paginated operation's fluent builder its way into the pages.
#[macro_export]
macro_rules! into_paginator {
    ($fluent:ident => $operation:ident) => {
        impl $fluent {
            /// Reads all pages, one after the other, as they are asked for.
            #[inline]
            pub fn into_paginator(self) -> $crate::paginator::Paginator<$operation> {
                $crate::paginator::Paginator::new(self.call, self.inner.build())
            }
        }
    };
}

/// The setters of a builder that holds the input's builder in `inner`.
#[doc(hidden)]
#[macro_export]
macro_rules! __fluent_setters {
    ($owner:ident $field:ident $set:ident $get:ident [$($kind:tt)*]) => {
        $crate::__fluent_setters!(@one $owner $field [$($kind)*]);

        #[doc = concat!("Sets or clears [`", stringify!($field), "`](", stringify!($owner), "::", stringify!($field), ").")]
        #[inline]
        #[must_use]
        pub fn $set(mut self, input: ::std::option::Option<$crate::__member_type!($($kind)*)>) -> Self {
            self.inner = self.inner.$set(input);
            self
        }

        #[doc = concat!("What is set for [`", stringify!($field), "`](", stringify!($owner), "::", stringify!($field), ").")]
        #[inline]
        pub fn $get(&self) -> &::std::option::Option<$crate::__member_type!($($kind)*)> {
            self.inner.$get()
        }
    };
    (@one $owner:ident $field:ident [text]) => { $crate::__fluent_setters!(@fn $owner $field "Sets", impl ::std::convert::Into<::std::string::String>); };
    (@one $owner:ident $field:ident [copy $type:ty]) => { $crate::__fluent_setters!(@fn $owner $field "Sets", $type); };
    (@one $owner:ident $field:ident [plain $type:ty]) => { $crate::__fluent_setters!(@fn $owner $field "Sets", $type); };
    (@one $owner:ident $field:ident [boxed $type:ty]) => { $crate::__fluent_setters!(@fn $owner $field "Sets", impl ::std::convert::Into<::std::boxed::Box<$type>>); };
    (@one $owner:ident $field:ident [texts]) => { $crate::__fluent_setters!(@fn $owner $field "Adds an item to", impl ::std::convert::Into<::std::string::String>); };
    (@one $owner:ident $field:ident [list $type:ty]) => { $crate::__fluent_setters!(@fn $owner $field "Adds an item to", $type); };
    (@one $owner:ident $field:ident [map_text $key:ty]) => { $crate::__fluent_setters!(@entry $owner $field, $key, impl ::std::convert::Into<::std::string::String>); };
    (@one $owner:ident $field:ident [map $key:ty : $value:ty]) => { $crate::__fluent_setters!(@entry $owner $field, $key, $value); };
    (@entry $owner:ident $field:ident, $key:ty, $value:ty) => {
        #[doc = concat!("Adds an entry to [`", stringify!($field), "`](", stringify!($owner), "::", stringify!($field), ").")]
        #[inline]
        #[must_use]
        pub fn $field(mut self, key: impl ::std::convert::Into<$key>, value: $value) -> Self {
            self.inner = self.inner.$field(key, value);
            self
        }
    };
    (@fn $owner:ident $field:ident $verb:literal, $type:ty) => {
        #[doc = concat!($verb, " [`", stringify!($field), "`](", stringify!($owner), "::", stringify!($field), ").")]
        #[inline]
        #[must_use]
        pub fn $field(mut self, input: $type) -> Self {
            self.inner = self.inner.$field(input);
            self
        }
    };
}
