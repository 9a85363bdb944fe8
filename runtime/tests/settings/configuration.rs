//! What a configuration takes from variables and files, which wins, and how a bad value is told of.

use crate::support::SERVICE;
use crate::{home, with};
use smithy_runtime::client::Handle;
use smithy_runtime::config::retry::RetryMode;
use smithy_runtime::config::{Config, Environment, Region};
use smithy_runtime::error::ConfigError;
use std::path::Path;

fn load(environment: Environment) -> Config {
    Config::from_environment(&environment).unwrap()
}

/// Why the environment is no good. What is not the matter of one service shows before a client is made.
fn refused(environment: Environment) -> String {
    match Config::from_environment(&environment) {
        Ok(config) => Handle::checked(config, &SERVICE).unwrap_err().to_string(),
        Err(error) => error.to_string(),
    }
}

fn region(environment: Environment) -> Option<String> {
    load(environment).region().map(|region| region.as_ref().to_owned())
}

fn endpoint(environment: Environment) -> Option<String> {
    Handle::new(load(environment), &SERVICE).unwrap().config().endpoint_url().map(str::to_owned)
}

#[test]
fn an_empty_environment_sets_nothing() {
    let config = load(Environment::empty());
    assert_eq!(config.region(), None);
    assert!(config.retry_config().is_none() && config.app_name().is_none() && config.ca_bundle().is_none());
    assert_eq!(endpoint(Environment::empty()), None);
}

#[test]
fn variables_win_over_the_profile() {
    let file = home("[default]\nregion = file-1\nretry_mode = adaptive\nmax_attempts = 4\n");
    assert_eq!(region(file.clone()).as_deref(), Some("file-1"));
    let both = with(file, &[("AWS_DEFAULT_REGION", "second-1"), ("AWS_MAX_ATTEMPTS", "7")]);
    assert_eq!(region(both.clone()).as_deref(), Some("second-1"));
    assert_eq!(region(with(both.clone(), &[("AWS_REGION", " first-1 ")])).as_deref(), Some("first-1"));
    assert_eq!(region(with(both.clone(), &[("AWS_REGION", " ")])).as_deref(), Some("second-1"), "blank is unset");
    let retry = load(both).retry_config().cloned().unwrap();
    assert_eq!((retry.mode(), retry.max_attempts()), (RetryMode::Adaptive, 7));
}

#[test]
fn the_retry_mode_that_others_call_legacy_is_the_standard_one() {
    let retry = load(with(Environment::empty(), &[("AWS_RETRY_MODE", "Legacy")])).retry_config().cloned().unwrap();
    assert_eq!((retry.mode(), retry.max_attempts()), (RetryMode::Standard, 3));
}

#[test]
fn every_key_and_every_variable_arrives() {
    let file = "[default]\nuse_fips_endpoint = TRUE\nuse_dualstack_endpoint = true\nsdk_ua_app_id = shop\n\
                ca_bundle = ~/ca.pem\ndisable_clock_skew_correction = true\n\
                account_id_endpoint_mode = Disabled\nauth_scheme_preference = sigv4a, sigv4\n";
    let names = [
        ("AWS_USE_FIPS_ENDPOINT", "true"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "True"),
        ("AWS_SDK_UA_APP_ID", "shop"),
        ("AWS_CA_BUNDLE", "/home/me/ca.pem"),
        ("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "true"),
        ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "disabled"),
        ("AWS_AUTH_SCHEME_PREFERENCE", "sigv4a,sigv4"),
    ];
    for environment in [home(file), with(Environment::empty(), &names)] {
        let config = load(environment.with_file("/home/me/ca.pem", include_str!("certificate.pem")));
        let shown = format!("{config:?}");
        assert!(shown.contains("use_fips: Some(true)") && shown.contains("use_dual_stack: Some(true)"), "{shown}");
        assert_eq!(config.app_name().unwrap().as_ref(), "shop");
        assert_eq!(config.ca_bundle(), Some(Path::new("/home/me/ca.pem")));
        let schemes = config.auth_scheme_preference().cloned().unwrap();
        assert_eq!(schemes.into_iter().map(|id| id.inner().to_owned()).collect::<Vec<_>>(), ["sigv4a", "sigv4"]);
        assert_eq!(config.account_id_endpoint_mode().map(ToString::to_string).as_deref(), Some("disabled"));
        assert_eq!(config.disable_clock_skew_correction(), Some(true));
    }
}

#[test]
fn the_profile_is_chosen_by_two_variables() {
    let file = home("[default]\nregion = d-1\n[profile a]\nregion = a-1\n[profile b]\nregion = b-1\n");
    assert_eq!(region(file.clone()).as_deref(), Some("d-1"));
    let second = with(file, &[("AWS_DEFAULT_PROFILE", "a")]);
    assert_eq!(region(second.clone()).as_deref(), Some("a-1"));
    assert_eq!(region(with(second, &[("AWS_PROFILE", "b")])).as_deref(), Some("b-1"));
}

