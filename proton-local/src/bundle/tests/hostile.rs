//! Archives that mean harm.

use crate::bundle::{Expected, check, unpack};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::time::{Duration, Instant};
use tar::{Builder, EntryType, Header};

fn entry(path: &[u8], kind: EntryType, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.as_mut_bytes()[..path.len()].copy_from_slice(path);
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    header
}

fn archive(entries: &[(Header, &[u8])]) -> Vec<u8> {
    let mut archive = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (header, content) in entries {
        archive.append(header, *content).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

fn refused(archive: &[u8]) -> String {
    let began = Instant::now();
    let reason = unpack(archive).unwrap_err().to_string();
    assert!(began.elapsed() < Duration::from_secs(5), "{reason}");
    reason
}

#[test]
fn paths_do_not_lead_out() {
    for path in ["../schema/schema.yaml", "/etc/passwd", "schema/../../x", "a/b/../../../c"] {
        let reason = refused(&archive(&[(entry(path.as_bytes(), EntryType::Regular, 1), b"x")]));
        assert_eq!(reason, format!("{path}: the path leads out of the bundle"));
    }
}

#[test]
fn only_files_and_folders_are_taken() {
    for (kind, what) in [
        (EntryType::Symlink, "link"),
        (EntryType::Link, "link"),
        (EntryType::Char, "special file"),
        (EntryType::Block, "special file"),
        (EntryType::Fifo, "special file"),
    ] {
        let reason = refused(&archive(&[(entry(b"schema/schema.yaml", kind, 0), b"")]));
        assert_eq!(reason, format!("schema/schema.yaml: a {what} is not taken; use plain files"));
    }
}

#[test]
fn a_small_archive_does_not_unpack_to_a_large_one() {
    let zeros = vec![0; 64 << 20];
    let bomb = archive(&[(entry(b"schema/schema.yaml", EntryType::Regular, zeros.len() as u64), &zeros)]);
    assert!(bomb.len() < 5 << 20);
    assert_eq!(refused(&bomb), "the bundle is larger than 50 MB unpacked");
}

#[test]
fn a_size_that_is_not_there_is_no_allocation() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(entry(b"schema/schema.yaml", EntryType::Regular, 0o7777777777).as_bytes()).unwrap();
    assert_eq!(refused(&packed.finish().unwrap()), "the bundle is larger than 50 MB unpacked");
}

#[test]
fn broken_archives_are_told_so() {
    let whole = archive(&[(entry(b"schema/schema.yaml", EntryType::Regular, 600), &[b'#'; 600])]);
    for broken in [&b""[..], b"not gzip", &whole[..whole.len() / 2]] {
        assert!(refused(broken).starts_with("the bundle is not a gzip tarball"), "{}", refused(broken));
    }
}

#[test]
fn many_files_are_too_many() {
    let names: Vec<_> = (0..2_001).map(|number| format!("f{number}")).collect();
    let entries: Vec<_> = names.iter().map(|name| (entry(name.as_bytes(), EntryType::Regular, 0), &b""[..])).collect();
    assert_eq!(refused(&archive(&entries)), "the bundle has more than 2000 files");
}

#[test]
fn what_macos_and_git_leave_in_archives_is_passed_over() {
    let entries = [
        (entry(b"pax_global_header", EntryType::XGlobalHeader, 0), &b""[..]),
        (entry(b"schema/", EntryType::Directory, 0), b""),
        (entry(b"schema/._schema.yaml", EntryType::Regular, 2), b"\xff\xfe"),
        (entry(b"./schema/schema.yaml", EntryType::Regular, 1), b"x"),
    ];
    let files = unpack(&archive(&entries)).unwrap();
    assert_eq!(files.keys().collect::<Vec<_>>(), ["schema/schema.yaml"]);
}

#[test]
fn a_file_over_its_limit_is_named() {
    let manifest = "infrastructure:\n  templates:\n    - {file: a.yaml, rendering_engine: jinja, template_language: cloudformation}\n";
    let large = |count: usize| "#".repeat(count).into_bytes();
    let files = [
        ("schema/schema.yaml", large((50 << 10) + 1)),
        ("infrastructure/manifest.yaml", manifest.as_bytes().to_vec()),
        ("infrastructure/a.yaml", large((200 << 10) + 1)),
    ];
    let files = files.map(|(path, content)| (path.to_owned(), content)).into();
    let faults: Vec<_> = check(&files, Expected::Environment { customer_managed: false })
        .faults
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        faults.contains(&"schema/schema.yaml: the file has 51201 bytes; 51200 are the most".to_owned()),
        "{faults:?}"
    );
    assert!(
        faults.contains(&"infrastructure/a.yaml: the file has 204801 bytes; 204800 are the most".to_owned()),
        "{faults:?}"
    );
}
