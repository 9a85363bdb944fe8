//! Whether a bundle is one: its layout, its schema, its manifests, what can be told of its templates.

use super::Part;
use super::files::Files;
use super::manifest::{self, Manifest};
use super::render;
use super::report::Fault;
use super::schema::{self, Schema};
use super::yaml;
use crate::records::Method;

const MANIFEST_LIMIT: usize = 50 * 1024;
const SCHEMA_LIMIT: usize = 50 * 1024;
const FILE_LIMIT: usize = 200 * 1024;
/// How many template files CloudFormation and Terraform bundles may have; CodeBuild samples have more.
const TEMPLATE_FILES: usize = 10;

/// What a bundle is registered as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// An environment template's.
    Environment {
        /// Whether the customer provisions: then there is a schema alone.
        customer_managed: bool,
    },
    /// A service template's.
    Service {
        /// Whether the customer has a pipeline of his own: then the bundle has none.
        customer_pipeline: bool,
    },
}

/// What a check found.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// What is wrong; empty where nothing is.
    pub(crate) faults: Vec<Fault>,
    /// The types of the schema.
    pub(crate) schema: Schema,
    /// The schema's text.
    pub(crate) schema_text: String,
    /// Who provisions the environment or the instances.
    pub(crate) method: Method,
    /// Who provisions the pipelines of services; `None` where they have none.
    pub(crate) pipeline: Option<Method>,
}

/// Checks a bundle for what it is registered as.
pub(crate) fn check(files: &Files, expected: Expected) -> Report {
    let mut checker = Checker { files, root: root(files), faults: Vec::new() };
    checker.one_bundle();
    checker.folders(expected);
    let (schema, schema_text) = checker.schema(expected);
    let mut report =
        Report { faults: Vec::new(), schema, schema_text, method: Method::CustomerManaged, pipeline: None };
    match expected {
        Expected::Environment { customer_managed: true } => {
            checker.absent(Part::Environment.folder(), "a customer-managed environment has a schema alone");
            checker.outputs_only(&report.schema);
        }
        Expected::Environment { customer_managed: false } => {
            report.method = checker.part(Part::Environment).unwrap_or(Method::CloudFormation);
        }
        Expected::Service { customer_pipeline } => {
            report.method = checker.part(Part::Instance).unwrap_or(Method::CloudFormation);
            let folder = Part::Pipeline.folder();
            let present = checker.has_folder(folder);
            match (customer_pipeline, present, report.schema.pipeline.is_some()) {
                (true, true, _) => checker.absent(folder, "the template's pipeline is customer-managed"),
                (true, false, true) => {
                    checker.whole("schema/schema.yaml", "pipeline_input_type is for a pipeline; this template has none")
                }
                (false, true, true) => {
                    report.pipeline = checker.part(Part::Pipeline);
                }
                (false, true, false) => checker.whole("schema/schema.yaml", "Missing property [pipeline_input_type]"),
                (false, false, true) => {
                    checker.whole(folder, "the folder is missing, but the schema has pipeline_input_type")
                }
                (_, false, false) => {}
            }
        }
    }
    report.faults = checker.faults;
    report
}

/// What a bundle looks like it is, for a check without a template.
pub(crate) fn guess(files: &Files) -> Expected {
    let root = root(files);
    let has = |folder: &str| files.keys().any(|path| path.starts_with(&format!("{root}{folder}/")));
    let schema = files.get(&format!("{root}schema/schema.yaml")).and_then(|text| std::str::from_utf8(text).ok());
    let schema = schema.and_then(|text| yaml::parse(text).ok());
    let names = |role| schema.as_ref().and_then(|file| file.get("schema")?.get(role)).is_some();
    let has_part = has(Part::Instance.folder()) || has(Part::Pipeline.folder());
    if names("service_input_type") || has_part && !names("environment_input_type") {
        return Expected::Service { customer_pipeline: false };
    }
    Expected::Environment { customer_managed: !has(Part::Environment.folder()) }
}

/// The folder that holds `schema/`, with its `/`: bundles are often made of a parent folder.
pub(crate) fn root(files: &Files) -> String {
    roots(files).min_by_key(|root| root.len()).unwrap_or_default().to_owned()
}

fn roots(files: &Files) -> impl Iterator<Item = &str> {
    let found = files.keys().filter_map(|path| path.strip_suffix("schema/schema.yaml"));
    found.filter(|root| root.is_empty() || root.ends_with('/'))
}

/// The manifest of a part that was checked before.
pub(crate) fn manifest_of(files: &Files, part: Part) -> Option<Manifest> {
    let path = format!("{}{}/manifest.yaml", root(files), part.folder());
    let text = std::str::from_utf8(files.get(&path)?).ok()?;
    manifest::read(&path, text, &mut Vec::new())
}

struct Checker<'a> {
    files: &'a Files,
    root: String,
    faults: Vec<Fault>,
}

