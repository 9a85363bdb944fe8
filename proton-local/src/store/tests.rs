//! What the store promises: whole writes, order, pages, memory across restarts.

use super::*;
use crate::testkit::Kit;
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    name: String,
    color: String,
}

impl Record for Note {
    const KIND: &'static str = "note";

    fn key(&self) -> String {
        self.name.clone()
    }

    fn indexes(&self) -> Vec<Index> {
        vec![("color", self.color.clone())]
    }
}

fn note(name: &str, color: &str) -> Note {
    Note { name: name.to_owned(), color: color.to_owned() }
}

fn put(kit: &Kit, name: &str, color: &str) {
    kit.write(|writer, note: Note| Ok(writer.put(&note)?), note(name, color)).unwrap();
}

fn get(kit: &Kit, name: &str) -> Option<Note> {
    kit.read(|reader, name| Ok(reader.get(name)?), name).unwrap()
}

fn page(kit: &Kit, scope: &str, token: Option<&str>) -> Result<Page<Note>, Fault> {
    kit.read(|reader, ()| reader.page(&Paging::new(reader, scope, token, Some(2))?, |_| true), ())
}

fn names(notes: &[Note]) -> Vec<&str> {
    notes.iter().map(|note| note.name.as_str()).collect()
}

#[test]
fn an_index_follows_its_record() {
    let kit = Kit::new();
    put(&kit, "a", "red");
    put(&kit, "b", "red");
    put(&kit, "a", "blue");
    let by = |color: &'static str| kit.read(|reader, ()| Ok(reader.all_by::<Note>("color", color)?), ()).unwrap();
    assert_eq!(by("red"), [note("b", "red")]);
    assert_eq!(by("blue"), [note("a", "blue")]);
    kit.write(|writer, ()| Ok(writer.delete::<Note>("a")?), ()).unwrap();
    assert_eq!(by("blue"), []);
    assert_eq!(get(&kit, "a"), None);
}

#[test]
fn the_count_follows_what_is_stored() {
    let kit = Kit::new();
    let count = || kit.read(|reader, ()| Ok(reader.count::<Note>()?), ()).unwrap();
    assert_eq!(count(), 0);
    for color in ["red", "blue"] {
        kit.write(move |writer, ()| Ok(writer.put(&note("a", color))?), ()).unwrap();
        assert_eq!(count(), 1, "a change is no second record");
    }
    let failed = |writer: &mut Writer<'_>, ()| {
        writer.put(&note("b", "red"))?;
        Err::<(), _>(Fault::validation("no"))
    };
    kit.write(failed, ()).unwrap_err();
    assert_eq!(count(), 1, "what was taken back does not count");
    kit.write(|writer, ()| Ok(writer.delete::<Note>("a")?), ()).unwrap();
    kit.write(|writer, ()| Ok(writer.delete::<Note>("a")?), ()).unwrap();
    assert_eq!(count(), 0);
}

#[test]
fn accounts_do_not_see_each_other() {
    let kit = Kit::new();
    let other = kit.as_account("222222222222");
    put(&kit, "a", "red");
    put(&other, "a", "blue");
    assert_eq!(get(&kit, "a"), Some(note("a", "red")));
    other.write(|writer, ()| Ok(writer.delete::<Note>("a")?), ()).unwrap();
    assert_eq!(get(&kit, "a"), Some(note("a", "red")));
    assert_eq!(kit.read(|reader, ()| Ok((reader.count::<Note>()?, reader.has::<Note>("a")?)), ()).unwrap(), (1, true));
}

#[test]
fn pages_lead_through_the_list_in_order() {
    let kit = Kit::new();
    for name in ["c", "e", "a", "d", "b"] {
        put(&kit, name, "red");
    }
    let first = page(&kit, "notes", None).unwrap();
    assert_eq!(names(&first.items), ["a", "b"]);
    // What is added before the page's end stays behind it, what is added after is met.
    put(&kit, "aa", "red");
    put(&kit, "bb", "red");
    let second = page(&kit, "notes", first.next.as_deref()).unwrap();
    assert_eq!(names(&second.items), ["bb", "c"]);
    let third = page(&kit, "notes", second.next.as_deref()).unwrap();
    assert_eq!((names(&third.items), third.next), (vec!["d", "e"], None));
}

