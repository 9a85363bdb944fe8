//! Registration: what becomes a draft, what fails and why, what a restart and a delete do to it.

use super::*;
use crate::settings::S3Endpoint;
use std::io::{Read, Write};
use std::net::TcpListener;

#[test]
fn a_version_is_registered_then_a_draft_then_published() {
    let kit = kit();
    let made = send(&kit, asked(None, None)).unwrap();
    assert_eq!(made.arn, kit.arn("environment-template/net:1.0"));
    assert_eq!((made.major_version(), made.minor_version()), ("1", "0"));
    assert_eq!((&made.status, made.schema()), (&IN_PROGRESS, None));
    assert!(matches!(set(&kit, "1.0", PUBLISHED), Err(Fault::Conflict(_))), "not while it is being registered");

    kit.advance(Duration::from_secs(1));
    kit.settle();
    let draft = get(&kit, "1.0").unwrap();
    assert_eq!((&draft.status, draft.status_message()), (&DRAFT, Some("")));
    assert!(draft.schema().unwrap().contains("environment_input_type: In"), "{draft:?}");
    assert_eq!(draft.recommended_minor_version, None);
    assert!(draft.last_modified_at > made.last_modified_at);

    let published = set(&kit, "1.0", PUBLISHED).unwrap();
    assert_eq!((&published.status, published.recommended_minor_version()), (&PUBLISHED, Some("0")));
    assert_eq!(recommended_by_template(&kit).as_deref(), Some("1.0"));
}

#[test]
fn registration_takes_its_time_at_the_simulations_speed() {
    let simulation = Simulation { speed: 100.0, ..Simulation::default() };
    let kit = with(Settings { simulation, ..Settings::default() });
    send(&kit, asked(None, None)).unwrap();
    kit.advance(Duration::from_millis(19));
    assert_eq!(kit.run_due_jobs(), 0);
    kit.advance(Duration::from_millis(1));
    assert_eq!(kit.run_due_jobs(), 1);
    assert_eq!(get(&kit, "1.0").unwrap().status, DRAFT);
}

#[test]
fn registration_goes_on_after_a_restart() {
    let kit = kit();
    send(&kit, asked(None, None)).unwrap();
    let kit = kit.restart();
    kit.settle();
    assert_eq!(get(&kit, "1.0").unwrap().status, DRAFT);
    let found = kit
        .read(|reader, ()| find(reader, TemplateKind::Environment, "net", "1", "0"), ())
        .unwrap_or_else(|_| panic!());
    let bundle = kit.read(|reader, ()| Ok(reader.file(&found.bundle.unwrap())?), ()).unwrap();
    assert_eq!(bundle, Some(bundles::environment("{size: {type: integer, default: 1}}")));
}

#[test]
fn a_bundle_comes_from_an_endpoint_where_the_folder_has_none() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let bundle = bundles::environment("{size: {type: integer}}");
        let found = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", bundle.len()).into_bytes();
        let answers = [[found, bundle].concat(), b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec()];
        answers.map(|answer| {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                head.push(byte[0]);
            }
            stream.write_all(&answer).unwrap();
            String::from_utf8(head).unwrap()
        })
    });
    let s3_endpoint = S3Endpoint {
        url: url.clone(),
        access_key_id: Some("AKIDEXAMPLE".to_owned()),
        secret_access_key: Some("secret".to_owned()),
    };
    let kit = with(Settings { s3_endpoint: Some(s3_endpoint), ..Settings::default() });
    let made = |key: &str| {
        let input = CreateEnvironmentTemplateVersionInput::builder().template_name("net").source(source(key));
        let made = send(&kit, input.build().unwrap()).unwrap();
        kit.settle();
        get(&kit, &format!("{}.0", made.major_version)).unwrap()
    };
    assert_eq!(made("a folder/net+é.tar.gz").status, DRAFT);
    let failed = made("absent.tar.gz");
    let message = format!("There is no object s3://bundles/absent.tar.gz at {url}.");
    assert_eq!((failed.status, failed.status_message), (FAILED, Some(message)));
    let [first, second] = asked.join().unwrap();
    assert!(first.starts_with("GET /bundles/a%20folder/net%2B%C3%A9.tar.gz HTTP/1.1\r\n"), "{first}");
    assert!(
        first.contains("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/") && first.contains("/s3/aws4_request"),
        "{first}"
    );
    assert!(first.contains("x-amz-content-sha256: e3b0c44298fc1c14"), "{first}");
    assert!(second.starts_with("GET /bundles/absent.tar.gz "), "{second}");
}

