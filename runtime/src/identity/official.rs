//! Credentials that another service gives: roles, single sign-on, web identities. aws-config knows how.

use super::chain::CredentialsChain;
use super::container::Container;
use super::keys::Keys;
use super::metadata::Metadata;
use crate::config::{BehaviorVersion, Credentials, Setting, Settings, SharedCredentialsProvider};
use crate::error::ConfigError;
use crate::http::Client;
use crate::profile::Kind;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::{StaticConfiguration, WebIdentityTokenCredentialsProvider};
use aws_credential_types::credential_fn::provide_credentials_fn;
use aws_credential_types::provider::error::CredentialsError;
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use std::time::UNIX_EPOCH;

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
    let bundle = settings.ca_bundle()?;
    let http = Client::with_bundle(bundle.as_deref(), &settings.environment)?;
    Ok(ProviderConfig::empty()
        .with_behavior_version(Some(BehaviorVersion::latest()))
        .with_http_client(http)
        .with_region(settings.region()?)
        .with_sleep_impl(chain.sleep.clone())
        .with_time_source(chain.time.clone())
        .with_use_dual_stack(settings.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?)
        .with_use_fips(settings.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?))
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
