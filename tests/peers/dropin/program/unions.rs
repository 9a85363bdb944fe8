//! Unions, and members whose names are words of Rust.

use crate::Transcript;
use aws_sdk_proton::primitives::DateTime;
use aws_sdk_proton::types::{
    BlockerStatus, BlockerType, RepositoryBranch, RepositoryProvider, S3ObjectSource, ServiceSyncConfig, SyncBlocker,
    SyncBlockerContext, TemplateVersionSourceInput,
};

pub(crate) fn run(seen: &mut Transcript) {
    let object: S3ObjectSource = S3ObjectSource::builder().bucket("b").key("k").build().expect("all is set");
    let source = TemplateVersionSourceInput::S3(object.clone());
    let found: Result<&S3ObjectSource, &TemplateVersionSourceInput> = source.as_s3();
    seen.note("union", format!("{} {} {}", source.is_s3(), source.is_unknown(), found == Ok(&object)));
    seen.note("union equal", source == source.clone());
    match &source {
        TemplateVersionSourceInput::S3(object) => seen.note("union match", object.bucket()),
        _ => seen.note("union match", "unknown"),
    }

    let blocker: SyncBlocker = SyncBlocker::builder()
        .id("1")
        .r#type(BlockerType::Automated)
        .set_type(Some(BlockerType::Automated))
        .status(BlockerStatus::Active)
        .created_reason("no template")
        .created_at(DateTime::from_secs(7))
        .contexts(SyncBlockerContext::builder().key("k").value("v").build().expect("all is set"))
        .build()
        .expect("all is set");
    seen.note("keyword", format!("{} {} {}", blocker.r#type(), blocker.r#type, blocker.contexts().len()));

    let branch: RepositoryBranch = RepositoryBranch::builder()
        .arn("arn")
        .provider(RepositoryProvider::GithubEnterprise)
        .name("n")
        .branch("main")
        .build()
        .expect("all is set");
    seen.note("branch", format!("{} {}", branch.provider(), branch.branch));
    let config: ServiceSyncConfig = ServiceSyncConfig::builder().service_name("s").build().unwrap_or_else(|_| {
        ServiceSyncConfig::builder()
            .service_name("s")
            .repository_provider(RepositoryProvider::Github)
            .repository_name("r")
            .branch("main")
            .file_path("f")
            .build()
            .expect("all is set")
    });
    seen.note("sync", config.file_path());
}
