//! Views of the simple types, of optional and of boxed values.

use super::{Empty, Node, Slot, Value};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

macro_rules! leaf {
    ($($type:ty: $node:expr, $slot:ident;)*) => {
        $(impl Value for $type {
            #[inline]
            fn node(&self) -> Node<'_> {
                let node: for<'a> fn(&'a $type) -> Node<'a> = $node;
                node(self)
            }

            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::$slot(self)
            }
        })*
    };
}

leaf! {
    bool: |value| Node::Boolean(*value), Boolean;
    i8: |value| Node::Integer((*value).into()), Byte;
    i16: |value| Node::Integer((*value).into()), Short;
    i32: |value| Node::Integer((*value).into()), Integer;
    i64: |value| Node::Integer(*value), Long;
    f32: |value| Node::Float(*value), Float;
    f64: |value| Node::Double(*value), Double;
    BigInteger: |value| Node::Number(value.as_ref()), BigInteger;
    BigDecimal: |value| Node::Number(value.as_ref()), BigDecimal;
    String: |value| Node::String(value), String;
    Blob: |value| Node::Blob(value.as_ref()), Blob;
    DateTime: |value| Node::Timestamp(value), Timestamp;
    Document: |value| Node::Document(value), Document;
}

impl<T: Value + Empty> Value for Option<T> {
    #[inline]
    fn node(&self) -> Node<'_> {
        match self {
            Some(value) => value.node(),
            None => Node::Absent,
        }
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        self.get_or_insert_with(T::empty).slot()
    }

    #[inline]
    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: Value> Value for Box<T> {
    fn node(&self) -> Node<'_> {
        (**self).node()
    }

    fn slot(&mut self) -> Slot<'_> {
        (**self).slot()
    }

    fn clear(&mut self) {
        (**self).clear();
    }
}
