//! Settings as a TOML file has them.

use super::{Account, Failure, Faults, Quotas, S3Endpoint, Settings, Simulation, Storage};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Settings that cannot be read or make no sense.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file is not there or not text.
    #[error("cannot read the settings file {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML, or names what is not a setting.
    #[error("the settings file {}, line {line}: {reason}", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where, from 1 on.
        line: usize,
        /// Why.
        reason: String,
    },
    /// A setting has a value that it cannot have.
    #[error("the setting `{setting}` {reason}")]
    Value {
        /// Its name.
        setting: &'static str,
        /// What is wrong, and what would be right.
        reason: String,
    },
}

/// What a file may say; what it does not say stays as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Option<SocketAddr>,
    data: Option<PathBuf>,
    ephemeral: Option<bool>,
    s3_root: Option<PathBuf>,
    repositories: Option<PathBuf>,
    region: Option<String>,
    speed: Option<f64>,
    insecure: Option<bool>,
    #[serde(default)]
    accounts: Vec<Account>,
    s3_endpoint: Option<S3Endpoint>,
    quotas: Option<Quotas>,
    #[serde(default)]
    delays: Delays,
    #[serde(default)]
    failures: Vec<Failure>,
    #[serde(default)]
    faults: FaultsTable,
}

/// Seconds at speed 1.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Delays {
    registration: Option<f64>,
    provision: Option<f64>,
    deprovision: Option<f64>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct FaultsTable {
    throttle_rate: f64,
    error_rate: f64,
    latency_ms: u64,
    operations: Vec<String>,
}

impl Settings {
    /// Takes what the file says. Paths in it are seen from the file's folder.
    ///
    /// # Errors
    /// A file that cannot be read, is not TOML or names what is not a setting.
    pub fn read(&mut self, path: &Path) -> Result<(), SettingsError> {
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|source| SettingsError::Read { path: path.to_owned(), source })?;
        let file: File = toml::from_str(&text).map_err(|error| {
            // Not the parser's own text, which quotes the line, be it a secret.
            let start = error.span().map_or(0, |span| span.start);
            let line = text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
            SettingsError::Parse { path: path.to_owned(), line, reason: error.message().to_owned() }
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        self.take(file, folder)
    }

    fn take(&mut self, file: File, folder: &Path) -> Result<(), SettingsError> {
        match (file.data, file.ephemeral) {
            (Some(_), Some(true)) => {
                let reason = "contradicts `data`: give one of them".to_owned();
                return Err(SettingsError::Value { setting: "ephemeral", reason });
            }
            (Some(data), _) => self.storage = Storage::Directory(folder.join(data)),
            (None, Some(true)) => self.storage = Storage::Ephemeral,
            (None, _) => {}
        }
        if let Some(root) = file.s3_root {
            self.s3_root = Some(folder.join(root));
        }
        if let Some(root) = file.repositories {
            self.repositories = Some(folder.join(root));
        }
        self.s3_endpoint = file.s3_endpoint.or(self.s3_endpoint.take());
        set(&mut self.listen, file.listen);
        set(&mut self.region, file.region);
        set(&mut self.insecure, file.insecure);
        set(&mut self.quotas, file.quotas);
        self.accounts.extend(file.accounts);
        let Simulation { speed, registration, provision, deprovision, failures } = &mut self.simulation;
        set(speed, file.speed);
        set(registration, seconds("delays.registration", file.delays.registration)?);
        set(provision, seconds("delays.provision", file.delays.provision)?);
        set(deprovision, seconds("delays.deprovision", file.delays.deprovision)?);
        failures.extend(file.failures);
        let FaultsTable { throttle_rate, error_rate, latency_ms, operations } = file.faults;
        self.faults = Faults { throttle_rate, error_rate, latency: Duration::from_millis(latency_ms), operations };
        Ok(())
    }

    /// Checks that the settings make sense together.
    ///
    /// # Errors
    /// The first that does not.
    pub fn check(&self) -> Result<(), SettingsError> {
        let wrong = |setting, reason: &str| Err(SettingsError::Value { setting, reason: reason.to_owned() });
        if self.accounts.is_empty() && !self.listen.ip().is_loopback() && !self.insecure {
            let listen = self.listen;
            let reason = format!(
                "is {listen}, where others on the network could call without a key: give `accounts` with keys, \
                 listen on 127.0.0.1, or say `insecure` if everybody may"
            );
            return Err(SettingsError::Value { setting: "listen", reason });
        }
        if !(self.simulation.speed > 0.0 && self.simulation.speed.is_finite()) {
            return wrong("speed", "is not a number above 0; 1 is real time, 100 a hundred times faster");
        }
        for (setting, rate) in
            [("faults.throttle_rate", self.faults.throttle_rate), ("faults.error_rate", self.faults.error_rate)]
        {
            if !(0.0..=1.0).contains(&rate) {
                return wrong(setting, "is not between 0 (never) and 1 (always)");
            }
        }
        if !crate::caller::is_region(&self.region) {
            return wrong("region", "is not the name of a region such as `us-east-1`");
        }
        if let Some(S3Endpoint { url, access_key_id, secret_access_key }) = &self.s3_endpoint {
            let uri = url.parse::<http::Uri>().ok().filter(|uri| uri.scheme_str() == Some("http") && uri.path() == "/");
            if uri.is_none() {
                return wrong("s3_endpoint.url", "is not of the form http://HOST:PORT");
            }
            if access_key_id.is_some() != secret_access_key.is_some() {
                return wrong("s3_endpoint", "has half of a key: give access_key_id and secret_access_key, or neither");
            }
        }
        for account in &self.accounts {
            if !crate::caller::is_account(&account.account_id) {
                return wrong("accounts.account_id", "is not of twelve digits");
            }
            if account.access_key_id.is_empty() || account.secret_access_key.is_empty() {
                return wrong("accounts", "has a key without a name or without a secret");
            }
        }
        let mut keys: Vec<_> = self.accounts.iter().map(|account| &account.access_key_id).collect();
        keys.sort();
        if keys.windows(2).any(|pair| pair[0] == pair[1]) {
            return wrong("accounts.access_key_id", "stands twice: a key opens one account");
        }
        Ok(())
    }
}

fn set<T>(setting: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *setting = value;
    }
}

fn seconds(setting: &'static str, seconds: Option<f64>) -> Result<Option<Duration>, SettingsError> {
    seconds
        .map(Duration::try_from_secs_f64)
        .transpose()
        .map_err(|_| SettingsError::Value { setting, reason: "is not a number of seconds from 0 on".to_owned() })
}