#[test]
fn a_page_is_full_although_most_records_are_left_out() {
    let kit = Kit::new();
    for number in 0..40 {
        put(&kit, &format!("{number:02}"), if number % 13 == 0 { "red" } else { "blue" });
    }
    let red = |token: Option<String>| {
        let read = |reader: &Reader<'_>, token: Option<String>| {
            reader.page(&Paging::new(reader, "red", token.as_deref(), Some(2))?, |note: &Note| note.color == "red")
        };
        kit.read(read, token).unwrap()
    };
    let first = red(None);
    assert_eq!(names(&first.items), ["00", "13"]);
    let second = red(first.next);
    assert_eq!((names(&second.items), second.next), (vec!["26", "39"], None));
}

#[test]
fn a_token_is_good_for_its_list_and_account_alone() {
    let kit = Kit::new();
    for name in ["a", "b", "c"] {
        put(&kit, name, "red");
    }
    let token = page(&kit, "notes", None).unwrap().next.unwrap();
    assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)), "{token}");
    let refused = |kit: &Kit, scope: &str, token: &str| {
        assert!(matches!(page(kit, scope, Some(token)), Err(Fault::Validation(_))), "{token}");
    };
    refused(&kit, "others", &token);
    refused(&kit.as_account("222222222222"), "notes", &token);
    for forged in ["", "AAAA", "not base64!", &format!("A{token}"), &token[4..]] {
        refused(&kit, "notes", forged);
    }
    for at in 0..token.len() {
        let mut forged = token.clone();
        let other = if &token[at..=at] == "A" { "B" } else { "A" };
        forged.replace_range(at..=at, other);
        refused(&kit, "notes", &forged);
    }
}

#[test]
fn a_restart_forgets_nothing() {
    let kit = Kit::new();
    for name in ["a", "b", "c"] {
        put(&kit, name, "red");
    }
    let hash = kit.write(|writer, ()| Ok(writer.put_file(b"bundle")?), ()).unwrap();
    kit.write(|writer, ()| Ok(writer.remember_token("Create", "t", "print", "a")?), ()).unwrap();
    let token = page(&kit, "notes", None).unwrap().next;
    let kit = kit.restart();
    assert_eq!(names(&page(&kit, "notes", token.as_deref()).unwrap().items), ["c"]);
    assert_eq!(kit.read(|reader, ()| Ok(reader.file(&hash)?), ()).unwrap().as_deref(), Some(&b"bundle"[..]));
    let made = kit.read(|reader, ()| reader.made_by_token("Create", "t", "print"), ()).unwrap();
    assert_eq!(made.as_deref(), Some("a"));
}

#[test]
fn a_refused_write_leaves_nothing() {
    let kit = Kit::new();
    let refused = |writer: &mut Writer<'_>, ()| -> Result<(), Fault> {
        writer.put(&note("a", "red"))?;
        Err(Fault::conflict("no"))
    };
    assert!(matches!(kit.write(refused, ()), Err(Fault::Conflict(_))));
    assert_eq!(get(&kit, "a"), None);
}

#[test]
fn a_failed_attempt_within_a_write_is_taken_back_alone() {
    let kit = Kit::new();
    let write = |writer: &mut Writer<'_>, ()| {
        writer.put(&note("a", "red"))?;
        let failed: Result<(), Fault> = writer.attempt(|writer| {
            writer.put(&note("b", "red"))?;
            writer.attempt(|writer| Ok(writer.put(&note("c", "red"))?))?;
            Err(Fault::conflict("no"))
        });
        assert!(failed.is_err());
        writer.attempt(|writer| Ok(writer.put(&note("d", "red"))?))
    };
    kit.write(write, ()).unwrap();
    let all: Vec<Note> = kit.read(|reader, ()| Ok(reader.all()?), ()).unwrap();
    assert_eq!(names(&all), ["a", "d"]);
}

