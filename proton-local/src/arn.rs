//! ARNs of the service, taken apart and put together.

use std::fmt;

/// An ARN of one of the service's resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Arn {
    pub(crate) partition: String,
    pub(crate) region: String,
    pub(crate) account: String,
    pub(crate) resource: Resource,
}

/// What an ARN names; `Display` gives the ARN's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Resource {
    EnvironmentTemplate(String),
    EnvironmentTemplateVersion {
        template: String,
        major: String,
        minor: String,
    },
    ServiceTemplate(String),
    ServiceTemplateVersion {
        template: String,
        major: String,
        minor: String,
    },
    Environment(String),
    EnvironmentAccountConnection(String),
    Service(String),
    ServiceInstance {
        service: String,
        name: String,
    },
    ServicePipeline {
        service: String,
    },
    Component(String),
    Deployment(String),
    /// The provider in lower case, and `owner/name`.
    Repository {
        provider: String,
        name: String,
    },
}

impl Arn {
    /// Takes an ARN apart; `None` where it names nothing of this service.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let (arn, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
        let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
        if arn != "arn" || service != "proton" {
            return None;
        }
        let resource = Resource::parse(resource)?;
        Some(Self { partition: partition.to_owned(), region: region.to_owned(), account: account.to_owned(), resource })
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partition, region, account, resource } = self;
        write!(f, "arn:{partition}:proton:{region}:{account}:{resource}")
    }
}

impl Resource {
    /// Takes the end of an ARN apart, such as `service/web/service-instance/blue`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once('/')?;
        let version = || {
            let (template, number) = rest.split_once(':')?;
            let (major, minor) = number.split_once('.')?;
            Some((template.to_owned(), major.to_owned(), minor.to_owned()))
        };
        let name = rest.to_owned();
        Some(match kind {
            "environment-template" if rest.contains(':') => {
                let (template, major, minor) = version()?;
                Self::EnvironmentTemplateVersion { template, major, minor }
            }
            "service-template" if rest.contains(':') => {
                let (template, major, minor) = version()?;
                Self::ServiceTemplateVersion { template, major, minor }
            }
            "repository" => {
                let (provider, name) = rest.split_once(':')?;
                Self::Repository { provider: provider.to_owned(), name: name.to_owned() }
            }
            "service" if rest.contains('/') => {
                let (service, part) = rest.split_once('/')?;
                let service = service.to_owned();
                match part.split_once('/') {
                    Some(("service-instance", name)) => Self::ServiceInstance { service, name: name.to_owned() },
                    // Some documents append an id to the pipeline's ARN.
                    Some(("pipeline", _)) => Self::ServicePipeline { service },
                    None if part == "pipeline" => Self::ServicePipeline { service },
                    _ => return None,
                }
            }
            _ if rest.is_empty() || rest.contains('/') => return None,
            "environment-template" => Self::EnvironmentTemplate(name),
            "service-template" => Self::ServiceTemplate(name),
            "environment" => Self::Environment(name),
            "environment-account-connection" => Self::EnvironmentAccountConnection(name),
            "service" => Self::Service(name),
            "component" => Self::Component(name),
            "deployment" => Self::Deployment(name),
            _ => return None,
        })
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EnvironmentTemplate(name) => write!(f, "environment-template/{name}"),
            Self::EnvironmentTemplateVersion { template, major, minor } => {
                write!(f, "environment-template/{template}:{major}.{minor}")
            }
            Self::ServiceTemplate(name) => write!(f, "service-template/{name}"),
            Self::ServiceTemplateVersion { template, major, minor } => {
                write!(f, "service-template/{template}:{major}.{minor}")
            }
            Self::Environment(name) => write!(f, "environment/{name}"),
            Self::EnvironmentAccountConnection(id) => write!(f, "environment-account-connection/{id}"),
            Self::Service(name) => write!(f, "service/{name}"),
            Self::ServiceInstance { service, name } => write!(f, "service/{service}/service-instance/{name}"),
            Self::ServicePipeline { service } => write!(f, "service/{service}/pipeline"),
            Self::Component(name) => write!(f, "component/{name}"),
            Self::Deployment(id) => write!(f, "deployment/{id}"),
            Self::Repository { provider, name } => write!(f, "repository/{provider}:{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Arn, Resource};

    #[test]
    fn every_kind_survives_a_round_trip() {
        for resource in [
            "environment-template/net",
            "environment-template/net:1.10",
            "service-template/web",
            "service-template/web:2.0",
            "environment/staging",
            "environment-account-connection/0f3c2a90-0000-4000-8000-000000000000",
            "service/web",
            "service/web/service-instance/blue",
            "service/web/pipeline",
            "component/queue",
            "deployment/0f3c2a90-0000-4000-8000-000000000000",
            "repository/github:me/web",
        ] {
            let text = format!("arn:aws:proton:us-east-1:111111111111:{resource}");
            assert_eq!(Arn::parse(&text).map(|arn| arn.to_string()), Some(text));
        }
    }

    #[test]
    fn a_pipeline_may_carry_an_id() {
        let found = Resource::parse("service/web/pipeline/0f3c2a90-0000-4000-8000-000000000000");
        assert_eq!(found, Some(Resource::ServicePipeline { service: "web".to_owned() }));
    }

    #[test]
    fn what_is_not_of_this_service_is_refused() {
        for text in [
            "",
            "arn:aws:s3:us-east-1:111111111111:environment/staging",
            "arn:aws:proton:us-east-1:111111111111:environment",
            "arn:aws:proton:us-east-1:111111111111:environment/",
            "arn:aws:proton:us-east-1:111111111111:environment/a/b",
            "arn:aws:proton:us-east-1:111111111111:environment-template/net:1",
            "arn:aws:proton:us-east-1:111111111111:service/web/pipelines",
            "arn:aws:proton:us-east-1:111111111111:service/web/service-instance",
            "arn:aws:proton:us-east-1:111111111111:bucket/x",
        ] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }
}
