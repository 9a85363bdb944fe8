//! What a caller may change about pages, and what pages say.

use proton_sdk::Client;
use proton_sdk::config::retry::RetryConfig;
use proton_sdk::config::{Config, Region};
use proton_sdk::operation::list_services::ListServices;
use proton_sdk::testing::Mock;

fn page(names: &[&str], next: Option<&str>) -> String {
    let services: Vec<_> = names.iter().map(|name| serde_json::json!({"name": name})).collect();
    serde_json::json!({"services": services, "nextToken": next}).to_string()
}

fn proton() -> Mock {
    Mock::new().on::<ListServices>(|rule| {
        rule.http(200, page(&["a", "b"], Some("2"))).http(200, page(&[], Some("3"))).http(200, page(&["c"], None))
    })
}

#[tokio::test]
async fn pages_can_be_customized() {
    for through_call in [true, false] {
        let mock = proton();
        let client = mock.client();
        let region = Config::builder().region(Region::new("eu-west-1"));
        let pages = if through_call {
            let call = client.list_services().customize().config_override(region).mutate_request(|request| {
                request.headers_mut().insert("x-team", "shop");
            });
            call.into_paginator()
        } else {
            client.list_services().into_paginator().config_override(region).interceptor(Mark)
        };
        let names: Vec<_> = pages.page_size(2).items().send().try_collect().await.expect("three pages");
        assert_eq!(names.iter().map(|service| service.name()).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(mock.requests().len(), 3);
        for request in mock.requests() {
            assert_eq!(request.header("x-team"), Some("shop"));
            assert!(request.header("authorization").is_some_and(|text| text.contains("/eu-west-1/")));
            assert!(request.header("user-agent").is_some_and(|text| text.ends_with(" m/C")), "it is a paginator's");
        }
        assert!(mock.inputs::<ListServices>().iter().all(|input| input.max_results() == Some(2)));
    }
}

/// Puts a header on each request.
#[derive(Debug)]
struct Mark;

impl proton_sdk::config::Intercept for Mark {
    fn name(&self) -> &'static str {
        "Mark"
    }

    fn modify_before_signing(
        &self,
        context: &mut proton_sdk::config::interceptors::BeforeTransmitInterceptorContextMut<'_>,
        _: &proton_sdk::config::RuntimeComponents,
        _: &mut proton_sdk::config::ConfigBag,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        context.request_mut().headers_mut().insert("x-team", "shop");
        Ok(())
    }
}

#[tokio::test]
async fn items_know_their_page_and_another_paginator_goes_on_there() {
    let mock = proton();
    let mut items = mock.client().list_services().into_paginator().items().send();
    let first = items.try_next().await.expect("an item").expect("not the end");
    assert_eq!((first.name(), items.token(), items.next_token().map(String::as_str)), ("a", None, Some("2")));

    let mock = Mock::new()
        .on::<ListServices>(|rule| rule.when(|input| input.next_token() == Some("2")).http(200, page(&["c"], None)));
    let again = mock.client().list_services().into_paginator().resume_from(items.next_token().cloned());
    let rest: Vec<_> = again.items().send().try_collect().await.expect("the rest");
    assert_eq!(rest.iter().map(|service| service.name()).collect::<Vec<_>>(), ["c"]);
}

#[tokio::test]
async fn a_token_that_repeats_is_an_error_where_asked_for() {
    let mock = Mock::new().on::<ListServices>(|rule| rule.http(200, page(&["a"], Some("same"))));
    let pages = mock.client().list_services().into_paginator().error_on_duplicate_token(true);
    let mut items = pages.items().send();
    assert!(items.try_next().await.is_ok_and(|item| item.is_some()));
    assert!(items.try_next().await.is_ok_and(|item| item.is_some()), "its page is given out");
    let error = items.try_next().await.expect_err("it would never end").to_string();
    assert!(
        error.contains(
            "ListServices: not sent: the request for the next page, whose token is the one of the page before"
        ),
        "{error}"
    );
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn strict_responses_hold_for_pages() {
    let mock = proton();
    let strict = Client::from_conf(mock.config().strict_responses(true).retry_config(RetryConfig::disabled()).build());
    let mut items = strict.list_services().into_paginator().items().send();
    let error = items.try_next().await.expect_err("members are missing").to_string();
    assert!(error.contains("the response lacks the required `services[0].arn`"), "{error}");
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn inputs_of_pages_are_checked_where_asked_for() {
    let mock = proton();
    let client = Client::from_conf(mock.config().validate_requests(true).build());
    let mut items = client.list_services().into_paginator().page_size(0).items().send();
    let error = items.try_next().await.expect_err("a page holds at least one").to_string();
    assert!(error.contains("`maxResults` must be at least 1: 0"), "{error}");
    assert!(mock.requests().is_empty());
}
