//! The builders of structures and of inputs.

/// The builder of a structure. One with members that must be there has fields of its own, since here they may be absent;
/// a `whole` one holds the structure.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder {
    (
        [$type:ident $builder:ident whole] [$($extra:ident: $extra_type:ty)?];
        $($index:literal $wire:literal $shape:path: $field:ident $set:ident $get:ident => $need:ident [$($kind:tt)*];)*
    ) => {
        #[doc = concat!("Builds a [`", stringify!($type), "`].")]
        #[derive(Clone, PartialEq)]
        #[must_use]
        pub struct $builder($type);

        impl ::std::default::Default for $builder {
            #[inline]
            fn default() -> Self {
                Self($crate::value::Empty::empty())
            }
        }

        impl $builder {
            $($crate::__member_setters!([.0] [.0] $type $field $set $get [$($kind)*]);)*

            #[doc = concat!("Makes the [`", stringify!($type), "`].")]
            #[inline]
            pub fn build(self) -> $type {
                self.0
            }
        }

        $crate::__builder_debug!($builder);
    };
    (
        [$type:ident $builder:ident $build:ident] [$($extra:ident: $extra_type:ty)?];
        $($index:literal $wire:literal $shape:path: $field:ident $set:ident $get:ident => $need:ident $(($default:expr))? [$($kind:tt)*];)*
    ) => {
        #[doc = concat!("Builds a [`", stringify!($type), "`].")]
        #[derive(Clone, PartialEq)]
        #[must_use]
        pub struct $builder {
            $($field: ::std::option::Option<$crate::__member_type!($($kind)*)>,)*
            $($extra: $extra_type,)?
        }

        impl ::std::default::Default for $builder {
            #[inline]
            fn default() -> Self {
                Self {
                    $($field: ::std::option::Option::None,)*
                    $($extra: ::std::default::Default::default(),)?
                }
            }
        }

        impl $builder {
            $($crate::__member_setters!([] [] $type $field $set $get [$($kind)*]);)*

            $crate::__build!($build $type {
                $($field: $crate::__member_build!(self.$field, $type $field, $need $($default)?),)*
                $($extra: self.$extra,)?
            } self);
        }

        $crate::__builder_debug!($builder);
    };
}

/// The builder of an operation's input, whose members may all be absent: it holds the input itself, alone or in a
/// request that is ready to be sent.
#[doc(hidden)]
#[macro_export]
macro_rules! __input_builder {
    (
        [$type:ident $builder:ident];
        $($index:literal $wire:literal $shape:path: $field:ident $set:ident $get:ident => $need:ident [$($kind:tt)*];)*
    ) => {
        #[doc = concat!("Builds a [`", stringify!($type), "`].")]
        #[derive(Clone, PartialEq)]
        #[must_use]
        pub struct $builder<D = $crate::client::Alone<$type>>(D);

        impl ::std::default::Default for $type {
            #[inline]
            fn default() -> Self {
                $crate::value::Empty::empty()
            }
        }

        impl ::std::default::Default for $builder {
            #[inline]
            fn default() -> Self {
                Self($crate::client::Alone(::std::default::Default::default()))
            }
        }

        impl<D: $crate::client::Draft<$type>> $crate::client::Draft<$type> for $builder<D> {
            #[inline]
            fn input(&self) -> &$type {
                self.0.input()
            }

            #[inline]
            fn input_mut(&mut self) -> &mut $type {
                self.0.input_mut()
            }
        }

        impl<D: $crate::client::Draft<$type>> $builder<D> {
            $($crate::__member_setters!([.0.input()] [.0.input_mut()] $type $field $set $get [$($kind)*]);)*
        }

        impl $builder {
            #[doc = concat!("Makes the [`", stringify!($type), "`].")]
            ///
            /// # Errors
            /// None: what is required and absent shows when the request is sent.
            #[inline]
            pub fn build(self) -> ::std::result::Result<$type, $crate::__private::BuildError> {
                ::std::result::Result::Ok(self.0.0)
            }
        }

        $crate::__builder_debug!($builder <D>);
    };
}

/// The last step of a builder.
#[doc(hidden)]
#[macro_export]
macro_rules! __build {
    (fallible $type:ident { $($fields:tt)* } $this:ident) => {
        #[doc = concat!("Makes the [`", stringify!($type), "`].")]
        ///
        /// # Errors
        /// A required member is not set; the error names it.
        #[inline]
        pub fn build($this) -> ::std::result::Result<$type, $crate::__private::BuildError> {
            ::std::result::Result::Ok($type { $($fields)* })
        }
    };
    (infallible $type:ident { $($fields:tt)* } $this:ident) => {
        #[doc = concat!("Makes the [`", stringify!($type), "`].")]
        #[inline]
        pub fn build($this) -> $type {
            $type { $($fields)* }
        }
    };
}

/// Values may be sensitive, so a builder shows its name alone.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder_debug {
    ($builder:ident $(<$draft:ident>)?) => {
        impl $(<$draft>)? ::std::fmt::Debug for $builder $(<$draft>)? {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::__private::debug_name(stringify!($builder), f)
            }
        }
    };
}
