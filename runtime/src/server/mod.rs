//! The other side of the wire: what a server shares between all operations of a service.
//!
//! A generated crate holds a trait with a method for each operation, and [`dispatch!`](crate::dispatch) makes the
//! [`Protocol`] of it: requests in, calls of the trait, responses out. Sockets, callers and limits are the
//! server's own.
//!
//! | what is wrong | the client reads | status |
//! | --- | --- | --- |
//! | another method than `POST` | `UnknownOperationException` | 405 |
//! | another path than `/`, a target that is missing or not known | `UnknownOperationException` | 404 |
//! | another content type, or a compressed body | `UnsupportedMediaTypeException` | 415 |
//! | a body that is no JSON, or values of the wrong type | `SerializationException` | 400 |
//! | values that the model does not admit | `ValidationException` | 400 |
//! | an error of the model | its name | 400, or 500 where the server is at fault |
//! | an error that the model does not name | the model's first error of the server, else `InternalFailure` | 500 |

mod input;
mod protocol;
mod rejection;
mod route;

pub use protocol::Protocol;
pub use rejection::Rejection;
pub use route::{Answer, Route, answer};
