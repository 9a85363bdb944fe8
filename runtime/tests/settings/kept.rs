//! How long credentials are kept, when they are renewed, and who waits for that.

use crate::support::{CreateThing, FakeTime, Server, answer, config, handle, input};
use aws_credential_types::provider::{error::CredentialsError, future};
use smithy_runtime::client::{Call, Handle};
use smithy_runtime::config::{
    Builder, Config, Credentials, IdentityCache, ProvideCredentials, RandomSource, TimeSource,
};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Semaphore;

/// What the provider does when it is asked: the keys are KEY1, KEY2 and so on.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Credentials that last so many seconds.
    Lasting(u64),
    Endless,
    /// The same credentials as `Lasting`, once [`Provider::release`] is called.
    Slow(u64),
    Failing,
}

/// Does its steps in their order, the last again and again.
#[derive(Clone, Debug)]
struct Provider {
    time: FakeTime,
    steps: Arc<Mutex<VecDeque<Step>>>,
    loads: Arc<AtomicU32>,
    released: Arc<Semaphore>,
}

impl Provider {
    fn new(time: &FakeTime, steps: impl IntoIterator<Item = Step>) -> Self {
        let steps = Arc::new(Mutex::new(steps.into_iter().collect()));
        Self { time: time.clone(), steps, loads: Arc::default(), released: Arc::new(Semaphore::new(0)) }
    }

    fn loads(&self) -> u32 {
        self.loads.load(Ordering::SeqCst)
    }

    /// Lets a slow load end, and whoever waits for it run.
    async fn release(&self) {
        self.released.add_permits(1);
        settle().await;
    }

    async fn load(&self) -> Result<Credentials, CredentialsError> {
        let load = self.loads.fetch_add(1, Ordering::SeqCst) + 1;
        let step = {
            let mut steps = self.steps.lock().unwrap();
            if steps.len() > 1 { steps.pop_front().unwrap() } else { steps[0] }
        };
        tokio::task::yield_now().await;
        let seconds = match step {
            Step::Failing => return Err(CredentialsError::provider_error(format!("drawer {load} is stuck"))),
            Step::Endless => None,
            Step::Lasting(seconds) => Some(seconds),
            Step::Slow(seconds) => {
                self.released.acquire().await.unwrap().forget();
                Some(seconds)
            }
        };
        let expiry = seconds.map(|seconds| self.time.now() + Duration::from_secs(seconds));
        Ok(Credentials::new(format!("KEY{load}"), "SECRETKEY", None, expiry, "steps"))
    }
}

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.load())
    }
}

/// Draws the same number each time.
#[derive(Debug)]
struct Always(u64);

impl RandomSource for Always {
    fn next_u64(&self) -> u64 {
        self.0
    }
}

async fn settle() {
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
}

/// A client whose credentials and clock the test moves.
struct Bench {
    server: Server,
    time: FakeTime,
    provider: Provider,
    client: Handle,
}

impl Bench {
    async fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Self::configured(steps, |config| config).await
    }

    async fn configured(steps: impl IntoIterator<Item = Step>, change: impl FnOnce(Builder) -> Builder) -> Self {
        let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
        let time = FakeTime::new();
        let provider = Provider::new(&time, steps);
        let config = config(&server).time_source(time.clone()).credentials_provider(provider.clone()).random(Always(0));
        Self { client: handle(change(config)), server, time, provider }
    }

    async fn call(&self) -> Result<(), String> {
        let sent = Call::<CreateThing>::new(self.client.clone()).send(input()).await;
        settle().await;
        sent.map(drop).map_err(|error| error.to_string())
    }

    /// The key that the last request is signed with.
    fn key(&self) -> String {
        let header = self.server.header("authorization").pop().unwrap().unwrap();
        header.split_once("Credential=").unwrap().1.split_once('/').unwrap().0.to_owned()
    }

    fn pass(&self, seconds: u64) {
        self.time.advance(Duration::from_secs(seconds));
    }
}

const HOUR: u64 = 3600;

#[tokio::test]
async fn calls_at_the_same_time_share_one_load() {
    let bench = Bench::new([Step::Lasting(HOUR)]).await;
    let calls: Vec<_> = (0..64).map(|_| Call::<CreateThing>::new(bench.client.clone())).collect();
    let calls: Vec<_> = calls.into_iter().map(|call| tokio::spawn(call.send(input()))).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    // A copy shares what was loaded.
    let copy = bench.client.with_config(|config| config.use_fips(false)).unwrap();
    Call::<CreateThing>::new(copy).send(input()).await.unwrap();
    assert_eq!(bench.provider.loads(), 1);
}

