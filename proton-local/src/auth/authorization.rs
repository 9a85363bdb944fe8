//! The `Authorization` header, in its parts.

/// `AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, SignedHeaders=a;b, Signature=HEX`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Authorization<'a> {
    /// The key's public name.
    pub(super) key: &'a str,
    /// `YYYYMMDD`.
    pub(super) date: &'a str,
    pub(super) region: &'a str,
    pub(super) service: &'a str,
    /// In lower case.
    pub(super) signed_headers: Vec<&'a str>,
    /// 64 hexadecimal digits.
    pub(super) signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// Takes the header apart; the error says what is wrong with it.
    pub(super) fn parse(text: &'a str) -> Result<Self, &'static str> {
        let fields = text.strip_prefix("AWS4-HMAC-SHA256").ok_or("its algorithm is not AWS4-HMAC-SHA256")?;
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for field in fields.split(',') {
            let (name, value) = field.trim().split_once('=').ok_or("its fields are not of the form Name=Value")?;
            match name {
                "Credential" => credential = Some(value),
                "SignedHeaders" => signed_headers = Some(value),
                "Signature" => signature = Some(value),
                _ => {}
            }
        }
        let credential = credential.ok_or("it has no Credential")?;
        let signed_headers = signed_headers.ok_or("it has no SignedHeaders")?;
        let signature = signature.ok_or("it has no Signature")?;
        // From the end, since a key may contain a slash.
        let mut scope = credential.rsplitn(5, '/');
        let mut part = || scope.next().filter(|part| !part.is_empty());
        let (terminator, service, region, date, key) = (part(), part(), part(), part(), part());
        match (terminator, service, region, date, key) {
            (Some("aws4_request"), Some(service), Some(region), Some(date), Some(key)) => {
                Ok(Self { key, date, region, service, signed_headers: signed_headers.split(';').collect(), signature })
            }
            _ => Err("its Credential is not of the form KEY/DATE/REGION/SERVICE/aws4_request"),
        }
    }
}
