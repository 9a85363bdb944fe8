//! The AWS partitions: which exist, and which one a Region belongs to.

/// A group of Regions with its own accounts and host names.
#[derive(Debug, PartialEq, Eq)]
pub struct Partition {
    /// Its id, such as `aws` or `aws-cn`.
    pub name: &'static str,
    /// What host names end in.
    pub dns_suffix: &'static str,
    /// What the host names of dual-stack endpoints end in.
    pub dual_stack_dns_suffix: &'static str,
    /// Whether it has FIPS endpoints.
    pub supports_fips: bool,
    /// Whether it has dual-stack endpoints.
    pub supports_dual_stack: bool,
    /// The Region that signs for services without Regions.
    pub implicit_global_region: &'static str,
    /// The Regions that are known by name, pseudo-Regions such as `aws-global` among them.
    pub regions: &'static [&'static str],
    /// What the names of its other Regions start with, before `-<word>-<digits>`.
    prefixes: &'static [&'static str],
}

/// The partition that a Region belongs to: by name, else by the form of the name, else `aws`.
///
/// So a misspelt Region still has a partition. The answer is never `None` today; rule sets treat it as optional.
///
/// ```
/// use smithy_runtime::endpoint::partition::partition;
///
/// assert_eq!(partition("cn-north-1").map(|found| found.dns_suffix), Some("amazonaws.com.cn"));
/// ```
pub fn partition(region: &str) -> Option<&'static Partition> {
    let by_name = PARTITIONS.iter().find(|partition| partition.regions.contains(&region));
    let by_form = || PARTITIONS.iter().find(|partition| partition.prefixes.iter().any(|prefix| fits(prefix, region)));
    by_name.or_else(by_form).or(PARTITIONS.first())
}

/// Whether the Region reads `<prefix>-<word>-<digits>`.
fn fits(prefix: &str, region: &str) -> bool {
    let rest = region.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
    rest.and_then(|rest| rest.split_once('-')).is_some_and(|(word, number)| {
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let number_ok = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        number_ok && !word.is_empty() && word.bytes().all(is_word)
    })
}

/// The first one is where Regions of no known form belong.
static PARTITIONS: &[Partition] = &[
    Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-east-1",
        regions: &[
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "aws-global",
            "ca-central-1",
            "ca-west-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
        ],
        prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
    },
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        dual_stack_dns_suffix: "api.amazonwebservices.com.cn",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "cn-northwest-1",
        regions: &["aws-cn-global", "cn-north-1", "cn-northwest-1"],
        prefixes: &["cn"],
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eusc-de-east-1",
        regions: &["eusc-de-east-1"],
        prefixes: &["eusc-de"],
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        dual_stack_dns_suffix: "api.aws.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-iso-east-1",
        regions: &["aws-iso-global", "us-iso-east-1", "us-iso-west-1"],
        prefixes: &["us-iso"],
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_dns_suffix: "api.aws.scloud",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isob-east-1",
        regions: &["aws-iso-b-global", "us-isob-east-1"],
        prefixes: &["us-isob"],
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_dns_suffix: "api.cloud-aws.adc-e.uk",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eu-isoe-west-1",
        regions: &["aws-iso-e-global", "eu-isoe-west-1"],
        prefixes: &["eu-isoe"],
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_dns_suffix: "api.aws.hci.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isof-south-1",
        regions: &["aws-iso-f-global", "us-isof-east-1", "us-isof-south-1"],
        prefixes: &["us-isof"],
    },
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-gov-west-1",
        regions: &["aws-us-gov-global", "us-gov-east-1", "us-gov-west-1"],
        prefixes: &["us-gov"],
    },
];

#[cfg(test)]
mod tests {
    use super::partition;

    #[test]
    fn regions_find_their_partition() {
        for (region, expected) in [
            ("us-east-1", "aws"),
            ("aws-global", "aws"),
            ("mx-somewhere-12", "aws"),
            ("cn-north-1", "aws-cn"),
            ("cn-south-7", "aws-cn"),
            ("eusc-de-east-1", "aws-eusc"),
            ("eusc-de-west-2", "aws-eusc"),
            ("us-iso-north-1", "aws-iso"),
            ("us-isob-west-1", "aws-iso-b"),
            ("eu-isoe-east-3", "aws-iso-e"),
            ("us-isof-south-1", "aws-iso-f"),
            ("aws-us-gov-global", "aws-us-gov"),
            ("us-gov-north-9", "aws-us-gov"),
        ] {
            assert_eq!(partition(region).map(|found| found.name), Some(expected), "{region}");
        }
    }

    #[test]
    fn other_names_fall_back_to_aws() {
        for region in ["", "local", "cn-", "cn--1", "cn-north", "cn-north-", "cn-north-1a", "cn-no rth-1", "cn-a-b-1"] {
            assert_eq!(partition(region).map(|found| found.name), Some("aws"), "{region}");
        }
    }

    #[test]
    fn no_region_is_in_two_partitions() {
        let mut names: Vec<_> = super::PARTITIONS.iter().flat_map(|partition| partition.regions).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
