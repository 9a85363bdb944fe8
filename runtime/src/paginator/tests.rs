//! Pages from a script instead of a service.

use super::PaginationStream;
use super::items::Items;
use super::pages::{Duplicate, Page, Pages};
use crate::error::{BuildError, SdkError};
use crate::operation::{Paginated, PaginatedItems};
use crate::path::fixture::{Failure, GetJob, Input, Output, input, output};
use futures_core::Stream;
use futures_core::stream::FusedStream;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

impl Paginated for GetJob {
    type Token = String;

    fn token(output: &Output) -> Option<&String> {
        output.next.as_ref()
    }

    fn set_token(input: &mut Input, token: Option<String>) {
        input.next = token;
    }

    fn input_token(input: &Input) -> Option<&String> {
        input.next.as_ref()
    }

    fn is_end(token: &String) -> bool {
        token.is_empty()
    }
}

impl PaginatedItems for GetJob {
    type Item = String;

    fn items(output: Output) -> Vec<String> {
        output.names.unwrap_or_default()
    }
}

/// A service with these pages: the token that asks for each, its items and the token after it.
/// An item `!` stands for an error.
type Script = &'static [(&'static str, &'static [&'static str], Option<&'static str>)];

const THREE: Script = &[("", &["a", "b"], Some("t1")), ("t1", &[], Some("t2")), ("t2", &["c"], Some(""))];

struct Service {
    script: Script,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Service {
    fn new(script: Script) -> Self {
        Self { script, asked: Arc::default() }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").clone()
    }

    fn pages(&self, from: Option<&str>, duplicate: Duplicate) -> Pages<GetJob> {
        let (script, asked) = (self.script, Arc::clone(&self.asked));
        let input = Input { next: from.map(str::to_owned), ..input("x") };
        Pages::new(Ok(input), duplicate, move |input: Input| {
            let token = input.next.unwrap_or_default();
            asked.lock().expect("no panic").push(token.clone());
            let (_, names, next) = script.iter().find(|(asks, ..)| *asks == token).expect("a known token");
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            Box::pin(async move {
                if names == ["!"] {
                    return Err(SdkError::timeout_error("too slow"));
                }
                let mut page = output("{}");
                page.next = next.map(str::to_owned);
                page.names = Some(names);
                Ok(page)
            })
        })
    }

    fn stream(&self, from: Option<&str>) -> PaginationStream<Page<GetJob>> {
        PaginationStream::new(self.pages(from, Duplicate::Stop))
    }

    fn items(&self, from: Option<&str>) -> PaginationStream<Result<String, SdkError<Failure>>> {
        PaginationStream::new(Items::new(self.pages(from, Duplicate::Stop)))
    }
}

#[tokio::test]
async fn pages_come_one_at_a_time_until_the_token_is_empty() {
    let service = Service::new(THREE);
    let mut stream = service.stream(None);
    assert!(service.asked().is_empty());
    assert!(stream.next().await.is_some_and(|page| page.is_ok()));
    assert_eq!(service.asked(), [""]);
    assert_eq!((stream.token(), stream.next_token().map(String::as_str)), (None, Some("t1")));
    let rest = stream.try_collect().await.expect("no error");
    assert_eq!(rest.len(), 2);
    assert_eq!(service.asked(), ["", "t1", "t2"]);
}

#[tokio::test]
async fn items_skip_empty_pages_and_know_their_page() {
    let service = Service::new(THREE);
    let all: Vec<String> = service.items(None).collect::<Result<Vec<_>, _>>().await.expect("no error");
    assert_eq!(all, ["a", "b", "c"]);
    let each: Vec<Result<String, _>> = service.items(Some("t1")).collect().await;
    assert_eq!(each.len(), 1);

    let mut items = service.items(None);
    let mut tokens = Vec::new();
    while let Some(item) = items.try_next().await.expect("no error") {
        tokens.push((item, items.token().cloned(), items.next_token().cloned()));
    }
    let token = |text: &str| Some(text.to_owned());
    assert_eq!(
        tokens,
        [("a".into(), None, token("t1")), ("b".into(), None, token("t1")), ("c".into(), token("t2"), None)]
    );
    assert!(items.is_terminated());
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn an_error_ends_the_stream_and_its_page_can_be_asked_for_again() {
    const BROKEN: Script = &[("", &["a"], Some("t1")), ("t1", &["!"], None)];
    let service = Service::new(BROKEN);
    let mut items = service.items(None);
    assert!(items.next().await.is_some_and(|item| item.is_ok()));
    assert!(items.next().await.is_some_and(|item| item.is_err()));
    assert!(items.next().await.is_none());
    assert_eq!(items.token().map(String::as_str), Some("t1"));

    let whole = Service::new(THREE);
    let rest = whole.items(items.token().map(String::as_str)).try_collect().await.expect("no error");
    assert_eq!(rest, ["c"]);
    assert!(service.items(None).try_collect().await.is_err());
}

#[tokio::test]
async fn a_page_that_leads_to_itself() {
    const STUCK: Script = &[("", &["a"], Some("t")), ("t", &["b"], Some("t"))];
    let service = Service::new(STUCK);
    assert_eq!(service.items(None).try_collect().await.expect("it stops"), ["a", "b"]);

    let mut pages = PaginationStream::new(service.pages(None, Duplicate::Error));
    assert!(pages.try_next().await.is_ok() && pages.try_next().await.is_ok());
    let error = pages.try_next().await.expect_err("it is stuck");
    assert!(error.to_string().contains("GetJob: not sent: the request for the next page"), "{error}");
    assert_eq!(pages.token().map(String::as_str), Some("t"));
    assert!(pages.next().await.is_none());

    let mut endless = PaginationStream::new(service.pages(None, Duplicate::Continue));
    for _ in 0..5 {
        assert!(endless.try_next().await.is_ok_and(|page| page.is_some()));
    }
    assert_eq!(service.asked().len(), 2 + 2 + 5);
}

#[tokio::test]
async fn an_input_that_cannot_be_built_is_the_first_and_only_item() {
    let error = BuildError::missing_field("name", "it is required");
    let pages = Pages::<GetJob>::new(Err(error), Duplicate::Stop, |_| unreachable!("nothing is sent"));
    let mut stream: PaginationStream<_> = PaginationStream::new(pages);
    assert!(matches!(stream.next().await, Some(Err(SdkError::ConstructionFailure(_)))));
    assert!(stream.next().await.is_none());
}

#[test]
fn it_is_a_stream_that_goes_on_after_a_poll_that_was_not_ready() {
    let gate = Arc::new(Mutex::new(false));
    let open = Arc::clone(&gate);
    let pages = Pages::<GetJob>::new(Ok(input("x")), Duplicate::Stop, move |_| {
        let gate = Arc::clone(&gate);
        Box::pin(std::future::poll_fn(move |_| match *gate.lock().expect("no panic") {
            true => Poll::Ready(Ok(output("{}"))),
            false => Poll::Pending,
        }))
    });
    let mut stream = PaginationStream::new(pages);
    let mut context = Context::from_waker(Waker::noop());
    assert!(Stream::poll_next(Pin::new(&mut stream), &mut context).is_pending());
    assert!(stream.poll_next(&mut context).is_pending());
    *open.lock().expect("no panic") = true;
    assert!(matches!(Stream::poll_next(Pin::new(&mut stream), &mut context), Poll::Ready(Some(Ok(_)))));
    assert!(matches!(Stream::poll_next(Pin::new(&mut stream), &mut context), Poll::Ready(None)));
    assert!(stream.is_terminated());
}
