//! A request under construction, ready to be sent.

/// Writes an operation's fluent builder: its input's builder over a request, which has `send`.
///
/// Behind the builder's name stand the client, the operation and the input's builder, which
/// [`structure!`](crate::structure) wrote.
#[macro_export]
macro_rules! fluent {
    ($fluent:ident => $client:path, $operation:ident, $builder:ident) => {
        #[doc = concat!("A [`", stringify!($operation), "`] request under construction.")]
        pub type $fluent = $builder<$crate::client::Request<$operation, $builder>>;

        impl ::std::convert::From<$crate::client::Call<$operation>> for $fluent {
            #[inline]
            fn from(call: $crate::client::Call<$operation>) -> Self {
                Self($crate::client::Request { call, builder: ::std::default::Default::default() })
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
                &self.0.builder
            }

            /// Sends the request and waits for the answer, over as many attempts as the client
            /// is configured for.
            ///
            /// # Errors
            /// What the service answered instead, or why there is no answer.
            #[inline]
            pub fn send(self) -> $crate::client::Sending<$operation> {
                self.customize().send()
            }

            /// Changes this one call: its configuration, its HTTP request, its interceptors.
            #[inline]
            pub fn customize(self) -> $crate::customize::CustomizableOperation<$operation> {
                $crate::customize::CustomizableOperation::new(self.0.call, self.0.builder.build())
            }
        }

        impl $builder {
            /// Sends a request with this input through the given client.
            ///
            /// # Errors
            /// What the service answered instead, or why there is no answer.
            #[inline]
            pub fn send_with(self, client: &$client) -> $crate::client::Sending<$operation> {
                let call = $crate::client::Call::new(client.handle.clone());
                $crate::customize::CustomizableOperation::new(call, self.build()).send()
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
                $crate::paginator::Paginator::new(self.0.call, self.0.builder.build())
            }
        }
    };
}
