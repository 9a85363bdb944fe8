//! Tags: what may be set, what is inherited, what is listed.

use super::*;
use crate::testkit::Kit;

const PARENT: &str = "service/web";
const CHILD: &str = "service/web/service-instance/blue";

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build().unwrap()
}

/// Creates a resource's tags, and inherits them from the parent where one is given.
fn made(kit: &Kit, resource: &str, parent: Option<&str>, tags: Vec<Tag>) -> Result<(), Fault> {
    let (arn, parent) = (kit.arn(resource), parent.map(|parent| kit.arn(parent)));
    let service = kit.arn(PARENT);
    let write = move |writer: &mut Writer<'_>, tags| {
        create(writer, &arn, Some(tags), &[(SERVICE, &service)])?;
        parent.map_or(Ok(()), |parent| inherit(writer, &parent, &arn))
    };
    kit.write(write, tags)
}

fn set(kit: &Kit, arn: &str, tags: Vec<Tag>) -> Result<TagResourceOutput, Fault> {
    kit.write(tag_resource, TagResourceInput::builder().resource_arn(arn).set_tags(Some(tags)).build().unwrap())
}

fn unset(kit: &Kit, arn: &str, key: &str) -> Result<UntagResourceOutput, Fault> {
    kit.write(untag_resource, UntagResourceInput::builder().resource_arn(arn).tag_keys(key).build().unwrap())
}

fn user_tags(kit: &Kit, resource: &str) -> Vec<(String, String)> {
    let input = ListTagsForResourceInput::builder().resource_arn(kit.arn(resource)).build().unwrap();
    let tags = kit.read(list_tags_for_resource, input).unwrap().tags;
    let tags = tags.into_iter().map(|tag| (tag.key, tag.value));
    tags.filter(|(key, _)| !key.starts_with(RESERVED)).collect()
}

fn pair(key: &str, value: &str) -> (String, String) {
    (key.to_owned(), value.to_owned())
}

#[test]
fn tags_are_set_replaced_and_removed() {
    let kit = Kit::new();
    made(&kit, PARENT, None, vec![tag("team", "blue")]).unwrap();
    let arn = kit.arn(PARENT);
    set(&kit, &arn, vec![tag("team", "red"), tag("Stage", "")]).unwrap();
    assert_eq!(user_tags(&kit, PARENT), [pair("Stage", ""), pair("team", "red")]);
    unset(&kit, &arn, "team").unwrap();
    unset(&kit, &arn, "team").unwrap();
    assert_eq!(user_tags(&kit, PARENT), [pair("Stage", "")]);
}

#[test]
fn a_child_takes_its_parents_tags_once_and_keeps_its_own() {
    let kit = Kit::new();
    made(&kit, PARENT, None, vec![tag("team", "blue"), tag("stage", "dev")]).unwrap();
    made(&kit, CHILD, Some(PARENT), vec![tag("stage", "test")]).unwrap();
    set(&kit, &kit.arn(PARENT), vec![tag("later", "yes")]).unwrap();
    assert_eq!(user_tags(&kit, CHILD), [pair("stage", "test"), pair("team", "blue")]);
}

#[test]
fn managed_tags_are_listed_and_not_for_callers_to_change() {
    let kit = Kit::new();
    made(&kit, PARENT, None, vec![tag("Alpha", "1"), tag("team", "blue")]).unwrap();
    let arn = kit.arn(PARENT);
    let list = |token: Option<String>| {
        let input = ListTagsForResourceInput::builder().resource_arn(&arn).set_next_token(token).max_results(3);
        kit.read(list_tags_for_resource, input.build().unwrap()).unwrap()
    };
    let first = list(None);
    assert_eq!(first.tags, [tag("Alpha", "1"), tag("aws:proton:account", "111111111111"), tag(SERVICE, &arn)]);
    let second = list(first.next_token);
    assert_eq!((second.tags, second.next_token), (vec![tag("team", "blue")], None));

    assert!(matches!(set(&kit, &arn, vec![tag(SERVICE, "x")]), Err(Fault::Validation(_))));
    assert!(matches!(set(&kit, &arn, vec![tag("AWS:x", "x")]), Err(Fault::Validation(_))));
    assert!(matches!(unset(&kit, &arn, SERVICE), Err(Fault::Validation(_))));

    let found = kit.read(|reader, ()| for_infrastructure(reader, &arn), ()).unwrap();
    assert_eq!(found, BTreeMap::from([pair("proton:account", "111111111111"), pair("proton:service", &arn)]));
}

#[test]
fn a_resource_has_fifty_tags_at_most_and_no_key_twice() {
    let kit = Kit::new();
    let many = |from: usize, to: usize| (from..to).map(|n| tag(&format!("key-{n}"), "")).collect::<Vec<_>>();
    assert!(matches!(made(&kit, PARENT, None, vec![tag("a", "1"), tag("a", "2")]), Err(Fault::Validation(_))));
    made(&kit, PARENT, None, many(0, 50)).unwrap();
    assert!(matches!(set(&kit, &kit.arn(PARENT), many(50, 51)), Err(Fault::Validation(_))));
    set(&kit, &kit.arn(PARENT), vec![tag("key-0", "new")]).unwrap();
    assert!(matches!(made(&kit, CHILD, Some(PARENT), many(50, 51)), Err(Fault::Validation(_))));
}

#[test]
fn an_arn_names_a_taggable_resource_of_the_caller() {
    let kit = Kit::new();
    made(&kit, PARENT, None, Vec::new()).unwrap();
    for arn in ["arn:aws:s3:us-east-1:111111111111:bucket", &kit.arn("service/web/pipeline"), &kit.arn("nothing")] {
        assert!(matches!(set(&kit, arn, vec![tag("a", "1")]), Err(Fault::Validation(_))), "{arn}");
    }
    let other_region = "arn:aws:proton:us-west-2:111111111111:service/web";
    for arn in [&kit.arn("service/api"), &kit.as_account("222222222222").arn(PARENT), other_region] {
        assert!(matches!(set(&kit, arn, vec![tag("a", "1")]), Err(Fault::NotFound(_))), "{arn}");
    }
    assert!(matches!(set(&kit.as_account("222222222222"), &kit.arn(PARENT), Vec::new()), Err(Fault::NotFound(_))));
}

#[test]
fn tags_end_with_their_resource() {
    let kit = Kit::new();
    made(&kit, PARENT, None, vec![tag("team", "blue")]).unwrap();
    let arn = kit.arn(PARENT);
    kit.write(move |writer, ()| forget(writer, &arn), ()).unwrap();
    assert!(matches!(set(&kit, &kit.arn(PARENT), Vec::new()), Err(Fault::NotFound(_))));
}

#[test]
fn a_deployment_can_be_tagged() {
    let kit = Kit::shop();
    let first = |reader: &Reader<'_>, ()| Ok(reader.all::<DeploymentRecord>()?.remove(0).deployment);
    let deployment = kit.read(first, ()).unwrap();
    let resource = format!("deployment/{}", deployment.id);
    assert_eq!(user_tags(&kit, &resource), []);
    set(&kit, &deployment.arn, vec![tag("reason", "rollout")]).unwrap();
    assert_eq!(user_tags(&kit, &resource), [pair("reason", "rollout")]);
    let absent = kit.arn("deployment/00000000-0000-4000-8000-000000000000");
    assert!(matches!(set(&kit, &absent, Vec::new()), Err(Fault::NotFound(_))));
}
