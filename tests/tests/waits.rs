//! Every waiter, driven by the acceptors in the model, on a clock that only sleeping moves.

use proton_sdk::Client;
use serde_json::{Value, json};
use std::time::Duration;
use tests::by_name::wait;
use tests::client::{VirtualTime, config};
use tests::model::{Model, target};
use tests::server::{Answer, Server};

/// One waiter: its name, its operation's shapes and its acceptors.
struct Wait {
    name: String,
    input: Value,
    output: Value,
    acceptors: Vec<Value>,
    min_delay: u64,
}

fn waits() -> Vec<Wait> {
    let model = Model::load();
    let mut waits = Vec::new();
    for (_, shape) in model.operations() {
        for (name, waiter) in shape["traits"]["smithy.waiters#waitable"].as_object().into_iter().flatten() {
            waits.push(Wait {
                name: name.clone(),
                input: model.sample(target(&shape["input"])),
                output: model.sample(target(&shape["output"])),
                acceptors: waiter["acceptors"].as_array().expect("acceptors").clone(),
                min_delay: waiter["minDelay"].as_u64().expect("a delay"),
            });
        }
    }
    assert_eq!(waits.len(), 10);
    waits
}

impl Wait {
    /// An answer in which the path of the waiter's output matchers has the value.
    fn answer(&self, state: &str) -> Answer {
        let mut output = self.output.clone();
        let path = self.acceptors.iter().find_map(|acceptor| acceptor["matcher"]["output"]["path"].as_str());
        let mut place = &mut output;
        for step in path.expect("a path").split('.') {
            place = &mut place[step];
        }
        *place = json!(state);
        Answer::json(200, output.to_string())
    }

    fn matching(&self, acceptor: &Value) -> Answer {
        match (acceptor["matcher"]["errorType"].as_str(), acceptor["matcher"]["output"]["expected"].as_str()) {
            (Some(error), _) => Answer::error(404, error, "it is gone"),
            (None, Some(state)) => self.answer(state),
            _ => panic!("a matcher that the model did not use before: {acceptor}"),
        }
    }

    /// Waits against the answers; the last one stays.
    async fn run(&self, answers: Vec<Answer>, max: u64) -> (Result<(), String>, VirtualTime, usize) {
        let server = Server::sequence(answers).await;
        let time = VirtualTime::default();
        let client = Client::from_conf(time.drive(config(&server.url())).build());
        let result = wait(&client, &self.name, &self.input, Duration::from_secs(max)).await;
        (result, time, server.requests().len())
    }
}

#[tokio::test]
async fn every_acceptor_ends_its_wait_as_the_model_says() {
    for waiter in waits() {
        for acceptor in &waiter.acceptors {
            let pending = waiter.answer("SOMETHING_NEW");
            let answers = vec![pending.clone(), pending, waiter.matching(acceptor)];
            let (result, time, polls) = waiter.run(answers, 600).await;
            assert_eq!(polls, 3, "{} {acceptor}", waiter.name);
            let shortest = time.slept().into_iter().min().expect("sleeps");
            assert!(shortest >= Duration::from_secs(waiter.min_delay), "{} slept {shortest:?}", waiter.name);
            match acceptor["state"].as_str() {
                Some("success") => assert_eq!(result, Ok(()), "{} {acceptor}", waiter.name),
                Some("failure") => {
                    let message = result.expect_err("a failure");
                    let state = acceptor["matcher"]["output"]["expected"].as_str().expect("a state");
                    assert!(message.contains(state), "{message}");
                    // The resource's own message, which stands beside its state.
                    assert!(message.contains("StatusMessage-"), "{}: {message}", waiter.name);
                    assert!(message.contains("3 polls"), "{message}");
                }
                state => panic!("{state:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_wait_ends_when_its_time_is_up() {
    for waiter in waits() {
        let (result, time, polls) = waiter.run(vec![waiter.answer("SOMETHING_NEW")], 300).await;
        let message = result.expect_err("the time is up");
        assert!(message.contains("300"), "{message}");
        assert!(time.slept().iter().sum::<Duration>() <= Duration::from_secs(300), "{}", waiter.name);
        assert!(polls > 3, "{}: {polls} polls", waiter.name);
    }
}

#[tokio::test]
async fn an_error_that_no_acceptor_names_ends_the_wait() {
    for waiter in waits() {
        let answers = vec![waiter.answer("SOMETHING_NEW"), Answer::error(403, "AccessDeniedException", "not yours")];
        let (result, _, polls) = waiter.run(answers, 300).await;
        let message = result.expect_err("an error");
        assert!(message.contains("AccessDeniedException: not yours"), "{message}");
        assert_eq!(polls, 2, "{}", waiter.name);
    }
}
