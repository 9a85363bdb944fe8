//! Traits without effect on what an awsJson client sends, reads or offers.

/// Why the trait has no effect; `None` for a trait that is not known to have none.
pub(crate) fn reason(name: &str) -> Option<&'static str> {
    if let Ok(index) = NAMES.binary_search_by_key(&name, |(known, _)| *known) {
        return Some(NAMES[index].1);
    }
    NAMESPACES.iter().find(|(namespace, _)| name.starts_with(namespace)).map(|(_, reason)| *reason)
}

/// Namespaces without a trait that matters here.
const NAMESPACES: &[(&str, &str)] = &[
    ("aws.apigateway#", "for services behind API Gateway"),
    ("aws.cloudformation#", "for CloudFormation"),
    ("aws.iam#", "for IAM policies"),
    ("aws.tagging#", "says which operations tag; they are ordinary ones"),
    ("smithy.mqtt#", "for MQTT"),
    ("smithy.openapi#", "for OpenAPI documents"),
    ("smithy.protocols#", "for other protocols"),
    ("smithy.test#", "for tests"),
];

const HTTP: &str = "awsJson sends every member in the body, by POST to /";
const XML: &str = "for XML";
const RESOURCES: &str = "about resources, which generated code does not have";
const PROTOCOL: &str = "a protocol that the service speaks besides";
const TEXT: &str = "for readers of the model";
const ENDPOINTS: &str = "the endpoint rules say the same";
const EVENTS: &str = "operations with event streams are left out";
const AUTH: &str = "another way to sign; SigV4 is used where the service offers it";
const DISCOVERY: &str = "the regional endpoint is called; where it does not answer, the report names the operations";
const CHECKSUM: &str = "awsJson services check the signature's hash of the body";

/// By name.
const NAMES: &[(&str, &str)] = &[
    ("aws.api#arn", RESOURCES),
    ("aws.api#arnReference", RESOURCES),
    ("aws.api#clientEndpointDiscovery", DISCOVERY),
    ("aws.api#clientEndpointDiscoveryId", DISCOVERY),
    ("aws.api#controlPlane", TEXT),
    ("aws.api#data", TEXT),
    ("aws.api#dataPlane", TEXT),
    ("aws.api#tagEnabled", RESOURCES),
    ("aws.api#taggable", RESOURCES),
    ("aws.auth#cognitoUserPools", AUTH),
    ("aws.auth#sigv4a", AUTH),
    ("aws.auth#unsignedPayload", "a signed body is accepted as well"),
    ("aws.customizations#s3UnwrappedXmlOutput", XML),
    ("aws.endpoints#dualStackOnlyEndpoints", ENDPOINTS),
    ("aws.endpoints#endpointsModifier", ENDPOINTS),
    ("aws.endpoints#rulesBasedEndpoints", ENDPOINTS),
    ("aws.endpoints#standardPartitionalEndpoints", ENDPOINTS),
    ("aws.endpoints#standardRegionalEndpoints", ENDPOINTS),
    ("aws.protocols#awsQuery", PROTOCOL),
    ("aws.protocols#ec2Query", PROTOCOL),
    ("aws.protocols#ec2QueryName", PROTOCOL),
    ("aws.protocols#httpChecksum", CHECKSUM),
    ("aws.protocols#restJson1", PROTOCOL),
    ("aws.protocols#restXml", PROTOCOL),
    ("smithy.api#addedDefault", "the default counts, not when it came"),
    ("smithy.api#authDefinition", "on definitions of traits"),
    ("smithy.api#cors", "for browsers and servers"),
    ("smithy.api#eventHeader", EVENTS),
    ("smithy.api#eventPayload", EVENTS),
    ("smithy.api#examples", TEXT),
    ("smithy.api#externalDocumentation", TEXT),
    ("smithy.api#http", HTTP),
    ("smithy.api#httpApiKeyAuth", AUTH),
    ("smithy.api#httpBasicAuth", AUTH),
    ("smithy.api#httpBearerAuth", AUTH),
    ("smithy.api#httpChecksumRequired", CHECKSUM),
    ("smithy.api#httpDigestAuth", AUTH),
    ("smithy.api#httpHeader", HTTP),
    ("smithy.api#httpLabel", HTTP),
    ("smithy.api#httpPayload", HTTP),
    ("smithy.api#httpPrefixHeaders", HTTP),
    ("smithy.api#httpQuery", HTTP),
    ("smithy.api#httpQueryParams", HTTP),
    ("smithy.api#httpResponseCode", HTTP),
    ("smithy.api#idRef", TEXT),
    ("smithy.api#internal", TEXT),
    ("smithy.api#jsonName", "the awsJson protocols name members as the model does and ignore this trait"),
    ("smithy.api#mediaType", "a value with a media type is text or bytes all the same"),
    ("smithy.api#nestedProperties", RESOURCES),
    ("smithy.api#noReplace", RESOURCES),
    ("smithy.api#notProperty", RESOURCES),
    ("smithy.api#private", "about use in other models"),
    ("smithy.api#property", RESOURCES),
    ("smithy.api#protocolDefinition", "on definitions of traits"),
    ("smithy.api#recommended", TEXT),
    ("smithy.api#references", RESOURCES),
    ("smithy.api#requiresLength", "every body is sent with its length"),
    ("smithy.api#resourceIdentifier", RESOURCES),
    ("smithy.api#since", TEXT),
    ("smithy.api#suppress", "for validators of models"),
    ("smithy.api#tags", TEXT),
    ("smithy.api#traitValidators", "on definitions of traits"),
    ("smithy.api#unstable", TEXT),
    ("smithy.api#xmlAttribute", XML),
    ("smithy.api#xmlFlattened", XML),
    ("smithy.api#xmlName", XML),
    ("smithy.api#xmlNamespace", XML),
];

#[cfg(test)]
mod tests {
    #[test]
    fn the_names_are_sorted() {
        assert!(super::NAMES.is_sorted_by_key(|(name, _)| *name));
    }
}