#[tokio::test]
async fn calls_at_the_same_time_share_one_failure() {
    let bench = Bench::new([Step::Failing]).await;
    let (a, b, c) = tokio::join!(bench.call(), bench.call(), bench.call());
    for error in [a, b, c].map(Result::unwrap_err) {
        assert!(error.contains("drawer 1 is stuck"), "{error}");
    }
    assert_eq!((bench.provider.loads(), bench.server.connections()), (1, 0));
    assert!(bench.call().await.unwrap_err().contains("drawer 2 is stuck"), "the next call tries for itself");
}

#[tokio::test]
async fn a_slow_renewal_delays_no_call() {
    let bench = Bench::new([Step::Lasting(HOUR), Step::Slow(HOUR)]).await;
    bench.call().await.unwrap();
    bench.pass(HOUR - 301);
    bench.call().await.unwrap();
    assert_eq!(bench.provider.loads(), 1, "five minutes and a second before the end");
    bench.pass(1);
    for _ in 0..10 {
        bench.call().await.unwrap();
        assert_eq!(bench.key(), "KEY1");
        bench.pass(20);
    }
    assert_eq!(bench.provider.loads(), 2);
    bench.provider.release().await;
    bench.call().await.unwrap();
    assert_eq!((bench.key().as_str(), bench.provider.loads()), ("KEY2", 2));
}

#[tokio::test]
async fn clients_renew_at_different_times() {
    for (random, ahead) in [(0, 300), (1 << 63, 225), (u64::MAX, 150)] {
        let bench = Bench::configured([Step::Lasting(HOUR)], |config| config.random(Always(random))).await;
        bench.call().await.unwrap();
        bench.pass(HOUR - ahead - 1);
        bench.call().await.unwrap();
        assert_eq!(bench.provider.loads(), 1, "a second before {ahead} s");
        bench.pass(1);
        bench.call().await.unwrap();
        assert_eq!(bench.provider.loads(), 2, "{ahead} s");
    }
}

#[tokio::test]
async fn calls_wait_for_a_renewal_in_the_last_ten_seconds() {
    let bench = Bench::new([Step::Lasting(HOUR), Step::Slow(HOUR)]).await;
    bench.call().await.unwrap();
    bench.pass(HOUR - 10);
    let (sent, ()) = tokio::join!(bench.call(), async {
        settle().await;
        assert_eq!(bench.server.requests().len(), 1);
        bench.provider.release().await;
    });
    sent.unwrap();
    assert_eq!((bench.key().as_str(), bench.provider.loads()), ("KEY2", 2));
}

#[tokio::test]
async fn a_failing_renewal_leaves_the_old_credentials_until_they_end() {
    let bench = Bench::new([Step::Lasting(HOUR), Step::Failing]).await;
    bench.call().await.unwrap();
    bench.pass(HOUR - 300);
    // It is tried again after 1, 2, 4 … 60 s, however many calls there are.
    for (pause, loads) in [(0, 2), (0, 2), (1, 3), (1, 3), (1, 4), (3, 4), (1, 5)] {
        bench.pass(pause);
        bench.call().await.unwrap();
        bench.call().await.unwrap();
        assert_eq!((bench.key().as_str(), bench.provider.loads()), ("KEY1", loads));
    }
    bench.pass(300 - 7 - 1);
    bench.call().await.unwrap();
    assert_eq!((bench.key().as_str(), bench.provider.loads()), ("KEY1", 6), "a second before the end");
    bench.pass(1);
    let error = bench.call().await.unwrap_err();
    assert!(error.contains("drawer 7 is stuck"), "{error}");
}

#[tokio::test]
async fn credentials_without_an_end_are_looked_at_again() {
    let bench = Bench::new([Step::Endless, Step::Endless, Step::Failing]).await;
    bench.call().await.unwrap();
    bench.pass(599);
    bench.call().await.unwrap();
    assert_eq!(bench.provider.loads(), 1);
    bench.pass(1);
    bench.call().await.unwrap();
    assert_eq!((bench.key().as_str(), bench.provider.loads()), ("KEY1", 2));
    bench.pass(24 * HOUR);
    bench.call().await.unwrap();
    assert_eq!((bench.key().as_str(), bench.provider.loads()), ("KEY2", 3), "what has no end outlives a failure");
}

