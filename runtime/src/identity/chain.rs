//! The places where credentials are looked for, one after the other.

#[cfg(feature = "http-client")]
use super::container::Container;
#[cfg(feature = "http-client")]
use super::fetch::Failed;
use super::keys::Keys;
#[cfg(feature = "http-client")]
use super::metadata::Metadata;
use super::process::Process;
use super::profile::{self, Plan};
use crate::config::{
    AsyncSleep, Config, Credentials, Environment, Region, Settings, SharedAsyncSleep, SharedTimeSource, TimeSource,
};
use crate::error::ConfigError;
use crate::{clock, sleep};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};

/// Finds credentials as AWS tools do: environment variables, the profile, the container, the instance.
///
/// The first place that is configured counts; if it fails, so does the load. A profile may hold keys or a
/// `credential_process`. Profiles with a role, single sign-on or a web identity, and the variable
/// `AWS_WEB_IDENTITY_TOKEN_FILE`, need the cargo feature `aws-config`; without it they are an error that says so.
///
/// Each load reads variables and files anew. Wrap the chain in a client's identity cache, as clients do.
///
/// ```no_run
/// use smithy_runtime::config::{Config, CredentialsChain, Environment, Region};
///
/// let config = Config::builder()
///     .region(Region::new("eu-west-1"))
///     .credentials_provider(CredentialsChain::new(Environment::process()))
///     .build();
/// ```
#[derive(Clone, Debug)]
pub struct CredentialsChain {
    pub(super) environment: Environment,
    pub(super) time: SharedTimeSource,
    pub(super) sleep: SharedAsyncSleep,
    #[cfg(feature = "aws-config")]
    pub(super) asks: super::official::Asks,
}

impl CredentialsChain {
    /// A chain that looks in this environment.
    pub fn new(environment: Environment) -> Self {
        Self {
            environment,
            time: clock::system_clock(),
            sleep: sleep::tokio_sleep(),
            #[cfg(feature = "aws-config")]
            asks: Default::default(),
        }
    }

    /// Where the time comes from. The default is the system's clock.
    pub fn time_source(mut self, time: impl TimeSource + 'static) -> Self {
        self.time = SharedTimeSource::new(time);
        self
    }

    /// How to wait between attempts to reach a container's or instance's endpoint. The default is tokio's timer.
    pub fn sleep_impl(mut self, sleep: impl AsyncSleep + 'static) -> Self {
        self.sleep = SharedAsyncSleep::new(sleep);
        self
    }

    /// The first place that is configured. Nothing is fetched from there.
    pub(crate) fn choose(&self) -> Result<Source, ConfigError> {
        if let Some(keys) = Keys(self.environment.clone()).load()? {
            return Ok(Source::Environment(keys));
        }
        let settings = Settings::load(&self.environment)?;
        match profile::plan(&settings)? {
            Some(Plan::Keys(keys)) => return Ok(Source::Profile(keys)),
            Some(Plan::Process(process)) => return Ok(Source::Process(process)),
            #[cfg(feature = "aws-config")]
            Some(Plan::Official) => return Ok(Source::Official(super::official::profile(self, &settings)?)),
            None => {}
        }
        if let Some(token) = settings.variable("AWS_WEB_IDENTITY_TOKEN_FILE")? {
            #[cfg(feature = "aws-config")]
            return Ok(Source::Official(super::official::web_identity(self, &settings, &token)?));
            #[cfg(not(feature = "aws-config"))]
            return Err(ConfigError::setting(token.place(), "needs the cargo feature `aws-config`"));
        }
        Self::endpoint(&settings)
    }

    /// The container's or the instance's own.
    #[cfg(feature = "http-client")]
    fn endpoint(settings: &Settings) -> Result<Source, ConfigError> {
        if let Some(container) = Container::find(&settings.environment)? {
            return Ok(Source::Container(container));
        }
        if let Some(metadata) = Metadata::find(settings)? {
            return Ok(Source::Metadata(metadata));
        }
        let tried = tried(settings, "no container; instance metadata is switched off");
        Err(ConfigError::MissingCredentials { tried })
    }

    #[cfg(not(feature = "http-client"))]
    fn endpoint(settings: &Settings) -> Result<Source, ConfigError> {
        let last = "containers and instances are asked with the cargo feature `http-client`";
        Err(ConfigError::MissingCredentials { tried: tried(settings, last) })
    }

    /// The Region of the instance, where it is one and may be asked.
    pub(crate) async fn instance_region(&self) -> Result<Option<Region>, ConfigError> {
        #[cfg(feature = "http-client")]
        if let Some(metadata) = Metadata::find(&Settings::load(&self.environment)?)? {
            return match metadata.region(&self.sleep).await {
                Ok(region) => Ok(Some(region).filter(|region| !region.is_empty()).map(Region::new)),
                Err(reason) => {
                    tracing::debug!(%reason, "instance metadata gave no Region");
                    Ok(None)
                }
            };
        }
        Ok(None)
    }

