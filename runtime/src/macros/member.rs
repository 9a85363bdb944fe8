//! One member: its type, accessor and setters, by kind.
//!
//! | kind | Rust type | setter takes |
//! | --- | --- | --- |
//! | `text` | `String` | anything that becomes a `String` |
//! | `copy T` | `T`, returned by value | `T` |
//! | `plain T` | `T`, returned by reference | `T` |
//! | `boxed T` | `Box<T>` | `T` or `Box<T>` |
//! | `texts` | `Vec<String>` | one item, again and again |
//! | `list T` | `Vec<T>` | one item, again and again |
//! | `map_text K` | `HashMap<K, String>` | one entry, again and again |
//! | `map K: V` | `HashMap<K, V>` | one entry, again and again |

/// The Rust type of a member without its optionality.
#[doc(hidden)]
#[macro_export]
macro_rules! __member_type {
    (text) => { ::std::string::String };
    (copy $type:ty) => { $type };
    (plain $type:ty) => { $type };
    (boxed $type:ty) => { ::std::boxed::Box<$type> };
    (texts) => { ::std::vec::Vec<::std::string::String> };
    (list $type:ty) => { ::std::vec::Vec<$type> };
    (map_text $key:ty) => { ::std::collections::HashMap<$key, ::std::string::String> };
    (map $key:ty : $value:ty) => { ::std::collections::HashMap<$key, $value> };
}

/// The accessor of a member, by whether its field is an `Option`.
#[doc(hidden)]
#[macro_export]
macro_rules! __member_accessor {
    ($owner:ident $field:ident optional [$($kind:tt)*]) => { $crate::__member_accessor!(@option $owner $field [$($kind)*]); };
    ($owner:ident $field:ident required_option [$($kind:tt)*]) => { $crate::__member_accessor!(@option $owner $field [$($kind)*]); };
    ($owner:ident $field:ident required [$($kind:tt)*]) => { $crate::__member_accessor!(@value $owner $field [$($kind)*]); };
    ($owner:ident $field:ident default [$($kind:tt)*]) => { $crate::__member_accessor!(@value $owner $field [$($kind)*]); };
    ($owner:ident $field:ident required_default [$($kind:tt)*]) => { $crate::__member_accessor!(@value $owner $field [$($kind)*]); };
    (@option $owner:ident $field:ident [text]) => { $crate::__member_accessor!(@fn $owner $field, ::std::option::Option<&str>, [] [.as_deref()]); };
    (@option $owner:ident $field:ident [copy $type:ty]) => { $crate::__member_accessor!(@fn $owner $field, ::std::option::Option<$type>, [] []); };
    (@option $owner:ident $field:ident [plain $type:ty]) => { $crate::__member_accessor!(@fn $owner $field, ::std::option::Option<&$type>, [] [.as_ref()]); };
    (@option $owner:ident $field:ident [boxed $type:ty]) => { $crate::__member_accessor!(@fn $owner $field, ::std::option::Option<&$type>, [] [.as_deref()]); };
    (@option $owner:ident $field:ident [texts]) => { $crate::__member_accessor!(@fn $owner $field, &[::std::string::String], [] [.as_deref().unwrap_or_default()]); };
    (@option $owner:ident $field:ident [list $type:ty]) => { $crate::__member_accessor!(@fn $owner $field, &[$type], [] [.as_deref().unwrap_or_default()]); };
    (@option $owner:ident $field:ident [map_text $key:ty]) => { $crate::__member_accessor!(@option $owner $field [map $key : ::std::string::String]); };
    (@option $owner:ident $field:ident [map $key:ty : $value:ty]) => { $crate::__member_accessor!(@fn $owner $field, ::std::option::Option<&::std::collections::HashMap<$key, $value>>, [] [.as_ref()]); };
    (@value $owner:ident $field:ident [text]) => { $crate::__member_accessor!(@fn $owner $field, &str, [&] []); };
    (@value $owner:ident $field:ident [copy $type:ty]) => { $crate::__member_accessor!(@fn $owner $field, $type, [] []); };
    (@value $owner:ident $field:ident [plain $type:ty]) => { $crate::__member_accessor!(@fn $owner $field, &$type, [&] []); };
    (@value $owner:ident $field:ident [boxed $type:ty]) => { $crate::__member_accessor!(@fn $owner $field, &$type, [&] []); };
    (@value $owner:ident $field:ident [texts]) => { $crate::__member_accessor!(@fn $owner $field, &[::std::string::String], [&] []); };
    (@value $owner:ident $field:ident [list $type:ty]) => { $crate::__member_accessor!(@fn $owner $field, &[$type], [&] []); };
    (@value $owner:ident $field:ident [map_text $key:ty]) => { $crate::__member_accessor!(@value $owner $field [map $key : ::std::string::String]); };
    (@value $owner:ident $field:ident [map $key:ty : $value:ty]) => { $crate::__member_accessor!(@fn $owner $field, &::std::collections::HashMap<$key, $value>, [&] []); };
    (@fn $owner:ident $field:ident, $type:ty, [$($before:tt)*] [$($after:tt)*]) => {
        #[doc = stringify!(The value of $field of [$owner].)]
        #[inline]
        pub fn $field(&self) -> $type {
            $($before)* self.$field $($after)*
        }
    };
}

