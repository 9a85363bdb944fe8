//! Kills the server again and again under load: what it acknowledged stays, and work in flight is taken up and ends.
//!
//! `PROTON_LOCAL_KILLS` says how often (ten where it does not): `PROTON_LOCAL_KILLS=100 cargo test -p proton-local --test crash -- --nocapture`.

mod process;

use process::Process;
use proton_sdk::Client;
use proton_sdk::types::{DeploymentStatus, S3ObjectSource, TemplateVersionSourceInput, TemplateVersionStatus};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const ROLE: &str = "arn:aws:iam::123456789012:role/proton";
const WRITERS: usize = 4;

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The names that the server said it has.
#[derive(Debug, Default)]
struct Acknowledged {
    environments: BTreeSet<String>,
    versions: BTreeSet<(String, String)>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_nothing_and_leaves_nothing_stuck() -> Result {
    let kills: usize = std::env::var("PROTON_LOCAL_KILLS").map_or(Ok(10), |kills| kills.parse())?;
    let folder = tempfile::tempdir()?;
    let acknowledged = Arc::new(Mutex::new(Acknowledged::default()));
    prepare(&folder).await?;
    for kill in 0..kills {
        let server = start(&folder)?;
        check_nothing_is_lost(&server.client(), &acknowledged).await?;
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| tokio::spawn(write(server.client(), format!("{kill}-{writer}"), Arc::clone(&acknowledged))))
            .collect();
        // Another moment each time, the same moments in each run.
        tokio::time::sleep(Duration::from_millis(20 + (kill as u64 * 37) % 150)).await;
        server.kill()?;
        for writer in writers {
            writer.await?;
        }
    }
    let server = start(&folder)?;
    check_nothing_is_lost(&server.client(), &acknowledged).await?;
    check_everything_ends(&server.client()).await?;
    let Acknowledged { environments, versions } = &*acknowledged.lock().expect("nobody panicked");
    assert!(environments.len() >= kills, "the load was too light: {} environments", environments.len());
    println!(
        "{kills} kills: {} environments and {} template versions acknowledged, none lost, none stuck",
        environments.len(),
        versions.len()
    );
    Ok(())
}

fn start(folder: &tempfile::TempDir) -> Result<Process> {
    let config = folder.path().join("proton-local.toml");
    std::fs::write(&config, "[quotas]\nenvironments = 1000000\nversions_per_template = 1000000\n")?;
    let data = folder.path().join("data");
    let arguments = ["--speed", "100", "--config", &config.to_string_lossy(), "--data", &data.to_string_lossy()];
    Ok(Process::start(&arguments)?)
}

fn demo() -> Result<TemplateVersionSourceInput> {
    let object = S3ObjectSource::builder().bucket("proton-local-demo").key("environment.tar.gz").build()?;
    Ok(TemplateVersionSourceInput::S3(object))
}

/// A published template version that environments can be made from.
async fn prepare(folder: &tempfile::TempDir) -> Result {
    let server = start(folder)?;
    let client = server.client();
    client.create_environment_template().name("net").send().await?;
    client.create_environment_template_version().template_name("net").source(demo()?).send().await?;
    let wait = proton_sdk::client::Waiters::wait_until_environment_template_version_registered(&client);
    wait.template_name("net").major_version("1").minor_version("0").wait(Duration::from_secs(30)).await?;
    let publish = client.update_environment_template_version().template_name("net").major_version("1");
    publish.minor_version("0").status(TemplateVersionStatus::Published).send().await?;
    Ok(())
}

/// Creates until the server is gone.
async fn write(client: Client, prefix: String, acknowledged: Arc<Mutex<Acknowledged>>) {
    for number in 0.. {
        let name = format!("env-{prefix}-{number}");
        let create = client.create_environment().name(&name).template_name("net").template_major_version("1");
        let create = create.proton_service_role_arn(ROLE).spec("proton: EnvironmentSpec\nspec: {}\n");
        if create.send().await.is_err() {
            return;
        }
        acknowledged.lock().expect("nobody panicked").environments.insert(name);
        let Ok(source) = demo() else { return };
        let version = client.create_environment_template_version().template_name("net").major_version("1");
        let Ok(made) = version.source(source).send().await else { return };
        if let Some(version) = made.environment_template_version {
            acknowledged
                .lock()
                .expect("nobody panicked")
                .versions
                .insert((version.major_version, version.minor_version));
        }
    }
}

async fn check_nothing_is_lost(client: &Client, acknowledged: &Mutex<Acknowledged>) -> Result {
    let environments = client.list_environments().into_paginator().items().send().try_collect().await?;
    let environments: BTreeSet<_> = environments.into_iter().map(|found| found.name).collect();
    let versions = client.list_environment_template_versions().template_name("net").major_version("1");
    let versions = versions.into_paginator().items().send().try_collect().await?;
    let versions: BTreeSet<_> = versions.into_iter().map(|found| (found.major_version, found.minor_version)).collect();
    let acknowledged = acknowledged.lock().expect("nobody panicked");
    let lost: Vec<_> = acknowledged.environments.difference(&environments).collect();
    assert!(lost.is_empty(), "acknowledged, then lost: {lost:?}");
    let lost: Vec<_> = acknowledged.versions.difference(&versions).collect();
    assert!(lost.is_empty(), "acknowledged, then lost: {lost:?}");
    Ok(())
}

async fn check_everything_ends(client: &Client) -> Result {
    let mut busy = Vec::new();
    for _ in 0..600 {
        let environments = client.list_environments().into_paginator().items().send().try_collect().await?;
        let versions = client.list_environment_template_versions().template_name("net").major_version("1");
        let versions = versions.into_paginator().items().send().try_collect().await?;
        busy = environments
            .into_iter()
            .filter(|found| found.deployment_status != DeploymentStatus::Succeeded)
            .map(|found| found.arn)
            .collect();
        let registering = |status: &TemplateVersionStatus| *status == TemplateVersionStatus::RegistrationInProgress;
        busy.extend(versions.into_iter().filter(|found| registering(&found.status)).map(|found| found.arn));
        if busy.is_empty() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("stuck after a minute: {busy:?}");
}