#[test]
fn a_profile_without_region_takes_that_of_its_source() {
    let file = "[profile a]\nsource_profile = b\n[profile b]\nsource_profile = c\n[profile c]\nregion = c-1\n";
    assert_eq!(region(with(home(file), &[("AWS_PROFILE", "a")])).as_deref(), Some("c-1"));
    let circle = "[profile a]\nsource_profile = b\n[profile b]\nsource_profile = a\n";
    assert_eq!(region(with(home(circle), &[("AWS_PROFILE", "a")])), None);
}

#[test]
fn the_credentials_file_and_the_longer_default_win() {
    let file = home("[default]\nregion = short-1\n[profile default]\nregion = long-1\n[default]\nregion = last-1\n");
    assert_eq!(region(file.clone()).as_deref(), Some("long-1"));
    let both = file.with_file("/home/me/.aws/credentials", "[default]\nregion = secret-1\n");
    assert_eq!(region(both).as_deref(), Some("secret-1"));
}

#[test]
fn files_may_stand_elsewhere() {
    let environment = Environment::empty()
        .with_variable("USERPROFILE", "/users/me")
        .with_variable("AWS_CONFIG_FILE", "~/aws.ini")
        .with_file("/users/me/aws.ini", "[default]\nregion = a-1\n");
    assert_eq!(region(environment).as_deref(), Some("a-1"));
}

const SERVICES: &str = "[default]\nendpoint_url = http://profile:1\nservices = local\n\
                        [services local]\nother =\n  endpoint_url = http://other:1\n\
                        engine_test =\n  endpoint_url = http://section:1 # here\n";

#[test]
fn endpoints_have_an_order() {
    let mut environment = home(&SERVICES.replace("services = local\n", ""));
    assert_eq!(endpoint(environment).as_deref(), Some("http://profile:1"));
    environment = home(SERVICES);
    assert_eq!(endpoint(environment.clone()).as_deref(), Some("http://section:1"));
    environment = environment.with_variable("AWS_ENDPOINT_URL", "http://all:1");
    assert_eq!(endpoint(environment.clone()).as_deref(), Some("http://all:1"));
    environment = environment.with_variable("AWS_ENDPOINT_URL_ENGINE_TEST", "http://own:1");
    assert_eq!(endpoint(environment.clone()).as_deref(), Some("http://own:1"));
    let code = load(environment.clone()).to_builder().endpoint_url("http://code:1").build();
    assert_eq!(Handle::new(code, &SERVICE).unwrap().config().endpoint_url(), Some("http://code:1"));
    let ignored = environment.with_variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    assert_eq!(endpoint(ignored.clone()), None);
    let code = load(ignored).to_builder().endpoint_url("http://code:1").build();
    assert_eq!(Handle::new(code, &SERVICE).unwrap().config().endpoint_url(), Some("http://code:1"));
    let key = format!("[default]\nignore_configured_endpoint_urls = true\n{}", &SERVICES["[default]\n".len()..]);
    assert_eq!(endpoint(home(&key)), None);
}

#[test]
fn what_the_program_sets_afterwards_wins() {
    let loaded = load(with(Environment::empty(), &[("AWS_REGION", "a-1"), ("AWS_SDK_UA_APP_ID", "shop")]));
    let config = loaded.to_builder().region(Region::new("b-1")).build();
    assert_eq!(config.region(), Some(&Region::new("b-1")));
    assert_eq!(config.app_name().unwrap().as_ref(), "shop");
    let mut cleared = loaded.to_builder();
    cleared.set_region(None);
    assert_eq!(cleared.build().region(), None);
}

#[test]
fn a_bad_variable_is_named() {
    for (name, value, reason) in [
        ("AWS_MAX_ATTEMPTS", "0", "`0` is no number of attempts: use 1 or more"),
        ("AWS_MAX_ATTEMPTS", "-1", "`-1` is no number of attempts: use 1 or more"),
        ("AWS_MAX_ATTEMPTS", "99999999999", "`99999999999` is no number of attempts: use 1 or more"),
        ("AWS_RETRY_MODE", "eager", "`eager` is no retry mode: use `standard` or `adaptive`"),
        ("AWS_USE_FIPS_ENDPOINT", "yes", "`yes` is neither `true` nor `false`"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "1", "`1` is neither `true` nor `false`"),
        ("AWS_REGION", "eu west", "`eu west` is no Region: use letters, digits and dashes, as in `eu-west-1`"),
        ("AWS_ENDPOINT_URL", "localhost:80", "`localhost:80` does not start with http:// or https://"),
        ("AWS_ENDPOINT_URL_ENGINE_TEST", "https://u:pw@h/", "`https://h/` has user information"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "maybe", "`maybe` is neither `true` nor `false`"),
        ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "often", "`often` is no such mode: use `preferred`, `disabled` or `required`"),
        ("AWS_CONFIG_FILE", "/no/where", "there is no file `/no/where`"),
        ("AWS_CA_BUNDLE", "/no/where.pem", "there is no file `/no/where.pem`"),
        ("AWS_SDK_UA_APP_ID", "my shop", "`my shop` is no application name: use letters, digits and !#$%&'*+-.^_`|~"),
    ] {
        let environment = with(Environment::empty(), &[("AWS_REGION", "eu-west-1"), (name, value)]);
        assert_eq!(refused(environment), format!("{name}: {reason}"));
    }
}

