//! Which place gives credentials, and what a place says that is half configured or out of reach.

use crate::{home, with};
use smithy_runtime::config::{Credentials, CredentialsChain, Environment, ProvideCredentials};
use smithy_runtime::error::DisplayErrorContext;
use std::time::{Duration, UNIX_EPOCH};

async fn load(environment: Environment) -> Credentials {
    CredentialsChain::new(environment).provide_credentials().await.unwrap()
}

/// The reason, which is the last of the chain of causes.
async fn refused(environment: Environment) -> String {
    let error = CredentialsChain::new(environment).provide_credentials().await.unwrap_err();
    let shown = DisplayErrorContext(&error).to_string();
    assert!(!shown.contains("HIDDEN"), "{shown}");
    std::error::Error::source(&error).unwrap().to_string()
}

const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "ENV"), ("AWS_SECRET_ACCESS_KEY", "HIDDEN")];
const PROFILE: &str = "[default]\naws_access_key_id = FILE\naws_secret_access_key = HIDDEN\n\
                       aws_session_token = TOKEN\naws_account_id = 123456789012\n";

#[tokio::test]
async fn the_environment_comes_before_the_profile() {
    let both = with(home(PROFILE), &KEYS);
    assert_eq!(load(both).await.access_key_id(), "ENV");
    let keys = load(home(PROFILE)).await;
    assert_eq!((keys.access_key_id(), keys.session_token()), ("FILE", Some("TOKEN")));
    assert_eq!(keys.account_id().unwrap().as_str(), "123456789012");
    assert_eq!(keys.expiry(), None);
}

#[tokio::test]
async fn the_profiles_key_may_stand_in_either_file() {
    let file = "[dev]\naws_access_key_id = FILE2\naws_secret_access_key = HIDDEN\n";
    let environment = home("[profile dev]\nregion = a-1\n").with_file("/home/me/.aws/credentials", file);
    assert_eq!(load(with(environment, &[("AWS_PROFILE", "dev")])).await.access_key_id(), "FILE2");
}

#[tokio::test]
async fn half_a_pair_is_an_error_and_not_passed_over() {
    assert_eq!(
        refused(with(home(PROFILE), &KEYS[..1])).await,
        "AWS_SECRET_ACCESS_KEY: not set, but AWS_ACCESS_KEY_ID is"
    );
    assert_eq!(
        refused(home("[default]\naws_access_key_id = FILE\n")).await,
        "/home/me/.aws/config:2: aws_access_key_id: has no `aws_secret_access_key` beside it"
    );
    assert_eq!(
        refused(home("[default]\naws_secret_access_key = HIDDEN\n")).await,
        "/home/me/.aws/config:2: aws_secret_access_key: has no `aws_access_key_id` beside it"
    );
}

#[cfg(not(feature = "aws-config"))]
#[tokio::test]
async fn a_profile_that_needs_the_feature_says_so() {
    let static_keys = "aws_access_key_id = FILE\naws_secret_access_key = HIDDEN\n";
    for (key, lines) in [
        ("role_arn", "role_arn = arn:aws:iam::1:role/r\nsource_profile = default\n"),
        ("credential_source", "credential_source = Environment\nrole_arn = r\n"),
        ("sso_session", "sso_session = main\nsso_account_id = 1\nsso_role_name = r\n"),
        ("sso_account_id", "sso_account_id = 1\nsso_start_url = https://x\n"),
        ("web_identity_token_file", "web_identity_token_file = /t\n"),
    ] {
        let line = 2 + lines.lines().position(|line| line.starts_with(key)).unwrap();
        let environment = with(home(&format!("[profile dev]\n{lines}{static_keys}")), &[("AWS_PROFILE", "dev")]);
        let message =
            format!("/home/me/.aws/config:{line}: {key}: profile `dev` needs the cargo feature `aws-config` for this");
        assert_eq!(refused(environment.clone()).await, message);
        assert_eq!(load(with(environment, &KEYS)).await.access_key_id(), "ENV", "what is not asked does not matter");
    }
    let token = with(home(""), &[("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")]);
    assert_eq!(refused(token).await, "AWS_WEB_IDENTITY_TOKEN_FILE: needs the cargo feature `aws-config`");
}