#[tokio::test]
async fn a_short_life_is_not_spent_on_renewing() {
    let bench = Bench::new([Step::Lasting(60)]).await;
    for (pass, loads) in [(0, 1), (29, 1), (1, 2), (29, 2), (1, 3)] {
        bench.pass(pass);
        bench.call().await.unwrap();
        assert_eq!(bench.provider.loads(), loads);
    }
    let bench = Bench::new([Step::Lasting(8)]).await;
    for (pass, loads) in [(0, 1), (3, 1), (1, 2)] {
        bench.pass(pass);
        bench.call().await.unwrap();
        assert_eq!((bench.key(), bench.provider.loads()), (format!("KEY{loads}"), loads));
    }
}

#[tokio::test]
async fn times_can_be_set() {
    let cache = IdentityCache::lazy().refresh_ahead(Duration::from_secs(120)).buffer_time(Duration::from_secs(60));
    let cache = cache.random(Always(0));
    let bench = Bench::configured([Step::Lasting(HOUR)], |config| config.identity_cache(cache.build())).await;
    bench.call().await.unwrap();
    bench.pass(HOUR - 121);
    bench.call().await.unwrap();
    assert_eq!(bench.provider.loads(), 1);
    bench.pass(1);
    bench.call().await.unwrap();
    assert_eq!((bench.key().as_str(), bench.provider.loads()), ("KEY1", 2));
    bench.pass(HOUR - 60);
    bench.call().await.unwrap();
    assert_eq!((bench.key().as_str(), bench.provider.loads()), ("KEY3", 3));
}

#[tokio::test]
async fn a_load_ends_with_its_call_and_the_next_call_loads() {
    let bench = Bench::new([Step::Slow(HOUR), Step::Lasting(HOUR)]).await;
    let first = Call::<CreateThing>::new(bench.client.clone());
    let first = tokio::spawn(first.send(input()));
    settle().await;
    let second = Call::<CreateThing>::new(bench.client.clone());
    let second = tokio::spawn(second.send(input()));
    settle().await;
    assert_eq!(bench.provider.loads(), 1);
    first.abort();
    second.await.unwrap().unwrap();
    assert_eq!((bench.key().as_str(), bench.provider.loads()), ("KEY2", 2));
}

#[tokio::test]
async fn the_least_recently_used_credentials_give_way() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let time = FakeTime::new();
    let cache = IdentityCache::lazy().max_partitions(2).build();
    let client = |provider: &Provider| {
        let config = config(&server).time_source(time.clone()).identity_cache(cache.clone());
        handle(config.credentials_provider(provider.clone()))
    };
    let providers = [(); 3].map(|()| Provider::new(&time, [Step::Lasting(HOUR)]));
    let clients = providers.each_ref().map(client);
    for index in [0, 1, 0, 2, 0, 1] {
        Call::<CreateThing>::new(clients[index].clone()).send(input()).await.unwrap();
    }
    assert_eq!(providers.map(|provider| provider.loads()), [1, 2, 1]);
}

#[tokio::test]
async fn credentials_of_one_call_push_no_others_out() {
    let small = IdentityCache::lazy().max_partitions(1).build();
    let bench = Bench::configured([Step::Lasting(HOUR)], |config| config.identity_cache(small)).await;
    bench.call().await.unwrap();
    let other = Config::builder().credentials_provider(Credentials::new("OTHER", "SECRETKEY", None, None, "test"));
    let call = Call::<CreateThing>::new(bench.client.clone()).with_config_override(other);
    call.send(input()).await.unwrap();
    assert_eq!(bench.key(), "OTHER");
    bench.call().await.unwrap();
    assert_eq!((bench.key().as_str(), bench.provider.loads()), ("KEY1", 1));
}

#[tokio::test]
async fn credentials_without_an_end_may_be_kept_for_ever() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let time = FakeTime::new();
    let provider = Provider::new(&time, [Step::Endless]);
    let cache = IdentityCache::lazy().default_expiration(Duration::MAX).build();
    let config = config(&server).credentials_provider(provider.clone()).identity_cache(cache);
    let client = handle(config.time_source(time.clone()).sleep_impl(time.clone()));
    for _ in 0..2 {
        Call::<CreateThing>::new(client.clone()).send(input()).await.unwrap();
        time.advance(Duration::from_secs(24 * 60 * 60));
    }
    assert_eq!(provider.loads(), 1);
}
