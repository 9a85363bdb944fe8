//! The table of a server: which method answers which operation.

/// Writes the function `protocol` of a handler trait whose methods take a context and an input.
///
/// The first line has the trait, the service's table, what stands before `#` in the `__type` of its errors, and
/// those errors that are the server's fault. Then comes a line for each operation, sorted by name on the wire: the
/// method, the operation's type, that name.
#[macro_export]
macro_rules! dispatch {
    (
        $handler:ident, $service:path, $namespace:literal, [$($fault:literal),*];
        $($method:ident $operation:path = $name:literal;)*
    ) => {
        /// How clients speak to the handler: by the operation's name in `X-Amz-Target`.
        pub const fn protocol<H: $handler>() -> $crate::server::Protocol<H, H::Context> {
            $crate::server::Protocol::new(&$service, $namespace, &[$($fault),*], const {
                &[$($crate::server::Route::new($name, |handler: &H, context, body| {
                    ::std::boxed::Box::pin($crate::server::answer::<$operation, _>(body, move |input| {
                        handler.$method(context, input)
                    }))
                })),*]
            })
        }
    };
}
