//! The endpoint rules of a model (`smithy.rules#endpointRuleSet`, `smithy.rules#endpointBdd`) as plain data.

mod diagram;
mod error;
pub(crate) mod references;
mod standard;
pub(crate) mod template;

pub(crate) use diagram::Diagram;
pub use error::{Place, RulesError};

use crate::ir::Service;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A service's endpoint rules, in the form that its model has.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Rules {
    /// A list of rules.
    Set(RuleSet),
    /// A decision diagram.
    Diagram(Diagram),
}

impl Rules {
    /// The service's rules; where the model states none, those of a regional AWS service. A model with both forms says
    /// the same in both, and the list becomes the plainer code.
    ///
    /// # Errors
    /// The trait's value is malformed.
    pub(crate) fn of_service(service: &Service) -> Result<Self, RulesError> {
        let id = &service.shape_id;
        Ok(match (&service.rules, &service.diagram) {
            (Some(rules), _) => Self::Set(RuleSet::read(id, rules)?),
            (None, Some(diagram)) => Self::Diagram(Diagram::read(id, diagram)?),
            (None, None) => Self::Set(RuleSet::read(id, &standard::regional(&service.endpoint_prefix))?),
        })
    }

    /// The service's shape id, for messages.
    pub(crate) fn service(&self) -> &str {
        match self {
            Self::Set(rules) => &rules.service,
            Self::Diagram(diagram) => &diagram.service,
        }
    }

    /// What the rules decide on, by name.
    pub(crate) fn parameters(&self) -> &BTreeMap<String, Parameter> {
        match self {
            Self::Set(rules) => &rules.parameters,
            Self::Diagram(diagram) => &diagram.parameters,
        }
    }

    /// Whether this AWS setting fills a parameter.
    pub(crate) fn asks_for(&self, built_in: &str) -> bool {
        self.parameters().values().any(|parameter| parameter.built_in.as_deref() == Some(built_in))
    }
}

/// Which endpoint answers which parameters.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct RuleSet {
    /// The service's shape id, for messages.
    #[serde(skip)]
    pub(crate) service: String,
    /// What the rules decide on, by name.
    pub(crate) parameters: BTreeMap<String, Parameter>,
    /// The first one whose conditions hold decides.
    pub(crate) rules: Vec<Rule>,
}

impl RuleSet {
    /// Reads the value of the trait.
    ///
    /// # Errors
    /// It is not a rule set.
    pub(crate) fn read(service: &str, rules: &Value) -> Result<Self, RulesError> {
        match Self::deserialize(rules) {
            Ok(rules) => Ok(Self { service: service.to_owned(), ..rules }),
            Err(error) => Err(RulesError::Malformed { service: service.to_owned(), problem: error.to_string() }),
        }
    }
}

/// One fact that the rules may ask for.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Parameter {
    /// What values it has.
    #[serde(rename = "type")]
    pub(crate) kind: ParameterKind,
    /// The AWS setting that fills it, such as `AWS::Region`.
    #[serde(rename = "builtIn")]
    pub(crate) built_in: Option<String>,
    /// The value where none is given; text, a flag or a list of text.
    pub(crate) default: Option<Value>,
    /// Whether the rules rely on a value.
    #[serde(default)]
    pub(crate) required: bool,
}

impl Parameter {
    /// The name under which the runtime keeps the value: its own name for a setting, else the rule set's.
    pub(crate) fn key<'a>(&self, name: &'a str) -> &'a str {
        match self.built_in.as_deref() {
            Some("AWS::Region") => "Region",
            Some("AWS::UseFIPS") => "UseFIPS",
            Some("AWS::UseDualStack") => "UseDualStack",
            Some("SDK::Endpoint") => "Endpoint",
            Some("AWS::Auth::AccountId") => "AccountId",
            Some("AWS::Auth::AccountIdEndpointMode") => "AccountIdEndpointMode",
            _ => name,
        }
    }
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(crate) enum ParameterKind {
    /// Text.
    #[serde(alias = "string")]
    String,
    /// A flag.
    #[serde(alias = "boolean")]
    Boolean,
    /// A list of text.
    #[serde(rename = "stringArray", alias = "StringArray")]
    StringArray,
}

/// Conditions, and what follows where all of them hold.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Rule {
    /// Looked at in order; later ones see what earlier ones assign.
    #[serde(default)]
    pub(crate) conditions: Vec<Condition>,
    /// What follows.
    #[serde(flatten)]
    pub(crate) outcome: Outcome,
}

/// What a rule leads to.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum Outcome {
    /// Requests go here.
    Endpoint {
        /// Where, and with what.
        endpoint: Destination,
    },
    /// Requests have nowhere to go.
    Error {
        /// What the caller is told.
        error: Expression,
    },
    /// More rules decide; none after this one is looked at.
    Tree {
        /// The rules.
        rules: Vec<Rule>,
    },
}

/// An endpoint with parts that are computed.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Destination {
    /// The URL.
    pub(crate) url: Expression,
    /// Values by header name.
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, Vec<Expression>>,
    /// `authSchemes` says how to sign; the others have no effect on clients.
    #[serde(default)]
    pub(crate) properties: BTreeMap<String, Value>,
}

/// A call that has to give `true` or a value.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Condition {
    /// The call.
    #[serde(flatten)]
    pub(crate) call: Call,
    /// The name that the value gets in what follows.
    pub(crate) assign: Option<String>,
}

/// A function of the rules' standard library and what it is given.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Call {
    /// The function's name, such as `aws.partition`.
    #[serde(rename = "fn")]
    pub(crate) function: String,
    /// Its arguments.
    pub(crate) argv: Vec<Expression>,
}

/// A value in a rule.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub(crate) enum Expression {
    /// A parameter or an assigned value.
    Reference {
        /// Its name.
        #[serde(rename = "ref")]
        name: String,
    },
    /// What a function gives.
    Call(Call),
    /// `true` or `false`.
    Flag(bool),
    /// A position in text.
    Number(usize),
    /// Text, with the values of names in braces filled in.
    Template(String),
}
