//! The program asks the same and sees the same, whichever SDK it is compiled with.

use dropin_compare::Server;

#[tokio::test(flavor = "multi_thread")]
async fn both_ask_the_same_and_see_the_same() {
    let server = Server::start().await;
    let official = dropin_official::run(&server.endpoint).await.0;
    let asked_by_official = server.asked();

    let server = Server::start().await;
    let ours = dropin_ours::run(&server.endpoint).await.0;
    let asked_by_ours = server.asked();

    let sorts = [differences(&official, &ours), differences(&asked_by_official, &asked_by_ours)];
    let found = sorts.concat();
    assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
    assert!(official.len() > 100 && asked_by_official.len() > 50, "the program does less than it should");
}

/// The entries at the same place that are not equal.
fn differences<T: std::fmt::Debug + PartialEq>(official: &[T], ours: &[T]) -> Vec<String> {
    let length = official.len().max(ours.len());
    (0..length)
        .map(|index| (official.get(index), ours.get(index)))
        .filter(|(official, ours)| official != ours)
        .map(|(official, ours)| format!("official: {official:?}\n    ours: {ours:?}"))
        .collect()
}
