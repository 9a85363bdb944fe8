//! What endpoint rules decide on.

use super::error::InvalidParams;
use super::functions::is_valid_host_label;

/// The parameters of an endpoint rule set.
///
/// Those that every AWS service has are fields; the others go by the name that the rule set gives them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Params {
    region: Option<String>,
    use_fips: bool,
    use_dual_stack: bool,
    endpoint: Option<String>,
    account_id: Option<String>,
    account_id_endpoint_mode: Option<String>,
    others: Vec<(String, ParamValue)>,
}

impl Params {
    /// Starts with nothing set.
    pub fn builder() -> ParamsBuilder {
        ParamsBuilder::default()
    }

    /// The Region that the request is for.
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// Whether the endpoint must use FIPS 140 validated cryptography; never `None`.
    pub fn use_fips(&self) -> Option<bool> {
        Some(self.use_fips)
    }

    /// Whether the endpoint must be reachable over IPv4 and IPv6; never `None`.
    pub fn use_dual_stack(&self) -> Option<bool> {
        Some(self.use_dual_stack)
    }

    /// The URL that replaces the service's own endpoints.
    pub fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }

    /// The account of the caller's credentials.
    pub fn account_id(&self) -> Option<&str> {
        self.account_id.as_deref()
    }

    /// `preferred`, `disabled` or `required`: whether endpoints carry the account id.
    pub fn account_id_endpoint_mode(&self) -> Option<&str> {
        self.account_id_endpoint_mode.as_deref()
    }

    /// Gives a parameter, by the rule set's name for it, a value in place of the one that it had.
    ///
    /// `Region`, `UseFIPS`, `UseDualStack`, `Endpoint`, `AccountId` and `AccountIdEndpointMode` are the fields;
    /// one of these is left as it is when the value is of another kind.
    pub fn set(&mut self, name: &str, value: impl Into<ParamValue>) {
        match (name, value.into()) {
            ("Region", ParamValue::String(text)) => self.region = Some(text),
            ("Endpoint", ParamValue::String(text)) => self.endpoint = Some(text),
            ("AccountId", ParamValue::String(text)) => self.account_id = Some(text),
            ("AccountIdEndpointMode", ParamValue::String(text)) => self.account_id_endpoint_mode = Some(text),
            ("UseFIPS", ParamValue::Boolean(flag)) => self.use_fips = flag,
            ("UseDualStack", ParamValue::Boolean(flag)) => self.use_dual_stack = flag,
            ("Region" | "Endpoint" | "AccountId" | "AccountIdEndpointMode" | "UseFIPS" | "UseDualStack", _) => {}
            (name, value) => match self.others.iter_mut().find(|(known, _)| known == name) {
                Some((_, old)) => *old = value,
                None => self.others.push((name.to_owned(), value)),
            },
        }
    }

    /// The text of the parameter with this name in the rule set; `None` where it is unset or of another kind.
    pub fn string(&self, name: &str) -> Option<&str> {
        match name {
            "Region" => self.region(),
            "Endpoint" => self.endpoint(),
            "AccountId" => self.account_id(),
            "AccountIdEndpointMode" => self.account_id_endpoint_mode(),
            _ => match self.other(name)? {
                ParamValue::String(text) => Some(text),
                _ => None,
            },
        }
    }

    /// The flag of the parameter with this name in the rule set; `None` where it is unset or of another kind.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        match name {
            "UseFIPS" => self.use_fips(),
            "UseDualStack" => self.use_dual_stack(),
            _ => match self.other(name)? {
                ParamValue::Boolean(flag) => Some(*flag),
                _ => None,
            },
        }
    }

    /// The list of the parameter with this name in the rule set; `None` where it is unset or of another kind.
    pub fn strings(&self, name: &str) -> Option<&[String]> {
        match self.other(name)? {
            ParamValue::Strings(list) => Some(list),
            _ => None,
        }
    }

    fn other(&self, name: &str) -> Option<&ParamValue> {
        self.others.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

/// The value of an endpoint parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamValue {
    /// Text.
    String(String),
    /// A flag.
    Boolean(bool),
    /// A list of text.
    Strings(Vec<String>),
}

impl From<&str> for ParamValue {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for ParamValue {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for ParamValue {
    fn from(flag: bool) -> Self {
        Self::Boolean(flag)
    }
}

impl From<Vec<String>> for ParamValue {
    fn from(list: Vec<String>) -> Self {
        Self::Strings(list)
    }
}

/// Puts [`Params`] together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParamsBuilder {
    params: Params,
}

impl ParamsBuilder {
    /// See [`Params::region`].
    pub fn region(self, region: impl Into<String>) -> Self {
        self.set_region(Some(region.into()))
    }

    /// See [`Params::region`].
    pub fn set_region(mut self, region: Option<String>) -> Self {
        self.params.region = region;
        self
    }

    /// See [`Params::use_fips`].
    pub fn use_fips(self, use_fips: impl Into<bool>) -> Self {
        self.set_use_fips(Some(use_fips.into()))
    }

    /// See [`Params::use_fips`]; `None` is `false`.
    pub fn set_use_fips(mut self, use_fips: Option<bool>) -> Self {
        self.params.use_fips = use_fips.unwrap_or_default();
        self
    }

    /// See [`Params::use_dual_stack`].
    pub fn use_dual_stack(self, use_dual_stack: impl Into<bool>) -> Self {
        self.set_use_dual_stack(Some(use_dual_stack.into()))
    }

    /// See [`Params::use_dual_stack`]; `None` is `false`.
    pub fn set_use_dual_stack(mut self, use_dual_stack: Option<bool>) -> Self {
        self.params.use_dual_stack = use_dual_stack.unwrap_or_default();
        self
    }

    /// See [`Params::endpoint`].
    pub fn endpoint(self, endpoint: impl Into<String>) -> Self {
        self.set_endpoint(Some(endpoint.into()))
    }

    /// See [`Params::endpoint`].
    pub fn set_endpoint(mut self, endpoint: Option<String>) -> Self {
        self.params.endpoint = endpoint;
        self
    }

    /// See [`Params::account_id`].
    pub fn set_account_id(mut self, account_id: Option<String>) -> Self {
        self.params.account_id = account_id;
        self
    }

    /// See [`Params::account_id_endpoint_mode`].
    pub fn set_account_id_endpoint_mode(mut self, mode: Option<String>) -> Self {
        self.params.account_id_endpoint_mode = mode;
        self
    }

    /// See [`Params::set`].
    pub fn set(mut self, name: &str, value: impl Into<ParamValue>) -> Self {
        self.params.set(name, value);
        self
    }

    /// The parameters; an error where the Region could not stand in a host name.
    pub fn build(self) -> Result<Params, InvalidParams> {
        match self.params.region() {
            Some(region) if !is_valid_host_label(region, true) => {
                Err(InvalidParams { field: "region", value: region.to_owned() })
            }
            _ => Ok(self.params),
        }
    }
}
