//! Pages of a list, and the tokens that lead from one to the next.

use super::{Reader, StoreError};
use crate::fault::Fault;
use crate::random::Random;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Connection, OptionalExtension};
use sha2::Sha256;

/// How many items a page holds where the caller does not say.
const DEFAULT_LIMIT: usize = 100;
const SEAL: usize = 16;

/// Items of one page.
#[derive(Debug)]
pub(crate) struct Page<R> {
    /// The items, in order.
    pub(crate) items: Vec<R>,
    /// What leads to the next page; `None` on the last.
    pub(crate) next: Option<String>,
}

/// Which page is asked for.
#[derive(Debug)]
pub(crate) struct Paging {
    /// What the token is good for: the operation and its filters.
    scope: String,
    /// The page starts after this place in the list's order.
    pub(crate) after: String,
    /// How many items it holds at most.
    pub(crate) limit: usize,
}

impl Paging {
    /// Reads the members that every paginated request has. `scope` is the operation with its filters: a token leads on
    /// only in the list that gave it.
    ///
    /// # Errors
    /// A token that this server did not give for this list.
    pub(crate) fn new(
        reader: &Reader<'_>,
        scope: impl Into<String>,
        token: Option<&str>,
        limit: Option<i32>,
    ) -> Result<Self, Fault> {
        let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(DEFAULT_LIMIT).max(1);
        let mut paging = Self { scope: scope.into(), after: String::new(), limit };
        if let Some(token) = token {
            paging.after = paging.open(reader, token).ok_or_else(|| {
                Fault::validation("The nextToken is not one that this list gave. Start again without it.")
            })?;
        }
        Ok(paging)
    }

    /// The token that leads to what comes after a place in the list's order.
    pub(crate) fn token(&self, reader: &Reader<'_>, after: &str) -> String {
        let mut bytes = self.seal(reader, after).finalize().into_bytes()[..SEAL].to_vec();
        bytes.extend_from_slice(after.as_bytes());
        STANDARD.encode(bytes)
    }

    fn open(&self, reader: &Reader<'_>, token: &str) -> Option<String> {
        let bytes = STANDARD.decode(token).ok()?;
        let (seal, after) = bytes.split_at_checked(SEAL)?;
        let after = std::str::from_utf8(after).ok()?;
        self.seal(reader, after).verify_truncated_left(seal).ok()?;
        Some(after.to_owned())
    }

    fn seal(&self, reader: &Reader<'_>, after: &str) -> Hmac<Sha256> {
        let mut seal = <Hmac<Sha256> as KeyInit>::new(&reader.shared.page_key.into());
        for part in [reader.scope.as_str(), &self.scope, after] {
            // The length keeps two parts from passing for two others.
            seal.update(&(part.len() as u64).to_be_bytes());
            seal.update(part.as_bytes());
        }
        seal
    }
}

impl<R> Page<R> {
    /// One page of items that are in memory, in an order of the caller's; `place` must grow with that order.
    pub(crate) fn of(items: Vec<R>, reader: &Reader<'_>, paging: &Paging, place: impl Fn(&R) -> String) -> Self {
        Self::cut(items, reader, paging, &place, |place, after| place > after)
    }

    /// The same, where `place` shrinks.
    pub(crate) fn descending(
        items: Vec<R>,
        reader: &Reader<'_>,
        paging: &Paging,
        place: impl Fn(&R) -> String,
    ) -> Self {
        Self::cut(items, reader, paging, &place, |place, after| place < after)
    }

    fn cut(
        items: Vec<R>,
        reader: &Reader<'_>,
        paging: &Paging,
        place: impl Fn(&R) -> String,
        is_past: impl Fn(&str, &str) -> bool,
    ) -> Self {
        let starts = |item: &R| paging.after.is_empty() || is_past(&place(item), &paging.after);
        let mut rest = items.into_iter().skip_while(|item| !starts(item));
        let items: Vec<R> = rest.by_ref().take(paging.limit).collect();
        let next = match (rest.next(), items.last()) {
            (Some(_), Some(last)) => Some(paging.token(reader, &place(last))),
            _ => None,
        };
        Self { items, next }
    }
}

/// The key that seals tokens, made once a store.
pub(super) fn key(connection: &Connection, random: &Random) -> Result<[u8; 64], StoreError> {
    let known =
        connection.query_row("SELECT value FROM facts WHERE name = 'page key'", [], |row| row.get(0)).optional()?;
    if let Some(key) = known {
        return Ok(key);
    }
    let key: [u8; 64] = random.bytes();
    connection.execute("INSERT INTO facts (name, value) VALUES ('page key', ?1)", [key])?;
    Ok(key)
}
