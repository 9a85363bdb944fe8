//! Lists of several pages.

use crate::Transcript;
use crate::failures::kind;
use aws_sdk_proton::Client;
use aws_sdk_proton::error::SdkError;
use aws_sdk_proton::operation::list_services::{ListServicesError, ListServicesOutput};
use aws_sdk_proton::types::ServiceSummary;

pub(crate) async fn run(client: &Client, seen: &mut Transcript) {
    pages(client, seen).await;
    items(client, seen).await;
    ends(client, seen).await;
}

async fn pages(client: &Client, seen: &mut Transcript) {
    let mut pages = client.list_services().into_paginator().page_size(2).send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page: ListServicesOutput = page.expect("a page");
        sizes.push(page.services().len());
    }
    seen.note("pages", format!("{sizes:?}"));
    let all: Result<Vec<ListServicesOutput>, SdkError<ListServicesError>> =
        client.list_services().into_paginator().send().collect().await;
    seen.note("collected", all.map_or(0, |pages| pages.len()));
    let late = client.list_services().next_token("p3").into_paginator().send().collect::<Vec<_>>().await;
    seen.note("from the third", late.len());
    let outputs = client.list_service_instance_outputs().service_name("s").service_instance_name("i").into_paginator();
    seen.note("without a size", outputs.send().try_collect().await.map_or(0, |pages: Vec<_>| pages.len()));
}

async fn items(client: &Client, seen: &mut Transcript) {
    let mut items = client.list_services().into_paginator().items().send();
    let mut names = Vec::new();
    while let Some(item) = items.try_next().await.expect("all pages are there") {
        let item: ServiceSummary = item;
        names.push(item.name);
    }
    seen.note("items", names.join(","));
    let tags = client.list_tags_for_resource().resource_arn("arn:x").into_paginator().items().send();
    let tags: Result<Vec<_>, _> = tags.collect().await;
    seen.note("tags", tags.map_or(0, |tags| tags.len()));
    // A stream nobody reads sends nothing.
    drop(client.list_services().max_results(99).into_paginator().send());
}

async fn ends(client: &Client, seen: &mut Transcript) {
    let mut same = client.list_services().max_results(7).into_paginator().send();
    let mut count = 0;
    while let Some(page) = same.next().await {
        count += usize::from(page.is_ok());
    }
    seen.note("same token", count);
    let mut on = client.list_services().max_results(7).into_paginator().stop_on_duplicate_token(false).send();
    for _ in 0..4 {
        seen.note("goes on", on.next().await.is_some_and(|page| page.is_ok()));
    }
    drop(on);
    let mut failing = client.list_services().into_paginator().page_size(9).items().send();
    let mut found = 0;
    let error = loop {
        match failing.try_next().await {
            Ok(Some(_)) => found += 1,
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    let error = error.expect("the second page fails");
    seen.note("midway", format!("{found} {} {}", kind(&error), error.into_service_error().is_validation_exception()));
    seen.note("then nothing", failing.next().await.is_none());
}
