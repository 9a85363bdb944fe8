//! The program asks the same and sees the same, whichever SDK it is compiled with.

use dropin_compare::Server;
use std::fmt::Debug;

/// Where ours does otherwise, and means to.
const CHOSEN: [&str; 2] = [
    // An answer that cannot be read is no error of the service, as `SdkError::ResponseError` says of itself.
    r#"- "garbage: service Some(200)""#,
    r#"+ "garbage: response Some(200)""#,
];

#[tokio::test(flavor = "multi_thread")]
async fn both_ask_the_same_and_see_the_same() {
    let server = Server::start().await;
    let official = dropin_official::run(&server.endpoint).await.0;
    let asked_by_official = server.asked();

    let server = Server::start().await;
    let ours = dropin_ours::run(&server.endpoint).await.0;
    let asked_by_ours = server.asked();

    let found = [differences(&official, &ours), differences(&asked_by_official, &asked_by_ours)].concat();
    assert!(found == CHOSEN, "{} differences (- official, + ours):\n{}", found.len(), found.join("\n"));
    assert!(official.len() > 100 && asked_by_official.len() > 50, "the program does less than it should");
}

/// The entries that only one of the two has, in order: those of the official SDK with `-`, ours with `+`.
fn differences<T: Debug + PartialEq>(official: &[T], ours: &[T]) -> Vec<String> {
    // The length of the longest common part from each pair of places on.
    let mut common = vec![vec![0; ours.len() + 1]; official.len() + 1];
    for i in (0..official.len()).rev() {
        for j in (0..ours.len()).rev() {
            common[i][j] =
                if official[i] == ours[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < official.len() || j < ours.len() {
        if i < official.len() && j < ours.len() && official[i] == ours[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == ours.len() || (i < official.len() && common[i + 1][j] >= common[i][j + 1]) {
            found.push(format!("- {:?}", official[i]));
            i += 1;
        } else {
            found.push(format!("+ {:?}", ours[j]));
            j += 1;
        }
    }
    found
}
