//! Client tokens of versions.

use super::*;

#[test]
fn a_token_makes_one_version_for_eight_hours() {
    let kit = kit();
    let made = send(&kit, asked(None, Some("t"))).unwrap();
    kit.settle();
    let again = send(&kit, asked(None, Some("t"))).unwrap();
    assert_eq!((&again.arn, &again.status), (&made.arn, &DRAFT), "the same version, as it is by now");
    let mismatch = send(&kit, asked(Some("1"), Some("t"))).unwrap_err();
    assert!(matches!(&mismatch, Fault::Validation(text) if text.contains("IdempotentParameterMismatch")), "{mismatch}");
    assert_eq!(send(&kit, asked(None, Some("u"))).unwrap().major_version, "2");
    assert_eq!(send(&kit, asked(None, Some(""))).unwrap().major_version, "3", "an empty token is none");
    assert_eq!(send(&kit, asked(None, Some(""))).unwrap().major_version, "4");
    kit.advance(Duration::from_secs(8 * 60 * 60));
    assert_eq!(send(&kit, asked(None, Some("t"))).unwrap().major_version, "5");
}

#[test]
fn side_by_side_creates_with_one_token_make_one_version() {
    let kit = kit();
    let threads: Vec<_> = (0..64)
        .map(|_| {
            let kit = kit.clone();
            std::thread::spawn(move || send(&kit, asked(None, Some("t"))).unwrap())
        })
        .collect();
    let answers: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(numbers(&list(&kit, None, None, 100)), ["1.0"]);
}

#[test]
fn a_token_whose_version_is_gone_makes_another() {
    let kit = kit();
    send(&kit, asked(None, Some("t"))).unwrap();
    delete(&kit, "1.0").unwrap().unwrap();
    assert_eq!(send(&kit, asked(None, Some("t"))).unwrap().arn, kit.arn("environment-template/net:2.0"));
    delete(&kit, "2.0").unwrap().unwrap();
    assert_eq!(send(&kit, asked(Some("1"), Some("t"))).unwrap().arn, kit.arn("environment-template/net:1.1"));
}
