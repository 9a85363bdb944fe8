//! A service with one operation, by hand.

use smithy_runtime::config::retry::ErrorKind;
use smithy_runtime::endpoint::{Endpoint, Params, ResolveEndpointError};
use smithy_runtime::error::{ErrorMetadata, ProvideErrorMetadata, Unhandled, display_structure};
use smithy_runtime::operation::{ErrorShape, Metadata, Operation, Service, ServiceError};
use smithy_runtime::schema::{Member, Shape, prelude};
use smithy_runtime::value::{Empty, Node, ResponseMetadata, Slot, Structure, Value, debug};
use std::fmt::{Debug, Display, Formatter, Result as FmtResult};

pub(crate) static SERVICE: Service = Service {
    id: "Engine Test",
    signing_name: "enginetest",
    target_prefix: "EngineTest20260101",
    content_type: "application/x-amz-json-1.0",
    crate_version: "1.2.3",
    query_compatible: false,
    account_endpoints: false,
    errors: &[
        ErrorShape { shape: &CONFLICT, retry: None },
        ErrorShape { shape: &THROTTLED, retry: Some(ErrorKind::ThrottlingError) },
        ErrorShape { shape: &BUSY, retry: Some(ErrorKind::ServerError) },
    ],
    resolve_endpoint: resolve,
};

fn resolve(params: &Params) -> Result<Endpoint, ResolveEndpointError> {
    match (params.endpoint(), params.region()) {
        (Some(url), _) => Ok(Endpoint::new(url)),
        (None, Some(region)) => Ok(Endpoint::new(format!("https://enginetest.{region}.example.com"))),
        (None, None) => Err(ResolveEndpointError::new("Invalid Configuration: Missing Region")),
    }
}

static SECRET: Shape = Shape::string("test#Secret").sensitive();
static TAG: Shape = Shape::structure("test#Tag", &[Member::new("key", &prelude::STRING).required()]);
static TAGS: Shape = Shape::list("test#Tags", &TAG);
static INPUT: Shape = Shape::structure(
    "test#CreateThingInput",
    &[
        Member::new("name", &prelude::STRING).required(),
        Member::new("token", &prelude::STRING),
        Member::new("secret", &SECRET),
        Member::new("tags", &TAGS),
    ],
);
static OUTPUT: Shape = Shape::structure(
    "test#CreateThingOutput",
    &[Member::new("arn", &prelude::STRING).required(), Member::new("secret", &SECRET)],
);
static CONFLICT: Shape = Shape::structure("test#ConflictException", &[Member::new("message", &SECRET).required()]);
static THROTTLED: Shape = Shape::structure("test#ThrottlingException", &[Member::new("message", &SECRET)]);
static BUSY: Shape = Shape::structure("test#BusyException", &[]);

macro_rules! structure {
    ($type:ident $shape:ident { $($index:literal $field:ident: $of:ty,)* } $($extra:ident: $extra_type:ty)?) => {
        #[derive(Clone, Default)]
        pub(crate) struct $type {
            $(pub(crate) $field: $of,)*
            $(pub(crate) $extra: $extra_type,)?
        }

        impl Value for $type {
            fn node(&self) -> Node<'_> {
                Node::Structure(self)
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::Structure(self)
            }
        }

        impl Structure for $type {
            fn shape(&self) -> &'static Shape {
                &$shape
            }

            fn member(&self, index: usize) -> Option<&dyn Value> {
                match index {
                    $($index => Some(&self.$field),)*
                    _ => None,
                }
            }

            fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
                match index {
                    $($index => Some(&mut self.$field),)*
                    _ => None,
                }
            }

            $(fn set_response_metadata(&mut self, metadata: ResponseMetadata) {
                self.$extra = metadata.into();
            })?
        }

        impl Empty for $type {
            fn empty() -> Self {
                Self::default()
            }
        }

        impl Debug for $type {
            fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
                debug(self, f)
            }
        }
    };
}

structure!(Tag TAG { 0 key: Option<String>, });
structure!(CreateThingInput INPUT {
    0 name: Option<String>, 1 token: Option<String>, 2 secret: Option<String>, 3 tags: Option<Vec<Tag>>,
});
structure!(CreateThingOutput OUTPUT { 0 arn: String, 1 secret: Option<String>, } meta: ResponseMetadata);
structure!(ErrorBody CONFLICT { 0 message: Option<String>, });

pub(crate) fn input() -> CreateThingInput {
    CreateThingInput { name: Some("thing".into()), ..CreateThingInput::default() }
}

pub(crate) struct CreateThing;

impl Operation for CreateThing {
    type Input = CreateThingInput;
    type Output = CreateThingOutput;
    type Error = ServiceFailure;
    const METADATA: &'static Metadata =
        &Metadata { idempotency_token: Some(1), ..Metadata::new(&SERVICE, "CreateThing") };
}

#[derive(Debug)]
pub(crate) enum ServiceFailure {
    Conflict(ErrorBody, ErrorMetadata),
    Unhandled(Unhandled),
}

impl ServiceError for ServiceFailure {
    fn new(code: Option<&str>, metadata: ErrorMetadata) -> Self {
        match code {
            Some("ConflictException") => Self::Conflict(ErrorBody::empty(), metadata),
            _ => Self::Unhandled(Unhandled::from_metadata(metadata)),
        }
    }

    fn from_unhandled(error: Unhandled) -> Self {
        Self::Unhandled(error)
    }

    fn structure_mut(&mut self) -> Option<&mut dyn Structure> {
        match self {
            Self::Conflict(body, _) => Some(body),
            Self::Unhandled(_) => None,
        }
    }
}

impl ProvideErrorMetadata for ServiceFailure {
    fn meta(&self) -> &ErrorMetadata {
        match self {
            Self::Conflict(_, metadata) => metadata,
            Self::Unhandled(error) => error.meta(),
        }
    }
}

impl Display for ServiceFailure {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        match self {
            Self::Conflict(body, metadata) => display_structure(body, metadata, f),
            Self::Unhandled(error) => Display::fmt(error, f),
        }
    }
}

impl std::error::Error for ServiceFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Conflict(..) => None,
            Self::Unhandled(error) => error.source(),
        }
    }
}
