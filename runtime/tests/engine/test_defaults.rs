//! Configurations that are the same on each run.

use crate::support::{Server, answer, call, config, input};

#[tokio::test]
async fn test_defaults_leave_nothing_to_chance() {
    let server = Server::start([answer(r#"{"arn":"a"}"#)]).await;
    let request = async || {
        let config = config(&server).region(None).invocation_id_generator(Nothing).with_test_defaults_v2();
        assert_eq!(config.clone().build().region().map(ToString::to_string).as_deref(), Some("us-east-1"));
        call(config).send(input()).await.unwrap();
        server.requests().pop().unwrap()
    };
    let first = request().await;
    assert!(first.contains("user-agent: aws-sdk-rust/0.123.test ua/0.1 api/test-service/0.123 os/windows/XPSP3"));
    assert!(
        first.contains("x-amz-date: 20090213T233130Z") && first.contains("Credential=ANOTREAL/20090213/us-east-1/")
    );
    assert!(first.contains(r#""token":"00000000-0000-4000-8000-000000000000""#));
    assert_eq!(first, request().await);
}

#[derive(Debug)]
struct Nothing;

impl smithy_runtime::config::InvocationIdGenerator for Nothing {
    fn generate(&self) -> Result<Option<smithy_runtime::config::InvocationId>, smithy_runtime::error::BoxError> {
        Ok(None)
    }
}