/// The three builder methods of a member; how a builder reads and writes its fields comes first.
#[doc(hidden)]
#[macro_export]
macro_rules! __member_setters {
    ([$($read:tt)*] [$($write:tt)*] $owner:ident $field:ident $set:ident $get:ident [$($kind:tt)*]) => {
        $crate::__member_setters!(@one [$($write)*] $owner $field [$($kind)*]);

        #[doc = stringify!(Sets or clears $field of [$owner].)]
        #[inline]
        pub fn $set(mut self, input: ::std::option::Option<$crate::__member_type!($($kind)*)>) -> Self {
            self$($write)*.$field = input;
            self
        }

        #[doc = stringify!(What is set for $field of [$owner].)]
        #[inline]
        pub fn $get(&self) -> &::std::option::Option<$crate::__member_type!($($kind)*)> {
            &self$($read)*.$field
        }
    };
    (@one [$($write:tt)*] $owner:ident $field:ident [text]) => { $crate::__member_setters!(@set [$($write)*] $owner $field, impl ::std::convert::Into<::std::string::String>, |input| input.into()); };
    (@one [$($write:tt)*] $owner:ident $field:ident [copy $type:ty]) => { $crate::__member_setters!(@set [$($write)*] $owner $field, $type, |input| input); };
    (@one [$($write:tt)*] $owner:ident $field:ident [plain $type:ty]) => { $crate::__member_setters!(@set [$($write)*] $owner $field, $type, |input| input); };
    (@one [$($write:tt)*] $owner:ident $field:ident [boxed $type:ty]) => { $crate::__member_setters!(@set [$($write)*] $owner $field, impl ::std::convert::Into<::std::boxed::Box<$type>>, |input| input.into()); };
    (@one [$($write:tt)*] $owner:ident $field:ident [texts]) => { $crate::__member_setters!(@push [$($write)*] $owner $field, impl ::std::convert::Into<::std::string::String>, |input| input.into()); };
    (@one [$($write:tt)*] $owner:ident $field:ident [list $type:ty]) => { $crate::__member_setters!(@push [$($write)*] $owner $field, $type, |input| input); };
    (@one [$($write:tt)*] $owner:ident $field:ident [map_text $key:ty]) => { $crate::__member_setters!(@insert [$($write)*] $owner $field, $key, impl ::std::convert::Into<::std::string::String>, |value| value.into()); };
    (@one [$($write:tt)*] $owner:ident $field:ident [map $key:ty : $value:ty]) => { $crate::__member_setters!(@insert [$($write)*] $owner $field, $key, $value, |value| value); };
    (@insert [$($write:tt)*] $owner:ident $field:ident, $key:ty, $value:ty, |$input:ident| $body:expr) => {
        #[doc = stringify!(Adds an entry to $field of [$owner].)]
        #[inline]
        pub fn $field(mut self, key: impl ::std::convert::Into<$key>, $input: $value) -> Self {
            self$($write)*.$field.get_or_insert_default().insert(key.into(), $body);
            self
        }
    };
    (@set [$($write:tt)*] $owner:ident $field:ident, $type:ty, |$input:ident| $body:expr) => {
        #[doc = stringify!(Sets $field of [$owner].)]
        #[inline]
        pub fn $field(mut self, $input: $type) -> Self {
            self$($write)*.$field = ::std::option::Option::Some($body);
            self
        }
    };
    (@push [$($write:tt)*] $owner:ident $field:ident, $type:ty, |$input:ident| $body:expr) => {
        #[doc = stringify!(Adds an item to $field of [$owner].)]
        #[inline]
        pub fn $field(mut self, $input: $type) -> Self {
            self$($write)*.$field.get_or_insert_default().push($body);
            self
        }
    };
}

/// A member's line in the shape table.
#[doc(hidden)]
#[macro_export]
macro_rules! __member_table {
    ($wire:literal $field:ident $shape:path, optional) => {
        $crate::schema::Member::new($wire, &$shape).field(stringify!($field))
    };
    ($wire:literal $field:ident $shape:path, default) => {
        $crate::schema::Member::new($wire, &$shape).field(stringify!($field))
    };
    ($wire:literal $field:ident $shape:path, required) => {
        $crate::schema::Member::new($wire, &$shape).field(stringify!($field)).required()
    };
    ($wire:literal $field:ident $shape:path, required_default) => {
        $crate::schema::Member::new($wire, &$shape).field(stringify!($field)).required()
    };
    ($wire:literal $field:ident $shape:path, required_option) => {
        $crate::schema::Member::new($wire, &$shape).field(stringify!($field)).required()
    };
}

/// A member's value in a structure of which nothing is known.
#[doc(hidden)]
#[macro_export]
macro_rules! __member_empty {
    ($need:ident $default:expr) => {
        $default
    };
    (required) => {
        $crate::value::Empty::empty()
    };
    ($optional:ident) => {
        ::std::option::Option::None
    };
}

/// A member's value when a builder is done.
#[doc(hidden)]
#[macro_export]
macro_rules! __member_build {
    ($value:expr, $owner:ident $field:ident, $need:ident $default:expr) => {
        $value.unwrap_or_else(|| $default)
    };
    ($value:expr, $owner:ident $field:ident, required) => {
        match $value {
            ::std::option::Option::Some(value) => value,
            ::std::option::Option::None => {
                return ::std::result::Result::Err($crate::__private::BuildError::missing_field(
                    stringify!($field),
                    concat!("`", stringify!($owner), "` needs it: set it before `build`"),
                ));
            }
        }
    };
    ($value:expr, $owner:ident $field:ident, $optional:ident) => {
        $value
    };
}