    async fn load(&self) -> Result<Credentials, CredentialsError> {
        match self.choose() {
            Ok(source) => source.load(self).await,
            Err(error @ ConfigError::MissingCredentials { .. }) => Err(CredentialsError::not_loaded(error)),
            Err(error) => Err(CredentialsError::invalid_configuration(error)),
        }
    }
}

/// Where a client's credentials come from.
pub(crate) enum Source {
    Environment(Credentials),
    Profile(Credentials),
    Process(Process),
    #[cfg(feature = "aws-config")]
    Official(SharedCredentialsProvider),
    #[cfg(feature = "http-client")]
    Container(Container),
    #[cfg(feature = "http-client")]
    Metadata(Metadata),
}

impl Source {
    #[cfg_attr(not(feature = "http-client"), allow(unused_variables))] // only endpoints need time
    async fn load(self, chain: &CredentialsChain) -> Result<Credentials, CredentialsError> {
        match self {
            Self::Environment(keys) | Self::Profile(keys) => Ok(keys),
            Self::Process(process) => process.load().await.map_err(CredentialsError::provider_error),
            #[cfg(feature = "aws-config")]
            Self::Official(provider) => provider.provide_credentials().await,
            #[cfg(feature = "http-client")]
            Self::Container(container) => container.load(&chain.sleep).await.map_err(CredentialsError::provider_error),
            #[cfg(feature = "http-client")]
            Self::Metadata(metadata) => match metadata.load(&chain.time, &chain.sleep).await {
                Ok(credentials) => Ok(credentials),
                // Most machines are no instances: nobody configured this place.
                Err(Failed::NotThere(reason)) => {
                    let settings =
                        Settings::load(&chain.environment).map_err(CredentialsError::invalid_configuration)?;
                    let tried = tried(&settings, &format!("no container; {reason}"));
                    Err(CredentialsError::not_loaded(ConfigError::MissingCredentials { tried }))
                }
                Err(Failed::Broken(reason)) => Err(CredentialsError::provider_error(reason)),
            },
        }
    }

    /// The id of the place in the user agent's list of features.
    pub(crate) fn feature(&self) -> &'static str {
        match self {
            Self::Environment(_) => "g",
            Self::Profile(_) => "n",
            Self::Process(_) => "v",
            #[cfg(feature = "aws-config")]
            Self::Official(_) => "n",
            #[cfg(feature = "http-client")]
            Self::Container(_) => "z",
            #[cfg(feature = "http-client")]
            Self::Metadata(_) => "0",
        }
    }
}

/// The places without credentials, for someone who wonders why.
fn tried(settings: &Settings, last: &str) -> String {
    let profile = &settings.profile;
    let places = settings.files.places();
    format!("AWS_ACCESS_KEY_ID is not set; profile `{profile}` has none in {places}; {last}")
}

/// A chain, and the provider that it is to clients: one, however many clients share it.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub(crate) chain: CredentialsChain,
    pub(crate) provider: SharedCredentialsProvider,
}

impl Config {
    /// Lets the services that give credentials be asked as the client's own is. The provider stays the same where they
    /// are already, for it is what the identity cache knows credentials by.
    #[cfg(feature = "aws-config")]
    pub(crate) fn hand_to_chain(&mut self) {
        let asks = super::official::Asks::of(self);
        if let Some(known) = &self.chain
            && !known.chain.asks.is_like(&asks)
        {
            let mut chain = CredentialsChain { asks, ..known.chain.clone() };
            chain.time = self.time_source.clone().unwrap_or(chain.time);
            chain.sleep = self.sleep_impl.clone().unwrap_or(chain.sleep);
            self.chain = Some(chain.into());
        }
    }

    /// Only services other than the client's own need to know.
    #[cfg(not(feature = "aws-config"))]
    pub(crate) fn hand_to_chain(&mut self) {}

    /// How the user agent names the place that the credentials come from; an error where no place has any.
    pub(crate) fn credentials_place(&self) -> Result<Option<&'static str>, ConfigError> {
        if self.credentials_provider.is_some() {
            return Ok(None);
        }
        if let Some(Chain { chain, .. }) = &self.chain {
            return chain.choose().map(|source| Some(source.feature()));
        }
        match Keys(self.environment.clone()).load()? {
            Some(_) => Ok(Some("g")),
            None => Err(ConfigError::MissingCredentials { tried: String::new() }),
        }
    }
}

impl From<CredentialsChain> for Chain {
    fn from(chain: CredentialsChain) -> Self {
        Self { provider: SharedCredentialsProvider::new(chain.clone()), chain }
    }
}

impl ProvideCredentials for CredentialsChain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.load())
    }
}
