//! What stands outside the program, through the SDK: certificates, the service's own endpoint, the example that reads
//! it all, and what that says when something is wrong.

use proton_sdk::Client;
use proton_sdk::config::{Config, Environment};
use std::path::PathBuf;
use std::process::Command;
use tests::client::SECRET;
use tests::server::{Answer, Server};
use tests::signature;
use tests::tls::Authority;

fn empty() -> Answer {
    Answer::json(200, r#"{"services":[]}"#)
}

fn environment(config: &str) -> Environment {
    Environment::empty()
        .with_variable("HOME", "/home/me")
        .with_variable("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .with_variable("AWS_SECRET_ACCESS_KEY", SECRET)
        .with_variable("AWS_REGION", "eu-west-1")
        .with_file("/home/me/.aws/config", config)
}

#[tokio::test]
async fn certificates_of_a_bundle_are_trusted() {
    let (ours, theirs) = (Authority::default(), Authority::default());
    let server = Server::with_tls(ours.server(), empty()).await;
    let environment = environment("[default]\nca_bundle = /etc/ours.pem\nmax_attempts = 1\n")
        .with_variable("AWS_ENDPOINT_URL", server.url())
        .with_file("/etc/ours.pem", ours.pem())
        .with_file("/etc/theirs.pem", theirs.pem());
    let client = Client::from_conf(Config::from_environment(&environment).expect("settings"));
    client.list_services().send().await.expect("a trusted server");
    // Connections to a server that one bundle trusts do not serve another's calls.
    let other = Config::builder().ca_bundle("/etc/theirs.pem");
    client.list_services().customize().config_override(other).send().await.expect_err("a server of others");

    let error = Config::from_environment(&environment.with_file("/etc/ours.pem", "hello")).map(drop);
    let error = error.expect_err("no certificate").to_string();
    assert!(error.starts_with("/etc/ours.pem: the PEM text does not read: "), "{error}");
}

#[tokio::test]
async fn the_services_own_endpoint_is_called() {
    let server = Server::always(empty()).await;
    let section = format!("[default]\nservices = l\n[services l]\nproton =\n  endpoint_url = {}\n", server.url());
    let variable = environment("").with_variable("AWS_ENDPOINT_URL_PROTON", server.url());
    for environment in [environment(&section), variable] {
        let client = Client::try_from_conf(Config::from_environment(&environment).expect("settings"));
        client.expect("a client").list_services().send().await.expect("an answer");
    }
    assert_eq!(server.requests().len(), 2);
}

/// Runs the example in a home directory with this config file, without variables of the machine's own.
async fn example(name: &str, config: &str, variables: &[(&str, &str)]) -> (bool, String) {
    let home: PathBuf = std::env::temp_dir().join(format!("proton-sdk-{name}-{}", std::process::id()));
    std::fs::create_dir_all(home.join(".aws")).expect("a folder");
    std::fs::write(home.join(".aws/config"), config).expect("a file");
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--package", "proton-sdk", "--example", "from_env"]);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("AWS_")) {
        command.env_remove(name);
    }
    // Cargo and rustup keep their own things in the real home.
    for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        if let (None, Some(real)) = (std::env::var_os(name), std::env::var_os("HOME")) {
            command.env(name, PathBuf::from(real).join(folder));
        }
    }
    command.env("HOME", &home).env("AWS_EC2_METADATA_DISABLED", "true").envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("no panic").expect("cargo runs");
    std::fs::remove_dir_all(&home).expect("it was there");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).expect("text").replace(&home.display().to_string(), "~");
    (output.status.success(), text)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_calls_as_the_profile_says() {
    let server = Server::start(|request, _| match signature::verify(request, SECRET) {
        Ok(_) => empty(),
        Err(error) => Answer::error(403, "AccessDeniedException", &error),
    });
    let server = server.await;
    let config = format!(
        "[profile dev]\nregion = eu-west-1\nendpoint_url = {}\naws_access_key_id = AKIDEXAMPLE\n\
         aws_secret_access_key = {SECRET}\n",
        server.url()
    );
    let (success, out) = example("works", &config, &[("AWS_PROFILE", "dev")]).await;
    assert!(success, "{out}");
    assert_eq!(out, format!("eu-west-1, {}\n0 services\n", server.url()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_says_what_is_wrong() {
    let region = ("AWS_REGION", "eu-west-1");
    let sso = "[default]\nsso_session = work\nsso_account_id = 123456789012\nsso_role_name = dev\n";
    for (config, variables, message) in [
        ("", vec![], "no Region: set `Config::builder().region(Region::new(\"..\"))` or "),
        ("", vec![region], "no credentials: AWS_ACCESS_KEY_ID is not set; profile `default` has none in ~/.aws/config"),
        ("[profile dev]\n", vec![("AWS_PROFILE", "prod")], "AWS_PROFILE: there is no profile `prod` in ~/.aws/config"),
        ("[default]\nregion eu\n", vec![], "~/.aws/config:2: a property needs an equals sign\n"),
        (sso, vec![region], "~/.aws/config:2: sso_session: profile `default` needs the cargo feature `aws-config`"),
    ] {
        let (success, out) = example("fails", config, &variables).await;
        assert!(!success && out.starts_with(message), "{out}");
        assert_eq!(out.lines().count(), 1, "{out}");
    }
}
