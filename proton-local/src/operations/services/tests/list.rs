//! The list of instances: filters, orders, pages.

use super::*;
use proton_sdk::operation::list_service_instances::ListServiceInstancesInput;
use proton_sdk::operation::list_service_instances::builders::ListServiceInstancesInputBuilder;
use proton_sdk::types::{
    ListServiceInstancesFilter, ListServiceInstancesFilterBy as Key, ListServiceInstancesSortBy as SortBy, SortOrder,
};
use std::time::Duration;

/// Instances `shop/blue`, `shop/red` (failed, in `prod`) and, an hour later, `a/zinc` and `shop-2/blue` of `jobs`.
fn kit() -> Kit {
    let kit = Kit::shop_failing(&["red"]);
    kit.create_environment("prod", "1");
    let instances = listed(&[("blue", "staging", 1), ("red", "prod", 1)]);
    create(&kit, asked(format!("proton: ServiceSpec\npipeline: {{}}\n{instances}"))).unwrap();
    kit.settle();
    kit.advance(Duration::from_secs(3600));
    create(&kit, asked_jobs(&["zinc"]).name("a")).unwrap();
    kit.advance(Duration::from_secs(1));
    create(&kit, asked_jobs(&["blue"]).name("shop-2")).unwrap();
    kit.settle();
    kit
}

fn input() -> ListServiceInstancesInputBuilder {
    ListServiceInstancesInput::builder()
}

fn filter(key: Key, value: &str) -> ListServiceInstancesFilter {
    ListServiceInstancesFilter::builder().key(key).value(value).build()
}

fn names(kit: &Kit, input: ListServiceInstancesInputBuilder) -> Result<Vec<String>, Fault> {
    let output = kit.read(list_service_instances, input.build().unwrap())?;
    assert_eq!(output.next_token, None);
    let name =
        |instance: &proton_sdk::types::ServiceInstanceSummary| format!("{}/{}", instance.service_name, instance.name);
    Ok(output.service_instances.iter().map(name).collect())
}

#[test]
fn every_order_has_both_directions_and_pages() {
    let kit = kit();
    let orders = [
        (SortBy::ServiceName, ["a/zinc", "shop/blue", "shop/red", "shop-2/blue"]),
        (SortBy::Name, ["shop/blue", "shop-2/blue", "shop/red", "a/zinc"]),
        (SortBy::DeploymentStatus, ["shop/red", "a/zinc", "shop/blue", "shop-2/blue"]),
        (SortBy::TemplateName, ["a/zinc", "shop-2/blue", "shop/blue", "shop/red"]),
        (SortBy::EnvironmentName, ["shop/red", "a/zinc", "shop/blue", "shop-2/blue"]),
        (SortBy::LastDeploymentAttemptedAt, ["shop/blue", "shop/red", "a/zinc", "shop-2/blue"]),
        (SortBy::CreatedAt, ["shop/blue", "shop/red", "a/zinc", "shop-2/blue"]),
    ];
    for (sort_by, mut expected) in orders {
        for order in [SortOrder::Ascending, SortOrder::Descending] {
            if order == SortOrder::Descending {
                expected.reverse();
            }
            let input = || input().sort_by(sort_by.clone()).sort_order(order.clone());
            assert_eq!(names(&kit, input()).unwrap(), expected, "{sort_by} {order}");
            let mut paged = Vec::new();
            let mut token = None;
            loop {
                let page = input().max_results(1).set_next_token(token).build().unwrap();
                let page = kit.read(list_service_instances, page).unwrap();
                paged.extend(page.service_instances.iter().map(|one| format!("{}/{}", one.service_name, one.name)));
                token = page.next_token;
                if token.is_none() {
                    break;
                }
            }
            assert_eq!(paged, expected, "{sort_by} {order} page by page");
        }
    }
    assert_eq!(names(&kit, input()).unwrap(), ["a/zinc", "shop/blue", "shop/red", "shop-2/blue"]);
}

#[test]
fn every_filter_holds() {
    let kit = kit();
    let time = "2026-01-01T00:30:00Z";
    for (key, value, expected) in [
        (Key::Name, "blue", &["shop/blue", "shop-2/blue"] as &[_]),
        (Key::DeploymentStatus, "FAILED", &["shop/red"]),
        (Key::TemplateName, "web", &["shop/blue", "shop/red"]),
        (Key::ServiceName, "shop-2", &["shop-2/blue"]),
        (Key::DeployedTemplateVersionStatus, "PUBLISHED", &["a/zinc", "shop/blue", "shop/red", "shop-2/blue"]),
        (Key::DeployedTemplateVersionStatus, "DRAFT", &[]),
        (Key::EnvironmentName, "prod", &["shop/red"]),
        (Key::LastDeploymentAttemptedAtBefore, time, &["shop/blue", "shop/red"]),
        (Key::LastDeploymentAttemptedAtAfter, time, &["a/zinc", "shop-2/blue"]),
        (Key::CreatedAtBefore, "2026-01-01T00:30:00.25Z", &["shop/blue", "shop/red"]),
        (Key::CreatedAtAfter, time, &["a/zinc", "shop-2/blue"]),
    ] {
        assert_eq!(names(&kit, input().filters(filter(key.clone(), value))).unwrap(), expected, "{key}");
    }
    let both = input().filters(filter(Key::Name, "blue")).filters(filter(Key::TemplateName, "web"));
    assert_eq!(names(&kit, both).unwrap(), ["shop/blue"]);
    let either = input().filters(filter(Key::Name, "zinc")).filters(filter(Key::Name, "red"));
    assert_eq!(names(&kit, either).unwrap(), ["a/zinc", "shop/red"]);
}

#[test]
fn a_service_has_its_own() {
    let kit = kit();
    assert_eq!(names(&kit, input().service_name("shop")).unwrap(), ["shop/blue", "shop/red"]);
    let sorted = input().service_name("shop").sort_order(SortOrder::Descending).sort_by(SortBy::Name);
    assert_eq!(names(&kit, sorted).unwrap(), ["shop/red", "shop/blue"]);
    is_not_found(names(&kit, input().service_name("none")), "service/none");
}

#[test]
fn filters_that_say_nothing_are_refused() {
    let kit = Kit::new();
    for (key, value) in [
        (Key::DeploymentStatus, "GOOD"),
        (Key::DeployedTemplateVersionStatus, "SUCCEEDED"),
        (Key::CreatedAtAfter, "yesterday"),
        (Key::CreatedAtBefore, "2026-01-01T00:30:00+02:00"),
    ] {
        is_validation(names(&kit, input().filters(filter(key.clone(), value))), key.as_str());
    }
    is_validation(names(&kit, input().filters(ListServiceInstancesFilter::builder().value("x").build())), "key");
    is_validation(names(&kit, input().filters(ListServiceInstancesFilter::builder().key(Key::Name).build())), "value");
}

#[test]
fn a_token_is_good_for_its_own_list() {
    let kit = kit();
    let page = kit.read(list_service_instances, input().max_results(1).build().unwrap()).unwrap();
    let other = input().sort_order(SortOrder::Descending).set_next_token(page.next_token);
    is_validation(names(&kit, other), "nextToken");
}