#[test]
fn a_write_that_panics_leaves_nothing_and_harms_no_other() {
    let kit = Kit::new();
    let panics = |writer: &mut Writer<'_>, ()| -> Result<(), Fault> {
        writer.put(&note("a", "red"))?;
        panic!("a bug");
    };
    assert!(matches!(kit.write(panics, ()), Err(Fault::Store(StoreError::Panicked))));
    assert_eq!(get(&kit, "a"), None);
    put(&kit, "b", "red");
    assert_eq!(get(&kit, "b"), Some(note("b", "red")));
}

/// Writes that wait together share a commit; each still stands or falls alone.
#[tokio::test]
async fn writes_side_by_side_are_each_whole() {
    let kit = Kit::new();
    let (store, caller) = (kit.engine().store().clone(), kit.caller().clone());
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..200 {
        let (store, caller) = (store.clone(), caller.clone());
        tasks.spawn(async move {
            let write = move |writer: &mut Writer<'_>| {
                let count = writer.count::<Note>()?;
                writer.put(&note(&format!("{count:03}"), "red"))?;
                if number % 4 == 0 { Err(Fault::conflict("no")) } else { Ok(()) }
            };
            store.write(&caller, write).await.is_ok()
        });
    }
    let good = tasks.join_all().await.into_iter().filter(|good| *good).count();
    // Had one seen another's half-done change, names would clash or be left out.
    let all = store.read(&caller, |reader| Ok(reader.all::<Note>()?)).await.unwrap();
    let expected: Vec<_> = (0..150).map(|number| note(&format!("{number:03}"), "red")).collect();
    assert_eq!((good, all), (150, expected));
}

#[test]
fn a_client_token_is_known_for_eight_hours() {
    let kit = Kit::new();
    let remember = |print: &'static str, resource: &'static str| {
        kit.write(move |writer, ()| Ok(writer.remember_token("Create", "t", print, resource)?), ()).unwrap();
    };
    let made = |operation: &str, token: &str, print: &str| {
        kit.read(|reader, ()| reader.made_by_token(operation, token, print), ())
    };
    remember("print", "a");
    kit.advance(Duration::from_secs(8 * 60 * 60 - 1));
    assert_eq!(made("Create", "t", "print").unwrap().as_deref(), Some("a"));
    assert_eq!(made("Other", "t", "print").unwrap(), None);
    assert_eq!(made("Create", "T", "print").unwrap(), None, "tokens are case-sensitive");
    assert!(matches!(made("Create", "t", "other"), Err(Fault::Validation(_))));
    kit.advance(Duration::from_secs(1));
    assert_eq!(made("Create", "t", "print").unwrap(), None);
    assert_eq!(made("Create", "t", "other").unwrap(), None);
    remember("other", "b");
    assert_eq!(made("Create", "t", "other").unwrap().as_deref(), Some("b"));
    kit.write(|writer, ()| Ok(writer.forget_tokens("Create", "b")?), ()).unwrap();
    assert_eq!(made("Create", "t", "other").unwrap(), None);
}

#[test]
fn a_data_folder_has_one_server_at_a_time() {
    let kit = Kit::new();
    let settings = kit.engine().settings().clone();
    let open = || Store::open(settings.clone(), Clock::system(), Random::seeded(1));
    let error = open().unwrap_err();
    assert!(matches!(&error, StoreError::InUse { .. }), "{error}");
    drop(kit.restart());
    // The folder went with the kit; a store in it can be opened as soon as nobody holds it.
    open().unwrap();
    if let Storage::Directory(folder) = &settings.storage {
        std::fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn a_newer_database_is_refused() {
    let kit = Kit::new();
    let settings = kit.engine().settings().clone();
    let Storage::Directory(folder) = &settings.storage else { panic!("a kit keeps its data in a folder") };
    let database = folder.join("proton.sqlite");
    Connection::open(&database).unwrap().pragma_update(None, "user_version", 99).unwrap();
    std::fs::remove_file(folder.join("lock")).unwrap();
    let error = Store::open(settings.clone(), Clock::system(), Random::seeded(1)).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
}