#[test]
fn what_holds_for_all_services_is_refused_at_once() {
    let bundle = home("[default]\nca_bundle = ~/ca.pem\n").with_file("/home/me/ca.pem", "no certificate");
    for (environment, place) in [
        (with(home(""), &[("AWS_ENDPOINT_URL", "localhost:80")]), "AWS_ENDPOINT_URL"),
        (with(home(""), &[("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "maybe")]), "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
        (home("[default]\nendpoint_url = nowhere\n"), "/home/me/.aws/config:2: endpoint_url"),
        (home("[default]\nservices = x\n"), "/home/me/.aws/config:2: services"),
        (bundle, "/home/me/ca.pem"),
    ] {
        let error = Config::from_environment(&environment).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{place}: ")), "{error}");
    }
    let ignored = with(home(""), &[("AWS_ENDPOINT_URL", "x"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")]);
    assert!(Config::from_environment(&ignored).is_ok());
    // That of one service is an error of its clients.
    let own = load(with(home(""), &[("AWS_REGION", "a-1"), ("AWS_ENDPOINT_URL_ENGINE_TEST", "nowhere")]));
    assert!(Handle::new(own.clone(), &SERVICE).is_ok());
    let error = Handle::checked(own, &SERVICE).map(drop).unwrap_err().to_string();
    assert!(error.starts_with("AWS_ENDPOINT_URL_ENGINE_TEST: `nowhere`"), "{error}");
}

#[test]
fn a_bad_line_is_named() {
    for (file, message) in [
        ("[default]\nmax_attempts = 0\n", "2: max_attempts: `0` is no number of attempts: use 1 or more"),
        (
            "[default]\n\nregion = eu west\n",
            "3: region: `eu west` is no Region: use letters, digits and dashes, as in `eu-west-1`",
        ),
        ("[default]\nservices = x\n", "2: services: there is no section `[services x]`"),
        ("[default]\nregion\n", "2: a property needs an equals sign"),
        ("region = a-1\n", "1: a property stands before the first [section]"),
        ("[default\n", "1: a section header needs a closing bracket"),
    ] {
        let environment = home(file).with_variable("AWS_DEFAULT_REGION", "");
        assert_eq!(refused(environment), format!("/home/me/.aws/config:{message}"));
    }
    let binary = home("").with_file("/home/me/.aws/credentials", [0xff, 0xfe]);
    assert_eq!(refused(binary), "/home/me/.aws/credentials: is not UTF-8 text");
}

#[test]
fn a_profile_that_is_not_there_is_told_of_with_what_is() {
    let at = "/home/me/.aws/config or /home/me/.aws/credentials";
    let chosen = |file| refused(with(home(file), &[("AWS_PROFILE", "dve")]));
    assert_eq!(
        chosen("[profile dev]\n[profile prod]\n"),
        format!("AWS_PROFILE: there is no profile `dve` in {at}: there is `dev`, `prod`")
    );
    assert_eq!(
        chosen("[profile dev]\n[dve]\nregion = a-1\n"),
        format!("AWS_PROFILE: there is no profile `dve` in {at}: /home/me/.aws/config:2 should be `[profile dve]`")
    );
    assert_eq!(chosen(""), format!("AWS_PROFILE: there is no profile `dve` in {at}: no profile is there"));
}

#[test]
fn a_client_says_what_is_missing() {
    assert_eq!(refused(home("")), ConfigError::MissingRegion.to_string());
    let error = refused(home("[default]\nregion = a-1\n"));
    assert_eq!(
        error,
        "no credentials: AWS_ACCESS_KEY_ID is not set; profile `default` has none in /home/me/.aws/config or \
         /home/me/.aws/credentials; no container; instance metadata is switched off; set \
         `Config::builder().credentials_provider(..)`, or the environment variables AWS_ACCESS_KEY_ID and \
         AWS_SECRET_ACCESS_KEY"
    );
    let unsigned = load(home("[default]\nregion = a-1\n")).to_builder().allow_no_auth().build();
    assert!(Handle::checked(unsigned, &SERVICE).is_ok());
}
