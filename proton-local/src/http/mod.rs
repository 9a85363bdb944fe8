//! The server's front: connections, limits, and the way of a request to its operation.
//!
//! | path | what it answers |
//! | --- | --- |
//! | `POST /` | the API |
//! | `GET /healthz` | `{"status":"ok"}` while the server runs |
//! | `GET /metrics` | counts, in the text format of Prometheus |
//! | `GET /deployments/ID/rendered[/PATH]` | the rendered templates of a deployment, to who may call the API |

mod body;
mod front;
mod listener;
mod rendered;
#[cfg(test)]
mod tests;

pub(crate) use front::Front;
pub(crate) use listener::serve;
