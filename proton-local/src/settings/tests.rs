//! Settings files: what they may say, and what they may not.

use super::*;
use std::path::Path;

/// The settings after a file with this text.
fn read(text: &str) -> Result<Settings, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("proton-local.toml");
    std::fs::write(&file, text).unwrap();
    let mut settings = Settings::default();
    settings.read(&file).and_then(|()| settings.check()).map_err(|error| error.to_string())?;
    // Paths are seen from the folder, which has another name in each run.
    if let Storage::Directory(path) = &mut settings.storage {
        *path = path.strip_prefix(folder.path()).unwrap().to_owned();
    }
    Ok(settings)
}

#[test]
fn a_file_sets_what_it_says_and_leaves_the_rest() {
    let settings = read(
        r#"
        listen = "127.0.0.1:9000"
        data = "kept"
        region = "eu-west-1"
        speed = 2.5
        [[accounts]]
        account_id = "111122223333"
        access_key_id = "AKIDEXAMPLE"
        secret_access_key = "secret"
        [quotas]
        services = 3
        [delays]
        provision = 0.5
        [[failures]]
        name = "bad-*"
        message = "no capacity"
        [faults]
        throttle_rate = 0.25
        latency_ms = 40
        operations = ["CreateService"]
        "#,
    )
    .unwrap();
    assert_eq!(settings.listen, SocketAddr::from((Ipv4Addr::LOCALHOST, 9000)));
    assert!(matches!(&settings.storage, Storage::Directory(path) if path == Path::new("kept")));
    assert_eq!(settings.region, "eu-west-1");
    assert_eq!(settings.accounts, [Account::new("111122223333", "AKIDEXAMPLE", "secret")]);
    assert_eq!(settings.quotas, Quotas { services: 3, ..Quotas::default() });
    assert_eq!(settings.simulation.speed, 2.5);
    assert_eq!(settings.simulation.provision, Duration::from_millis(500));
    assert_eq!(settings.simulation.deprovision, Simulation::default().deprovision);
    assert_eq!(settings.simulation.failure("bad-one", false), Some("no capacity"));
    let faults = Faults { throttle_rate: 0.25, latency: Duration::from_millis(40), ..Faults::default() };
    assert_eq!(settings.faults, Faults { operations: vec!["CreateService".to_owned()], ..faults });
    assert!(settings.s3_root.is_none() && settings.repositories.is_none() && !settings.insecure);
}

#[test]
fn the_example_shows_the_defaults_and_what_it_comments_out_is_valid() {
    let example = include_str!("../../example.toml");
    let shown = |settings: Settings| format!("{:?}", Settings { storage: Storage::Ephemeral, ..settings });
    assert_eq!(shown(read(example).unwrap()), shown(Settings::default()));
    let commented: String = example
        .lines()
        .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line).to_owned() + "\n")
        .collect();
    let settings = read(&commented).unwrap();
    assert_eq!((settings.accounts.len(), settings.simulation.failures.len()), (1, 1));
    assert!(settings.s3_root.is_some_and(|root| root.ends_with("buckets")));
}

#[test]
fn what_makes_no_sense_is_named() {
    let account = |text: &str| format!("[[accounts]]\naccess_key_id = \"A\"\nsecret_access_key = \"B\"\n{text}");
    for (text, said) in [
        ("listn = 1".to_owned(), "line 1: unknown field `listn`"),
        ("\n\nspeed = \"fast\"".to_owned(), "line 3: invalid type"),
        ("speed =".to_owned(), "line 1"),
        ("speed = 0".to_owned(), "`speed` is not a number above 0"),
        ("speed = nan".to_owned(), "`speed` is not a number above 0"),
        ("data = \"x\"\nephemeral = true".to_owned(), "`ephemeral` contradicts `data`"),
        ("region = \"moon\"".to_owned(), "`region` is not the name"),
        ("[delays]\nprovision = -1".to_owned(), "`delays.provision` is not a number of seconds"),
        ("[quotas]\nservices = -1".to_owned(), "line 2"),
        ("[faults]\nerror_rate = 1.5".to_owned(), "`faults.error_rate` is not between"),
        ("listen = \"0.0.0.0:8787\"".to_owned(), "give `accounts` with keys"),
        ("[s3_endpoint]\nurl = \"https://s3\"".to_owned(), "`s3_endpoint.url` is not of the form http://HOST:PORT"),
        ("[s3_endpoint]\nurl = \"http://s3\"\naccess_key_id = \"A\"".to_owned(), "`s3_endpoint` has half of a key"),
        (account("account_id = \"12\""), "`accounts.account_id` is not of twelve digits"),
        (account("account_id = \"111122223333\"\nsecret = 1"), "unknown field `secret`"),
        (account("account_id = \"111122223333\"\n").repeat(2), "`accounts.access_key_id` stands twice"),
    ] {
        let error = read(&text).expect_err(&text);
        assert!(error.contains(said) && !error.contains('\n'), "{text}: {error}");
    }
    let missing = Settings::default().read(Path::new("/nowhere/proton-local.toml")).unwrap_err();
    assert_eq!(missing.to_string(), "cannot read the settings file /nowhere/proton-local.toml");
}

#[test]
fn the_network_is_for_those_with_keys_unless_it_is_said_aloud() {
    assert!(read("listen = \"0.0.0.0:0\"\ninsecure = true").is_ok());
    assert!(read("listen = \"[::1]:0\"").is_ok());
    let keys = "\n[[accounts]]\naccount_id = \"111122223333\"\naccess_key_id = \"A\"\nsecret_access_key = \"B\"";
    assert!(read(&format!("listen = \"0.0.0.0:0\"{keys}")).is_ok());
}

#[test]
fn no_secret_shows() {
    let secret = "wJalrXUtnFEMI";
    let accounts = vec![Account::new("111122223333", "AKIDEXAMPLE", secret)];
    let s3_endpoint = S3Endpoint {
        url: "http://127.0.0.1:9000".to_owned(),
        access_key_id: Some("AKIDEXAMPLE".to_owned()),
        secret_access_key: Some(secret.to_owned()),
    };
    let settings = Settings { accounts, s3_endpoint: Some(s3_endpoint), ..Settings::default() };
    assert!(!format!("{settings:?}").contains(secret));
    let error = read(&format!("[[accounts]]\nsecret_access_key = \"{secret}")).expect_err("no closing quote");
    assert!(!error.contains(secret), "{error}");
}