#[tokio::test]
async fn a_console_login_is_told_of_a_way() {
    let message = refused(home("[default]\nlogin_session = arn:aws:iam::1:user/me\n")).await;
    assert!(message.starts_with("/home/me/.aws/config:2: login_session: is not supported: use `credential_process"));
}

#[tokio::test]
async fn keys_in_the_file_are_read_again() {
    let folder = std::env::temp_dir().join(format!("smithy-runtime-keys-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("credentials");
    let chain = CredentialsChain::new(with(
        Environment::process(),
        &[
            ("HOME", folder.to_str().unwrap()),
            ("AWS_SHARED_CREDENTIALS_FILE", path.to_str().unwrap()),
            ("AWS_ACCESS_KEY_ID", ""),
            ("AWS_PROFILE", ""),
        ],
    ));
    for id in ["ONE", "TWO"] {
        std::fs::write(&path, format!("[default]\naws_access_key_id = {id}\naws_secret_access_key = HIDDEN\n"))
            .unwrap();
        assert_eq!(chain.provide_credentials().await.unwrap().access_key_id(), id);
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

fn process(command: &str) -> Environment {
    home(&format!("[default]\naws_account_id = 42\ncredential_process = {command}\n"))
}

#[cfg(unix)]
#[tokio::test]
async fn a_process_gives_credentials() {
    let keys = r#"{"Version":1,"AccessKeyId":"P","SecretAccessKey":"HIDDEN""#;
    let found = load(process(&format!("echo '{keys}}}'"))).await;
    assert_eq!((found.access_key_id(), found.session_token(), found.expiry()), ("P", None, None));
    assert_eq!(found.account_id().unwrap().as_str(), "42");
    let rest = r#","SessionToken":"T","Expiration":"2030-01-02T03:04:05+01:00","AccountId":"7"}"#;
    let found = load(process(&format!("echo '{keys}{rest}'"))).await;
    assert_eq!(found.session_token(), Some("T"));
    assert_eq!(found.expiry(), Some(UNIX_EPOCH + Duration::from_secs(1_893_549_845)));
    assert_eq!(found.account_id().unwrap().as_str(), "7");
}

#[cfg(unix)]
#[tokio::test]
async fn a_process_that_fails_is_named_by_its_line() {
    for (command, reason) in [
        ("echo HIDDEN; exit 3", "cannot be used: it ended with exit status: 3"),
        ("echo HIDDEN", "the output is no JSON (line 1, column 1)"),
        ("echo '[]'", "the output is no JSON object"),
        ("echo '{\"Version\":2}'", "the output has no `Version` of 1"),
        ("echo '{\"Version\":1,\"AccessKeyId\":\"HIDDEN\"}'", "the output has no `SecretAccessKey`"),
        (
            "echo '{\"Version\":1,\"AccessKeyId\":\"P\",\"SecretAccessKey\":\"HIDDEN\",\"Expiration\":\"soon\"}'",
            "the output has an `Expiration` that is no time, as in 2026-01-02T03:04:05Z",
        ),
    ] {
        let message = refused(process(command)).await;
        assert_eq!(message, format!("/home/me/.aws/config:3: credential_process: {reason}"));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_process_ends_with_the_load_that_started_it() {
    let file = std::env::temp_dir().join(format!("smithy-runtime-process-{}", std::process::id()));
    let command = format!("echo $$ > {0}.new; mv {0}.new {0}; exec sleep 600", file.display());
    let chain = CredentialsChain::new(process(&command));
    let load = tokio::spawn(async move { chain.provide_credentials().await.map(drop) });
    let pid = loop {
        match std::fs::read_to_string(&file) {
            Ok(pid) => break pid.trim().to_owned(),
            Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    };
    std::fs::remove_file(&file).unwrap();
    let alive = || std::path::Path::new("/proc").join(&pid).exists();
    assert!(alive());
    load.abort();
    assert!(load.await.unwrap_err().is_cancelled());
    assert!(!alive(), "{pid} still runs");
}
