//! Everything about a union but its definition.

/// Writes the table and the views of a union whose last variant, `Unknown`, keeps a member that
/// the model does not name.
///
/// ```
/// use smithy_runtime::schema::prelude;
/// use smithy_runtime::value::UnknownUnion;
///
/// /// Where to look.
/// #[non_exhaustive]
/// #[derive(Clone)]
/// pub enum Source {
///     /// A file.
///     File(String),
///     /// A member that this version does not name.
///     Unknown(UnknownUnion),
/// }
///
/// smithy_runtime::union! {
///     SOURCE: "example#Source" => Source;
///     0 "file" prelude::STRING: File(String) as_file is_file;
/// }
///
/// let source: Source = serde_json::from_str(r#"{"file":"a.txt"}"#)?;
/// assert_eq!(source.as_file(), Ok(&"a.txt".to_owned()));
/// let newer: Source = serde_json::from_str(r#"{"queue":{"name":"q"}}"#)?;
/// assert!(newer.is_unknown());
/// assert_eq!(serde_json::to_string(&newer)?, r#"{"queue":{"name":"q"}}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! union {
    (
        $table:ident: $id:literal $($sensitive:ident)? => $type:ident $(($inexact:ident))?;
        $($index:literal $wire:literal $shape:path: $variant:ident($value:ty) $as:ident $is:ident;)*
    ) => {
        pub(crate) static $table: $crate::schema::Shape =
            $crate::schema::Shape::union($id, &[$($crate::schema::Member::new($wire, &$shape)),*])$(.$sensitive())?;

        impl $type {
            $(
                #[doc = concat!("The value of [`", stringify!($variant), "`](", stringify!($type), "::", stringify!($variant), ").")]
                ///
                /// # Errors
                /// Another variant, which is given back.
                #[inline]
                pub fn $as(&self) -> ::std::result::Result<&$value, &Self> {
                    match self {
                        Self::$variant(value) => ::std::result::Result::Ok(value),
                        #[allow(unreachable_patterns)]
                        other => ::std::result::Result::Err(other),
                    }
                }

                #[doc = concat!("Whether this is [`", stringify!($variant), "`](", stringify!($type), "::", stringify!($variant), ").")]
                #[inline]
                pub fn $is(&self) -> bool {
                    self.$as().is_ok()
                }
            )*

            /// Whether this is a member that the model does not name.
            #[inline]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }
        }

        impl $crate::value::Empty for $type {
            #[inline]
            fn empty() -> Self {
                Self::Unknown(::std::default::Default::default())
            }
        }

        impl $crate::value::Value for $type {
            #[inline]
            fn node(&self) -> $crate::value::Node<'_> {
                $crate::value::Node::Union(self)
            }

            #[inline]
            fn slot(&mut self) -> $crate::value::Slot<'_> {
                $crate::value::Slot::Union(self)
            }
        }

        impl $crate::value::Union for $type {
            #[inline]
            fn shape(&self) -> &'static $crate::schema::Shape {
                &$table
            }

            #[inline]
            fn variant(
                &self,
            ) -> ::std::result::Result<(usize, &dyn $crate::value::Value), &$crate::value::UnknownUnion> {
                match self {
                    $(Self::$variant(value) => ::std::result::Result::Ok(($index, value)),)*
                    Self::Unknown(unknown) => ::std::result::Result::Err(unknown),
                }
            }

            #[inline]
            fn select(&mut self, index: usize) -> ::std::option::Option<&mut dyn $crate::value::Value> {
                match index {
                    $($index => {
                        *self = Self::$variant($crate::value::Empty::empty());
                        match self {
                            Self::$variant(value) => ::std::option::Option::Some(value),
                            _ => ::std::option::Option::None,
                        }
                    })*
                    _ => ::std::option::Option::None,
                }
            }

            #[inline]
            fn set_unknown(&mut self, unknown: $crate::value::UnknownUnion) {
                *self = Self::Unknown(unknown);
            }
        }

        $crate::__equality!($type $($inexact)?);
        $crate::__views!($type $table);
    };
}