impl Checker<'_> {
    fn whole(&mut self, file: &str, reason: &str) {
        self.faults.push(Fault::whole(file, reason));
    }

    fn has_folder(&self, folder: &str) -> bool {
        let prefix = format!("{}{folder}/", self.root);
        self.files.keys().any(|path| path.starts_with(&prefix))
    }

    fn absent(&mut self, folder: &str, why: &str) {
        if self.has_folder(folder) {
            self.faults.push(Fault::whole(folder, "the folder must not be there").hint(why));
        }
    }

    /// The text of a file of the bundle, without the root.
    fn text(&mut self, path: &str, limit: usize) -> Option<String> {
        let Some(content) = self.files.get(&format!("{}{path}", self.root)) else {
            let fault = Fault::whole(path, "the file is missing");
            let other = path.replace(".yaml", ".yml");
            let misnamed = other != path && self.files.contains_key(&format!("{}{other}", self.root));
            self.faults.push(if misnamed { fault.hint(format!("rename {other}")) } else { fault });
            return None;
        };
        if content.len() > limit {
            self.whole(path, &format!("the file has {} bytes; {limit} are the most", content.len()));
            return None;
        }
        match std::str::from_utf8(content) {
            Ok(text) => Some(text.to_owned()),
            Err(_) => {
                self.whole(path, "the file is not UTF-8 text");
                None
            }
        }
    }

    fn one_bundle(&mut self) {
        let roots: Vec<_> = roots(self.files).collect();
        if roots.len() > 1 {
            let reason = format!("there are {} bundles: {}", roots.len(), roots.join(", "));
            self.faults.push(Fault::whole("schema/schema.yaml", reason).hint("put each into an archive of its own"));
        }
    }

    /// Folders of the other kind of template, and the names of before the service's release.
    fn folders(&mut self, expected: Expected) {
        let mut refuse = |folder: &str, reason: &str, hint: String| {
            if self.has_folder(folder) {
                self.faults.push(Fault::whole(folder, reason).hint(hint));
            }
        };
        let [environment, instance, pipeline] = [Part::Environment, Part::Instance, Part::Pipeline].map(Part::folder);
        match expected {
            Expected::Environment { .. } => {
                let reason = "an environment's bundle has no such folder";
                refuse(instance, reason, format!("its templates are in {environment}"));
                refuse(pipeline, reason, "environments have no pipeline".into());
            }
            Expected::Service { .. } => {
                let reason = "a name from before the service's release";
                refuse(environment, reason, format!("call it {instance}"));
                refuse("pipeline", reason, format!("call it {pipeline}"));
            }
        }
    }

    fn schema(&mut self, expected: Expected) -> (Schema, String) {
        let file = "schema/schema.yaml";
        let Some(text) = self.text(file, SCHEMA_LIMIT) else { return Default::default() };
        let before = self.faults.len();
        let schema = schema::read(file, &text, &mut self.faults);
        let (wanted, found, other) = match expected {
            Expected::Environment { .. } => {
                ("environment_input_type", &schema.environment, schema.service.is_some() || schema.pipeline.is_some())
            }
            Expected::Service { .. } => ("service_input_type", &schema.service, schema.environment.is_some()),
        };
        if self.faults.len() == before && found.is_none() {
            self.whole(file, &format!("Missing property [{wanted}]"));
        }
        if other {
            self.whole(file, "it has input types of the other kind of template");
        }
        (schema, text)
    }

    /// Properties of a customer-managed environment are its outputs: strings that are always given.
    fn outputs_only(&mut self, schema: &Schema) {
        let Some(schema::Kind::Object { properties, .. }) = schema.environment.as_ref().map(|kind| &kind.kind) else {
            return;
        };
        for (name, property) in properties {
            let file = "schema/schema.yaml";
            if property.kind != schema::Kind::String {
                self.whole(file, &format!("{name}: an output of a customer-managed environment must be a string"));
            }
            if property.default.is_some() {
                self.whole(file, &format!("{name}: an output of a customer-managed environment takes no default"));
            }
        }
    }

    fn part(&mut self, part: Part) -> Option<Method> {
        let folder = part.folder();
        if !self.has_folder(folder) {
            self.whole(folder, "the folder is missing");
            return None;
        }
        let path = format!("{folder}/manifest.yaml");
        let text = self.text(&path, MANIFEST_LIMIT)?;
        let manifest = manifest::read(&path, &text, &mut self.faults)?;
        let prefix = format!("{}{folder}/", self.root);
        let mut templates = Vec::new();
        for (path, content) in self.files.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix)) {
            let name = path[prefix.len()..].to_owned();
            if name != "manifest.yaml" {
                templates.push((name, content.len()));
            }
        }
        for (name, size) in &templates {
            if *size > FILE_LIMIT {
                self.whole(
                    &format!("{folder}/{name}"),
                    &format!("the file has {size} bytes; {FILE_LIMIT} are the most"),
                );
            }
        }
        if manifest.method != Method::CodeBuild && templates.len() > TEMPLATE_FILES {
            self.whole(folder, &format!("{} template files; {TEMPLATE_FILES} are the most", templates.len()));
        }
        match &manifest {
            Manifest { method: Method::Terraform, file: None, .. } => {
                if !templates.iter().any(|(name, _)| name.ends_with(".tf")) {
                    self.whole(folder, "there is no .tf file");
                }
            }
            Manifest { file: Some(name), method, .. } => {
                let path = format!("{folder}/{name}");
                if let Some(text) = self.text(&path, FILE_LIMIT)
                    && *method == Method::CloudFormation
                {
                    let found = render::check_template(&path, &text);
                    self.faults.extend(found.into_iter().map(render::RenderError::into_fault));
                }
            }
            Manifest { .. } => {}
        }
        Some(manifest.method)
    }
}
