//! Everything about an enum but its definition.

/// Writes the table and the text conversions of an enum whose last variant, `Unknown`, keeps a
/// value that the model does not name.
///
/// ```
/// use smithy_runtime::value::UnknownVariantValue;
///
/// /// A suit of cards.
/// #[non_exhaustive]
/// #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub enum Suit {
///     /// Black.
///     Clubs,
///     /// Red.
///     Hearts,
///     /// A value that this version does not name.
///     Unknown(UnknownVariantValue),
/// }
///
/// smithy_runtime::string_enum! {
///     SUIT: "example#Suit" => Suit;
///     Clubs "CLUBS";
///     Hearts "HEARTS";
/// }
///
/// assert_eq!(Suit::from("HEARTS"), Suit::Hearts);
/// assert_eq!(Suit::from("SPADES").as_str(), "SPADES");
/// assert_eq!(Suit::values(), ["CLUBS", "HEARTS"]);
/// assert!(Suit::try_parse("SPADES").is_err());
/// ```
#[macro_export]
macro_rules! string_enum {
    ($table:ident: $id:literal $($sensitive:ident)? => $type:ident; $($variant:ident $text:literal;)*) => {
        pub(crate) static $table: $crate::schema::Shape =
            $crate::schema::Shape::string_enum($id, &[$($text),*])$(.$sensitive())?;

        $($crate::__redacted_debug!($type $sensitive);)?

        impl $type {
            /// The value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// The values that the model names, in its order.
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                &[$($text),*]
            }

            /// The variant for a value that the model names.
            ///
            /// # Errors
            /// The model does not name the value.
            #[inline]
            pub fn try_parse(value: &str) -> ::std::result::Result<Self, $crate::error::UnknownVariantError> {
                match Self::from(value) {
                    Self::Unknown(_) => ::std::result::Result::Err($crate::error::UnknownVariantError::new(value)),
                    known => ::std::result::Result::Ok(known),
                }
            }
        }

        impl ::std::convert::From<&str> for $type {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($text => Self::$variant,)*
                    _ => Self::Unknown($crate::value::UnknownVariantValue::new(value)),
                }
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(Self::from(value))
            }
        }

        impl ::std::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::value::Empty for $type {
            #[inline]
            fn empty() -> Self {
                Self::Unknown($crate::value::UnknownVariantValue::new("no value was set"))
            }
        }

        impl $crate::value::Value for $type {
            #[inline]
            fn node(&self) -> $crate::value::Node<'_> {
                $crate::value::Node::String(self.as_str())
            }

            #[inline]
            fn slot(&mut self) -> $crate::value::Slot<'_> {
                $crate::value::Slot::Enum(self)
            }
        }

        impl $crate::value::Enum for $type {
            #[inline]
            fn set(&mut self, text: &str) {
                *self = Self::from(text);
            }
        }

        impl $crate::__private::serde::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
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

/// `Debug` of an enum whose values are hidden.
#[doc(hidden)]
#[macro_export]
macro_rules! __redacted_debug {
    ($type:ident sensitive) => {
        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str($crate::value::REDACTED)
            }
        }
    };
}
