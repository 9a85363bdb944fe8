//! What the compiler of endpoint rules accepts, what it refuses, and in which words.

use super::emit;
use crate::rules::RuleSet;
use serde_json::{Value, json};

