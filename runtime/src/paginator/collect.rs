//! What a stream can be gathered into.

/// A collection of a stream's items: `Vec<T>`, or `Result<Vec<T>, E>` of a stream of results, which
/// stops at the first error. The trait is sealed.
pub trait Collectable<Item>: Collect<Item> {}

impl<C: Collect<Item>, Item> Collectable<Item> for C {}

pub(super) mod sealed {
    pub trait Collect<Item>: Sized {
        type Buffer;

        fn start() -> Self::Buffer;

        /// Takes an item in; `false` when no more are wanted.
        fn push(buffer: &mut Self::Buffer, item: Item) -> bool;

        fn finish(buffer: Self::Buffer) -> Self;
    }
}

use sealed::Collect;

impl<T> Collect<T> for Vec<T> {
    type Buffer = Self;

    fn start() -> Self {
        Self::new()
    }

    fn push(buffer: &mut Self, item: T) -> bool {
        buffer.push(item);
        true
    }

    fn finish(buffer: Self) -> Self {
        buffer
    }
}

impl<T, E, C: Collect<T>> Collect<Result<T, E>> for Result<C, E> {
    type Buffer = Result<C::Buffer, E>;

    fn start() -> Self::Buffer {
        Ok(C::start())
    }

    fn push(buffer: &mut Self::Buffer, item: Result<T, E>) -> bool {
        match (buffer.as_mut(), item) {
            (Ok(items), Ok(item)) => C::push(items, item),
            (Ok(_), Err(error)) => {
                *buffer = Err(error);
                false
            }
            (Err(_), _) => false,
        }
    }

    fn finish(buffer: Self::Buffer) -> Self {
        buffer.map(C::finish)
    }
}
