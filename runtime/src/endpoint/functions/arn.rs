//! Amazon Resource Names, taken apart.

/// The parts of an ARN such as `arn:aws:dynamodb:eu-west-1:123456789012:table/orders`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The partition's id, never empty.
    pub partition: &'a str,
    /// The service, never empty.
    pub service: &'a str,
    /// The Region; empty for resources without one.
    pub region: &'a str,
    /// The account; empty for resources without one.
    pub account_id: &'a str,
    /// The resource, split at `:` and `/`; empty text between two of these is kept.
    pub resource_id: Vec<&'a str>,
}

/// Takes an ARN apart; `None` where the text is none.
pub fn parse_arn(value: &str) -> Option<Arn<'_>> {
    let mut parts = value.splitn(6, ':');
    let "arn" = parts.next()? else { return None };
    let (partition, service) = (parts.next()?, parts.next()?);
    let (region, account_id) = (parts.next()?, parts.next()?);
    let resource = parts.next()?;
    if partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    Some(Arn { partition, service, region, account_id, resource_id: resource.split([':', '/']).collect() })
}

#[cfg(test)]
mod tests {
    use super::parse_arn;

    #[test]
    fn every_part_is_found() {
        let Some(arn) = parse_arn("arn:aws:s3:us-east-2:012345678:outpost/op-1234:x") else { panic!("an ARN") };
        assert_eq!((arn.partition, arn.service), ("aws", "s3"));
        assert_eq!((arn.region, arn.account_id), ("us-east-2", "012345678"));
        assert_eq!(arn.resource_id, ["outpost", "op-1234", "x"]);
    }

    #[test]
    fn empty_parts_are_kept_where_they_may_be_empty() {
        let resource = |arn| parse_arn(arn).map(|arn| arn.resource_id);
        assert_eq!(resource("arn:aws:s3:::outpost::"), Some(vec!["outpost", "", ""]));
        assert_eq!(resource("arn:aws:s3:::outpost:"), Some(vec!["outpost", ""]));
        assert_eq!(resource("arn:aws:s3:::bucket"), Some(vec!["bucket"]));
    }

    #[test]
    fn other_text_is_no_arn() {
        for text in [
            "",
            "asdf",
            "arn:aws:s3:us-west-2:1:",
            "arn:aws::r:1:x",
            "arn::s3:r:1:x",
            "arn:aws:s3:r:1",
            "urn:aws:s3:r:1:x",
        ] {
            assert_eq!(parse_arn(text), None, "{text}");
        }
    }
}
