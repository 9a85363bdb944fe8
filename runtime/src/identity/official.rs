//! Credentials that another service gives: roles, single sign-on, web identities. aws-config knows how.

use super::chain::CredentialsChain;
use super::container::Container;
use super::keys::Keys;
use super::metadata::Metadata;
use crate::config::{
    BehaviorVersion, Config, Credentials, Region, Setting, Settings, SharedCredentialsProvider, SharedHttpClient,
};
use crate::error::ConfigError;
use crate::http::Client;
use crate::profile::Kind;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::{StaticConfiguration, WebIdentityTokenCredentialsProvider};
use aws_credential_types::credential_fn::provide_credentials_fn;
use aws_credential_types::provider::error::CredentialsError;
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

/// What the program set for its client, which holds for the services that give credentials too.
#[derive(Clone, Debug, Default)]
pub(super) struct Asks {
    region: Option<Region>,
    ca_bundle: Option<PathBuf>,
    http_client: Option<SharedHttpClient>,
    use_dual_stack: Option<bool>,
    use_fips: Option<bool>,
}

impl Asks {
    pub(super) fn of(config: &Config) -> Self {
        Self {
            region: config.region.clone(),
            ca_bundle: config.ca_bundle.clone(),
            http_client: config.http_client.clone(),
            use_dual_stack: config.use_dual_stack,
            use_fips: config.use_fips,
        }
    }

    /// HTTP clients cannot be compared: one is like another.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.region == other.region
            && self.ca_bundle == other.ca_bundle
            && self.http_client.is_some() == other.http_client.is_some()
            && self.use_dual_stack == other.use_dual_stack
            && self.use_fips == other.use_fips
    }
}

/// Those of the chosen profile. The places that a role may name as its source are our own.
pub(super) fn profile(chain: &CredentialsChain, settings: &Settings) -> Result<SharedCredentialsProvider, ConfigError> {
    let mut files = EnvConfigFiles::builder();
    for (kind, path) in &settings.files.places {
        let kind = match kind {
            Kind::Config => EnvConfigFileKind::Config,
            Kind::Credentials => EnvConfigFileKind::Credentials,
        };
        files = files.with_contents(kind, settings.environment.file(path)?.unwrap_or_default());
    }
    let (container, metadata) = (chain.clone(), chain.clone());
    let provider = ProfileFileCredentialsProvider::builder()
        .configure(&provider_config(chain, settings)?)
        .profile_name(settings.profile.as_str())
        .profile_files(files.build())
        .with_custom_provider("Environment", Keys(settings.environment.clone()))
        .with_custom_provider("EcsContainer", provide_credentials_fn(move || of_container(container.clone())))
        .with_custom_provider("Ec2InstanceMetadata", provide_credentials_fn(move || of_instance(metadata.clone())));
    Ok(SharedCredentialsProvider::new(provider.build()))
}

/// Those of the role that the environment names beside the token's file.
pub(super) fn web_identity(
    chain: &CredentialsChain,
    settings: &Settings,
    token: &Setting,
) -> Result<SharedCredentialsProvider, ConfigError> {
    let variable = |name| settings.environment.variable(name);
    let Some(role_arn) = variable("AWS_ROLE_ARN")? else {
        return Err(ConfigError::setting("AWS_ROLE_ARN", format!("not set, but {} is", token.place())));
    };
    let session_name = variable("AWS_ROLE_SESSION_NAME")?.unwrap_or_else(|| {
        let now = chain.time.now().duration_since(UNIX_EPOCH).unwrap_or_default();
        format!("web-identity-token-{}", now.as_millis())
    });
    let web_identity_token_file = settings.environment.path(&token.text)?;
    let provider = WebIdentityTokenCredentialsProvider::builder()
        .configure(&provider_config(chain, settings)?)
        .static_configuration(StaticConfiguration { web_identity_token_file, role_arn, session_name });
    Ok(SharedCredentialsProvider::new(provider.build()))
}

fn provider_config(chain: &CredentialsChain, settings: &Settings) -> Result<ProviderConfig, ConfigError> {
    let Asks { region, ca_bundle, http_client, use_dual_stack, use_fips } = chain.asks.clone();
    let config = ProviderConfig::empty()
        .with_behavior_version(Some(BehaviorVersion::latest()))
        .with_region(either(region, || settings.region())?)
        .with_sleep_impl(chain.sleep.clone())
        .with_time_source(chain.time.clone())
        .with_use_dual_stack(either(use_dual_stack, || {
            settings.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")
        })?)
        .with_use_fips(either(use_fips, || settings.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"))?);
    if let Some(client) = http_client {
        return Ok(config.with_http_client(client));
    }
    let bundle = either(ca_bundle, || settings.ca_bundle())?;
    Ok(config.with_http_client(Client::with_bundle(bundle.as_deref(), &settings.environment)?))
}

/// What the program set, or else what stands outside of it.
fn either<T>(
    set: Option<T>,
    otherwise: impl FnOnce() -> Result<Option<T>, ConfigError>,
) -> Result<Option<T>, ConfigError> {
    if set.is_some() { Ok(set) } else { otherwise() }
}

async fn of_container(chain: CredentialsChain) -> Result<Credentials, CredentialsError> {
    match Container::find(&chain.environment).map_err(CredentialsError::invalid_configuration)? {
        Some(container) => container.load(&chain.sleep).await.map_err(CredentialsError::provider_error),
        None => {
            Err(CredentialsError::not_loaded("this is no container: AWS_CONTAINER_CREDENTIALS_FULL_URI is not set"))
        }
    }
}

async fn of_instance(chain: CredentialsChain) -> Result<Credentials, CredentialsError> {
    let settings = Settings::load(&chain.environment).map_err(CredentialsError::invalid_configuration)?;
    match Metadata::find(&settings).map_err(CredentialsError::invalid_configuration)? {
        Some(metadata) => {
            let loaded = metadata.load(&chain.time, &chain.sleep).await;
            loaded.map_err(|failed| CredentialsError::provider_error(failed.to_string()))
        }
        None => Err(CredentialsError::not_loaded("AWS_EC2_METADATA_DISABLED is true")),
    }
}