#[test]
fn a_bundle_that_cannot_be_fetched_fails_the_registration() {
    let kit = kit();
    let fails = |key: &str, expected: &str| {
        let input = CreateEnvironmentTemplateVersionInput::builder().template_name("net").source(source(key));
        let made = send(&kit, input.build().unwrap()).unwrap();
        kit.settle();
        let failed = get(&kit, &format!("{}.0", made.major_version)).unwrap();
        assert_eq!(failed.status, FAILED);
        assert!(failed.status_message().unwrap().contains(expected), "{:?}", failed.status_message());
        assert_eq!(failed.schema, None);
    };
    fails("absent.tar.gz", "There is no object s3://bundles/absent.tar.gz");
    fails("../../data/proton.sqlite", "does not name a file");
    kit.put_object("large.tar.gz", &vec![0; 5 * 1024 * 1024 + 1]);
    fails("large.tar.gz", "larger than 5 MB");
    kit.put_object("text.tar.gz", b"no archive");
    fails("text.tar.gz", "gzip");
}

#[test]
fn a_version_may_go_while_it_is_being_registered() {
    let kit = kit();
    send(&kit, asked(None, None)).unwrap();
    delete(&kit, "1.0").unwrap().unwrap();
    kit.settle();
    assert!(get(&kit, "1.0").is_err());
}

/// Registers a bundle with these inputs in the first major; gives its status and message.
fn register(kit: &Kit, properties: &str) -> (TemplateVersionStatus, String) {
    kit.put_object("next.tar.gz", &bundles::environment(properties));
    let input = CreateEnvironmentTemplateVersionInput::builder().template_name("net").source(source("next.tar.gz"));
    let made = send(kit, input.major_version("1").build().unwrap()).unwrap();
    kit.settle();
    let version = get(kit, &format!("1.{}", made.minor_version)).unwrap();
    (version.status, version.status_message.unwrap())
}

#[test]
fn a_minor_takes_every_spec_that_the_one_before_took() {
    let kit = kit();
    assert_eq!(register(&kit, "{size: {type: integer, default: 1}}").0, DRAFT);
    let (status, message) = register(&kit, "{size: {type: string}}");
    assert_eq!(status, FAILED);
    assert!(message.contains("not compatible") && message.contains("1.0") && message.contains("size"), "{message}");
    assert_eq!(register(&kit, "{size: {type: integer}, name: {type: string, default: a}}").0, DRAFT);
    let (status, message) = register(&kit, "{size: {type: integer}}");
    assert_eq!(status, FAILED);
    assert!(message.contains("1.2") && message.contains("name"), "{message}");
    delete(&kit, "1.2").unwrap().unwrap();
    assert_eq!(register(&kit, "{size: {type: integer}}").0, DRAFT);
}

#[test]
fn minors_made_at_once_are_compared_in_their_order() {
    let kit = kit();
    for (key, properties) in
        [("a", "{size: {type: integer, default: 1}}"), ("b", "{other: {type: integer, default: 1}}")]
    {
        kit.put_object(key, &bundles::environment(properties));
        let input = CreateEnvironmentTemplateVersionInput::builder().template_name("net").source(source(key));
        send(&kit, input.major_version("1").build().unwrap()).unwrap();
    }
    kit.settle();
    assert_eq!((get(&kit, "1.0").unwrap().status, get(&kit, "1.1").unwrap().status), (DRAFT, FAILED));
}

#[test]
fn a_version_made_anew_is_not_registered_by_the_work_for_the_old_one() {
    let kit = kit();
    let input = CreateEnvironmentTemplateVersionInput::builder().template_name("net").source(source("absent.tar.gz"));
    send(&kit, input.build().unwrap()).unwrap();
    delete(&kit, "1.0").unwrap().unwrap();
    let input = DeleteEnvironmentTemplateInput::builder().name("net").build().unwrap();
    kit.write(delete_environment_template, input).unwrap();
    let input = CreateEnvironmentTemplateInput::builder().name("net").build().unwrap();
    kit.write(create_environment_template, input).unwrap();
    assert_eq!(send(&kit, asked(None, None)).unwrap().minor_version, "0");
    kit.settle();
    assert_eq!(get(&kit, "1.0").unwrap().status, DRAFT);
}
