//! Outputs that nobody has given yet: made up from their names, so that a template can be rendered before anything is
//! deployed.

use crate::bundle::{Files, Part};
use regex_lite::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// The names of outputs that the files of a bundle read.
#[derive(Debug, Default)]
pub(super) struct StandIns {
    environment: BTreeSet<String>,
    instance: BTreeSet<String>,
}

impl StandIns {
    /// Looks for `environment.outputs.NAME`, and in a pipeline for `ANYTHING.outputs.NAME` too: a loop may call instances
    /// as it likes. A read that says itself what to do without the value needs none.
    pub(super) fn find(files: &Files) -> Self {
        const READ: &str = r#"(\w+)\.outputs(?:\.(\w+)|\[\s*["']([^"']+)["']\s*\])(\s*\|\s*(?:d|default)\b|\s+is\s+(?:not\s+)?(?:un)?defined\b)?"#;
        let mut found = Self::default();
        let Ok(read) = Regex::new(READ) else { return found };
        let pipeline = format!("{}/", Part::Pipeline.folder());
        for (path, content) in files {
            let Ok(text) = std::str::from_utf8(content) else { continue };
            for read in read.captures_iter(text).filter(|read| read.get(4).is_none()) {
                let Some(name) = read.get(2).or(read.get(3)) else { continue };
                if &read[1] == "environment" {
                    found.environment.insert(name.as_str().to_owned());
                } else if path.contains(&pipeline) {
                    found.instance.insert(name.as_str().to_owned());
                }
            }
        }
        found
    }

    /// What stands for the outputs of an environment.
    pub(super) fn environment(&self) -> BTreeMap<String, String> {
        made_up(&self.environment, "environment")
    }

    /// What stands for the outputs of an instance.
    pub(super) fn instance(&self, name: &str) -> BTreeMap<String, String> {
        made_up(&self.instance, &format!("service_instances.{name}"))
    }
}

fn made_up(names: &BTreeSet<String>, owner: &str) -> BTreeMap<String, String> {
    names.iter().map(|name| (name.clone(), format!("<{owner}.outputs.{name}>"))).collect()
}

#[cfg(test)]
mod tests {
    use super::StandIns;
    use crate::bundle::Files;

    #[test]
    fn reads_that_do_without_a_value_get_none() {
        let instance = "{{ environment.outputs.A }} {{ environment.outputs['b-c'] }} {{ other.outputs.O }}
            {{ environment.outputs.D | default('x') }} {% if environment.outputs.E is not defined %}{% endif %}
            {{ environment.outputs.F|upper }} {% if environment.outputs.G is string %}{% endif %}";
        let pipeline =
            "{% for dev in service_instances %}{{ dev.outputs.U }}{{ dev.environment.outputs.V }}{% endfor %}";
        let files = [("instance_infrastructure/a.yaml", instance), ("x/pipeline_infrastructure/b.yaml", pipeline)];
        let files: Files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into();
        let found = StandIns::find(&files);
        assert_eq!(found.environment().into_keys().collect::<Vec<_>>(), ["A", "F", "G", "V", "b-c"]);
        assert_eq!(found.instance("dev")["U"], "<service_instances.dev.outputs.U>");
        assert_eq!(found.instance("dev").len(), 1, "instances read no outputs of instances");
    }
}
