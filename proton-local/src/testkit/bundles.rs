//! Template bundles for tests, in the folder that stands in for S3.

use super::Kit;
use flate2::Compression;
use flate2::write::GzEncoder;

/// The bucket that bundles of tests are in.
pub(crate) const BUCKET: &str = "bundles";

/// A gzip-compressed tar file of these files.
pub(crate) fn tar(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, content.as_bytes()).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

/// A bundle of an environment template whose inputs are these properties: YAML in braces, such as
/// `{size: {type: integer, default: 1}}`.
pub(crate) fn environment(properties: &str) -> Vec<u8> {
    let schema = format!(
        "schema:\n  format: {{openapi: \"3.0.0\"}}\n  environment_input_type: In\n  types:\n    In:\n      type: object\n      properties: {properties}\n"
    );
    tar(&[
        ("schema/schema.yaml", &schema),
        ("infrastructure/manifest.yaml", MANIFEST),
        ("infrastructure/cloudformation.yaml", "Resources: {Topic: {Type: \"AWS::SNS::Topic\"}}\n"),
    ])
}

/// A bundle of a service template without a pipeline, whose instances have these inputs.
pub(crate) fn service(properties: &str) -> Vec<u8> {
    let schema = format!(
        "schema:\n  format: {{openapi: \"3.0.0\"}}\n  service_input_type: In\n  types:\n    In:\n      type: object\n      properties: {properties}\n"
    );
    tar(&[
        ("schema/schema.yaml", &schema),
        ("instance_infrastructure/manifest.yaml", MANIFEST),
        ("instance_infrastructure/cloudformation.yaml", "Resources: {Queue: {Type: \"AWS::SQS::Queue\"}}\n"),
    ])
}

const MANIFEST: &str = "infrastructure:\n  templates:\n    - file: cloudformation.yaml\n      rendering_engine: jinja\n      template_language: cloudformation\n";

impl Kit {
    /// Stores an object in [`BUCKET`].
    pub(crate) fn put_object(&self, key: &str, content: &[u8]) {
        let root = self.engine().settings().s3_root.clone().expect("a kit has a folder for S3");
        let path = root.join(BUCKET).join(key);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
}
