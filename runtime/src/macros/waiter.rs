//! A wait under construction.

/// Writes a waiter's fluent builder: the setters of its operation's input, and `wait`.
///
/// Behind the builder's name stand the waiter's table, the operation and its input's builder; a member's line has the three setter
/// names and the kind (see [`structure!`](crate::structure)).
#[macro_export]
macro_rules! waiter {
    (
        $fluent:ident => $table:ident, $operation:ident, $builder:ident;
        $($field:ident $set:ident $get:ident [$($kind:tt)*];)*
    ) => {
        #[doc = concat!("A wait under construction: which resource to watch with [`", stringify!($operation), "`].")]
        #[derive(Clone, Debug)]
        pub struct $fluent {
            call: $crate::client::Call<$operation>,
            inner: $builder,
            options: $crate::waiter::WaitOptions,
        }

        impl ::std::convert::From<$crate::client::Call<$operation>> for $fluent {
            #[inline]
            fn from(call: $crate::client::Call<$operation>) -> Self {
                Self {
                    call,
                    inner: ::std::default::Default::default(),
                    options: ::std::default::Default::default(),
                }
            }
        }

        impl $fluent {
            /// What is set so far.
            #[inline]
            pub fn as_input(&self) -> &$builder {
                &self.inner
            }

            /// Polls until the resource is in the state, for at most `max_wait` in all.
            ///
            /// # Errors
            /// The resource went where the state cannot be reached any more, the time is up, or a
            /// poll failed.
            pub async fn wait(
                self,
                max_wait: ::std::time::Duration,
            ) -> ::std::result::Result<
                $crate::waiter::FinalPoll<
                    <$operation as $crate::operation::Operation>::Output,
                    $crate::error::SdkError<<$operation as $crate::operation::Operation>::Error>,
                >,
                $crate::waiter::WaiterError<
                    <$operation as $crate::operation::Operation>::Output,
                    <$operation as $crate::operation::Operation>::Error,
                >,
            > {
                let input = self.inner.build().map_err($crate::waiter::WaiterError::construction_failure)?;
                $crate::waiter::wait(self.call, input, &$table, self.options, max_wait).await
            }

            /// Changes the wait: the delays between polls, a report of each poll, which errors to
            /// wait through.
            #[must_use]
            #[inline]
            pub fn wait_options(mut self, options: $crate::waiter::WaitOptions) -> Self {
                self.options = options;
                self
            }

            /// Changes the polls: their configuration, their HTTP requests, their interceptors.
            #[inline]
            pub fn customize(self) -> $crate::waiter::CustomizableWait<$operation> {
                let poll = $crate::customize::CustomizableOperation::new(self.call, self.inner.build());
                $crate::waiter::CustomizableWait::new(poll, &$table, self.options)
            }

            $($crate::__waiter_setters!($builder $field $set $get [$($kind)*]);)*
        }
    };
}

/// The setters of a waiter's builder, which holds the input's builder in `inner`.
#[doc(hidden)]
#[macro_export]
macro_rules! __waiter_setters {
    ($owner:ident $field:ident $set:ident $get:ident [$($kind:tt)*]) => {
        $crate::__waiter_setters!(@one $owner $field [$($kind)*]);

        #[doc = stringify!(Sets or clears $field of [$owner].)]
        #[inline]
        pub fn $set(mut self, input: ::std::option::Option<$crate::__member_type!($($kind)*)>) -> Self {
            self.inner = self.inner.$set(input);
            self
        }

        #[doc = stringify!(What is set for $field of [$owner].)]
        #[inline]
        pub fn $get(&self) -> &::std::option::Option<$crate::__member_type!($($kind)*)> {
            self.inner.$get()
        }
    };
    (@one $owner:ident $field:ident [text]) => { $crate::__waiter_setters!(@fn $owner $field [Sets], impl ::std::convert::Into<::std::string::String>); };
    (@one $owner:ident $field:ident [copy $type:ty]) => { $crate::__waiter_setters!(@fn $owner $field [Sets], $type); };
    (@one $owner:ident $field:ident [plain $type:ty]) => { $crate::__waiter_setters!(@fn $owner $field [Sets], $type); };
    (@one $owner:ident $field:ident [boxed $type:ty]) => { $crate::__waiter_setters!(@fn $owner $field [Sets], impl ::std::convert::Into<::std::boxed::Box<$type>>); };
    (@one $owner:ident $field:ident [texts]) => { $crate::__waiter_setters!(@fn $owner $field [Adds an item to], impl ::std::convert::Into<::std::string::String>); };
    (@one $owner:ident $field:ident [list $type:ty]) => { $crate::__waiter_setters!(@fn $owner $field [Adds an item to], $type); };
    (@one $owner:ident $field:ident [map_text $key:ty]) => { $crate::__waiter_setters!(@entry $owner $field, $key, impl ::std::convert::Into<::std::string::String>); };
    (@one $owner:ident $field:ident [map $key:ty : $value:ty]) => { $crate::__waiter_setters!(@entry $owner $field, $key, $value); };
    (@entry $owner:ident $field:ident, $key:ty, $value:ty) => {
        #[doc = stringify!(Adds an entry to $field of [$owner].)]
        #[inline]
        pub fn $field(mut self, key: impl ::std::convert::Into<$key>, value: $value) -> Self {
            self.inner = self.inner.$field(key, value);
            self
        }
    };
    (@fn $owner:ident $field:ident [$($verb:ident)*], $type:ty) => {
        #[doc = stringify!($($verb)* $field of [$owner].)]
        #[inline]
        pub fn $field(mut self, input: $type) -> Self {
            self.inner = self.inner.$field(input);
            self
        }
    };
}
