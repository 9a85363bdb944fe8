//! Endpoint rules as a decision diagram (`smithy.rules#endpointBdd`), checked.
//!
//! A reference is 1 or -1 where no rule applies, the number of a result plus 100,000,000, or the place of a node, counted
//! from 1; a negative one to a node swaps its two branches. The first node is never referred to.

use super::{Condition, Outcome, Parameter, Rule, RulesError};
use crate::base64;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// References from here on are results.
const RESULTS: i64 = 100_000_000;

/// Conditions, results, and the nodes between.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Diagram {
    /// The service's shape id, for messages.
    pub(crate) service: String,
    /// What the conditions decide on, by name.
    pub(crate) parameters: BTreeMap<String, Parameter>,
    /// What nodes ask, in an order in which each sees what the ones before assign.
    pub(crate) conditions: Vec<Condition>,
    /// What comes of it; result 1 is the first, for 0 says that no rule applies.
    pub(crate) results: Vec<Outcome>,
    /// Where to begin.
    pub(crate) root: i32,
    /// The condition of each node, where to go if it holds, and where if not.
    pub(crate) nodes: Vec<[i32; 3]>,
}

/// The trait's value.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Encoded {
    parameters: BTreeMap<String, Parameter>,
    conditions: Vec<Condition>,
    results: Vec<Rule>,
    root: i32,
    nodes: String,
    node_count: usize,
}

impl Diagram {
    /// Reads the value of the trait.
    ///
    /// # Errors
    /// It is no decision diagram, or refers to what it does not have.
    pub(crate) fn read(service: &str, value: &Value) -> Result<Self, RulesError> {
        let malformed = |problem: String| RulesError::Diagram { service: service.to_owned(), problem };
        let encoded = Encoded::deserialize(value).map_err(|error| malformed(error.to_string()))?;
        let nodes = nodes(&encoded.nodes).ok_or_else(|| malformed("`nodes` is no base64 of triples".to_owned()))?;
        if nodes.len() != encoded.node_count {
            return Err(malformed(format!("`nodes` has {} nodes, not {}", nodes.len(), encoded.node_count)));
        }
        let plain = |rule: &Rule| rule.conditions.is_empty() && !matches!(rule.outcome, Outcome::Tree { .. });
        if let Some(index) = encoded.results.iter().position(|rule| !plain(rule)) {
            return Err(malformed(format!("results[{index}] is neither an endpoint nor an error without conditions")));
        }
        let Encoded { parameters, conditions, results, root, .. } = encoded;
        let results: Vec<_> = results.into_iter().map(|rule| rule.outcome).collect();
        let diagram = Self { service: service.to_owned(), parameters, conditions, results, root, nodes };
        diagram.check().map_err(malformed)?;
        Ok(diagram)
    }

    fn check(&self) -> Result<(), String> {
        self.check_reference(self.root)?;
        for (index, [condition, high, low]) in self.nodes.iter().enumerate().skip(1) {
            let known = usize::try_from(*condition).is_ok_and(|condition| condition < self.conditions.len());
            if !known {
                return Err(format!("node {index} asks condition {condition}, which is not there"));
            }
            self.check_reference(*high)?;
            self.check_reference(*low)?;
        }
        Ok(())
    }

    fn check_reference(&self, reference: i32) -> Result<(), String> {
        let (reference, results) = (i64::from(reference), RESULTS + self.results.len() as i64);
        let good = match reference {
            1 | -1 => true,
            RESULTS.. => reference <= results,
            _ => (2..=self.nodes.len() as i64).contains(&reference.abs()),
        };
        if good { Ok(()) } else { Err(format!("reference {reference} leads nowhere")) }
    }
}

/// Three big-endian integers a node.
fn nodes(text: &str) -> Option<Vec<[i32; 3]>> {
    let bytes = base64::decode(text)?;
    let (words, rest) = bytes.as_chunks::<4>();
    let words: Vec<_> = words.iter().map(|word| i32::from_be_bytes(*word)).collect();
    let (nodes, none) = words.as_chunks::<3>();
    (rest.is_empty() && none.is_empty()).then(|| nodes.to_vec())
}

#[cfg(test)]
mod tests {
    use super::Diagram;
    use serde_json::{Value, json};

    /// Nodes that ask the only condition and lead to the two results.
    const NODES: &str = "/////wAAAAH/////AAAAAAX14QEF9eEC";

    fn diagram(change: impl FnOnce(&mut Value)) -> Result<Diagram, String> {
        let mut value = json!({
            "version": "1.1",
            "parameters": {"Region": {"type": "string"}},
            "conditions": [{"fn": "isSet", "argv": [{"ref": "Region"}]}],
            "results": [
                {"type": "endpoint", "conditions": [], "endpoint": {"url": "https://{Region}"}},
                {"type": "error", "conditions": [], "error": "none"},
            ],
            "root": 2, "nodeCount": 2, "nodes": NODES,
        });
        change(&mut value);
        Diagram::read("ns#Service", &value).map_err(|error| error.to_string())
    }

    #[test]
    fn nodes_are_triples_of_big_endian_integers() {
        let diagram = diagram(|_| {}).expect("a diagram");
        assert_eq!(diagram.nodes, [[-1, 1, -1], [0, 100_000_001, 100_000_002]]);
    }

    #[test]
    fn what_leads_nowhere_is_refused() {
        let refused = |change: fn(&mut Value), problem: &str| {
            let error = diagram(change).expect_err(problem);
            assert!(error.contains(problem) && error.contains("smithy.rules#endpointBdd"), "{error}");
        };
        refused(|value| value["nodes"] = json!("*"), "no base64");
        refused(|value| value["nodes"] = json!("AAAA"), "no base64");
        refused(|value| value["nodeCount"] = json!(3), "has 2 nodes, not 3");
        refused(|value| value["conditions"] = json!([]), "asks condition 0");
        refused(|value| value["root"] = json!(3), "reference 3 leads nowhere");
        refused(|value| value["root"] = json!(0), "reference 0 leads nowhere");
        refused(|value| value["root"] = json!(100_000_003), "reference 100000003 leads nowhere");
        refused(|value| value["results"][1] = json!({"type": "tree", "rules": []}), "results[1]");
    }
}
