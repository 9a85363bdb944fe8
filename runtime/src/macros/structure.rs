//! Everything about a structure but its definition.

/// Writes the table, the accessors, the builder and the views of a structure.
///
/// ```
/// use smithy_runtime::schema::prelude;
///
/// /// A key and a value.
/// #[non_exhaustive]
/// #[derive(Clone)]
/// pub struct Tag {
///     /// The key.
///     pub key: String,
///
///     /// The value; an absent one is empty.
///     pub value: Option<String>,
/// }
///
/// smithy_runtime::structure! {
///     TAG: "example#Tag" => Tag, TagBuilder, fallible;
///     0 "Key" prelude::STRING: key set_key get_key => required [text];
///     1 "Value" prelude::STRING: value set_value get_value => optional [text];
/// }
///
/// let tag = Tag::builder().key("team").build()?;
/// assert_eq!(tag.key(), "team");
/// assert_eq!(serde_json::to_string(&tag)?, r#"{"Key":"team"}"#);
/// assert_eq!(serde_json::from_str::<Tag>(r#"{"Key":"team"}"#)?, tag);
/// assert!(Tag::builder().build().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// After the builder's name stands `fallible` where `build` returns a `Result`, `infallible`, or `whole` where besides no
/// member has to have a value,
/// and then `output` or `error` for those roles; `sensitive` follows the shape id, and `(inexact)`
/// the type's name where a floating point number or a document stands against `Eq`. A member's line
/// has its index and name on the wire, its shape, the names of the accessor and of the other two
/// builder methods, and
/// - `optional`, `required`, `required_option` (required by the model, yet an `Option` in Rust),
///   `default(value)` or `required_default(value)`,
/// - its kind: `text`, `copy T`, `plain T`, `boxed T`, `texts`, `list T` or `map K: V`.
#[macro_export]
macro_rules! structure {
    ($table:ident: $id:literal $($sensitive:ident)? => $type:ident $(($inexact:ident))?, $builder:ident, $build:ident; $($members:tt)*) => {
        $crate::__structure!([$table $id $($sensitive)?] [$type $builder] [] []; $($members)*);
        $crate::__builder!([$type $builder $build] []; $($members)*);
        $crate::__equality!($type $($inexact)?);
    };
    ($table:ident: $id:literal $($sensitive:ident)? => $type:ident $(($inexact:ident))?, $builder:ident, $build:ident, input; $($members:tt)*) => {
        $crate::__structure!([$table $id $($sensitive)?] [$type $builder] [] []; $($members)*);
        $crate::__input_builder!([$type $builder]; $($members)*);
        $crate::__equality!($type $($inexact)?);
    };
    ($table:ident: $id:literal $($sensitive:ident)? => $type:ident $(($inexact:ident))?, $builder:ident, $build:ident, output; $($members:tt)*) => {
        $crate::__structure!(
            [$table $id $($sensitive)?] [$type $builder]
            [_request_id] [_request_id];
            $($members)*
        );
        $crate::__builder!([$type $builder $build] [_request_id: $crate::value::ResponseMetadata]; $($members)*);
        $crate::__equality!($type $($inexact)?);

        impl $crate::__private::RequestId for $type {
            #[inline]
            fn request_id(&self) -> ::std::option::Option<&str> {
                $crate::__private::RequestId::request_id(&self._request_id)
            }
        }
    };
    ($table:ident: $id:literal $($sensitive:ident)? => $type:ident $(($inexact:ident))?, $builder:ident, $build:ident, error; $($members:tt)*) => {
        $crate::__structure!([$table $id $($sensitive)?] [$type $builder] [meta] []; $($members)*);
        $crate::__builder!([$type $builder $build] [meta: ::std::boxed::Box<$crate::__private::ErrorMetadata>]; $($members)*);
        $crate::__error_structure!($type $builder);
    };
}

/// The part that all roles share: the table, the accessors and the views. A role may have one more field.
#[doc(hidden)]
#[macro_export]
macro_rules! __structure {
    (
        [$table:ident $id:literal $($sensitive:ident)?] [$type:ident $builder:ident] [$($extra:ident)?] [$($metadata:ident)?];
        $($index:literal $wire:literal $shape:path: $field:ident $set:ident $get:ident => $need:ident $(($default:expr))? [$($kind:tt)*];)*
    ) => {
        pub(crate) static $table: $crate::schema::Shape =
            $crate::schema::Shape::structure($id, &[$($crate::__member_table!($wire $field $shape, $need)),*])$(.$sensitive())?;

        impl $type {
            #[doc = concat!("Starts a [`", stringify!($type), "`] with nothing set.")]
            #[inline]
            pub fn builder() -> $builder {
                ::std::default::Default::default()
            }

            $($crate::__member_accessor!($type $field $need [$($kind)*]);)*
        }

        impl $crate::value::Empty for $type {
            #[inline]
            fn empty() -> Self {
                Self {
                    $($field: $crate::__member_empty!($need $($default)?),)*
                    $($extra: ::std::default::Default::default(),)?
                }
            }
        }

        impl $crate::value::Value for $type {
            #[inline]
            fn node(&self) -> $crate::value::Node<'_> {
                $crate::value::Node::Structure(self)
            }

            #[inline]
            fn slot(&mut self) -> $crate::value::Slot<'_> {
                $crate::value::Slot::Structure(self)
            }
        }

        impl $crate::value::Structure for $type {
            #[inline]
            fn shape(&self) -> &'static $crate::schema::Shape {
                &$table
            }

            #[inline]
            fn member(&self, index: usize) -> ::std::option::Option<&dyn $crate::value::Value> {
                match index {
                    $($index => ::std::option::Option::Some(&self.$field),)*
                    _ => ::std::option::Option::None,
                }
            }

            #[inline]
            fn member_mut(&mut self, index: usize) -> ::std::option::Option<&mut dyn $crate::value::Value> {
                match index {
                    $($index => ::std::option::Option::Some(&mut self.$field),)*
                    _ => ::std::option::Option::None,
                }
            }

            $(#[inline]
            fn set_response_metadata(&mut self, metadata: $crate::value::ResponseMetadata) {
                self.$metadata = metadata;
            })?
        }

        $crate::__views!($type $table);
    };
}

/// Equality of structures and unions, of which `inexact` says that there is no `Eq`.
#[doc(hidden)]
#[macro_export]
macro_rules! __equality {
    ($type:ident inexact) => {
        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::value::equal(self, other)
            }
        }
    };
    ($type:ident) => {
        $crate::__equality!($type inexact);

        impl ::std::cmp::Eq for $type {}

        impl ::std::hash::Hash for $type {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                $crate::value::hash(self, state);
            }
        }
    };
}

/// `Debug` and serde, which structures and unions have alike.
#[doc(hidden)]
#[macro_export]
macro_rules! __views {
    ($type:ident $table:ident) => {
        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::value::debug(self, f)
            }
        }

        impl $crate::__private::serde::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::codec::serialize(self, &$table, serializer)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::codec::deserialize(&$table, deserializer)
            }
        }
    };
}
