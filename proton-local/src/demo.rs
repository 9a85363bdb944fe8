//! Template bundles that every server has, to try it with: the objects of the bucket [`BUCKET`].

/// The bucket that is there without any folder for S3.
pub(crate) const BUCKET: &str = "proton-local-demo";

/// The files of one of its objects, by their path in the bundle; `None` for a key that it does not have.
pub(crate) fn files(key: &str) -> Option<&'static [(&'static str, &'static str)]> {
    match key {
        "environment.tar.gz" => Some(ENVIRONMENT),
        "service.tar.gz" => Some(SERVICE),
        _ => None,
    }
}

macro_rules! bundle {
    ($folder:literal: $($file:literal)*) => {
        &[$(($file, include_str!(concat!("../demo/", $folder, "/", $file)))),*]
    };
}

const ENVIRONMENT: &[(&str, &str)] =
    bundle!("environment": "schema/schema.yaml" "infrastructure/manifest.yaml" "infrastructure/cloudformation.yaml");

const SERVICE: &[(&str, &str)] = bundle!("service":
    "schema/schema.yaml"
    "instance_infrastructure/manifest.yaml" "instance_infrastructure/cloudformation.yaml"
    "pipeline_infrastructure/manifest.yaml" "pipeline_infrastructure/cloudformation.yaml");
