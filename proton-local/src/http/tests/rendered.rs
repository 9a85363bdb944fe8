//! What deployments have rendered, over HTTP: to everybody of an open server, to the owner's key of another.

use super::support::{Answered, Running};
use crate::operations::environments::get_environment;
use crate::settings::{Account, Settings};
use crate::testkit::{ACCOUNT, Kit};
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use proton_sdk::operation::get_environment::GetEnvironmentInput;
use std::time::{Duration, SystemTime};

/// A deployment of the environment `staging`.
fn deployment(kit: &Kit) -> String {
    let input = GetEnvironmentInput::builder().name("staging").build().unwrap();
    let environment = kit.read(get_environment, input).unwrap().environment.unwrap();
    environment.last_attempted_deployment_id.unwrap()
}

/// Runs calls of a server over what a kit has stored; the kit itself blocks, so it stands outside.
fn serve<F: Future<Output = ()>>(kit: &Kit, calls: impl FnOnce(Running) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { calls(Running::over(kit.engine().store().clone()).await).await });
}

async fn get(running: &Running, path: &str, headers: &str) -> Answered {
    running.send(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n").as_bytes()).await
}

/// The headers that sign a request without a body.
fn signed(path: &str, key: &str, secret: &str, now: SystemTime) -> String {
    let identity = Credentials::new(key, secret, None, None, "test").into();
    let params = v4::SigningParams::builder().identity(&identity).region("us-east-1").name("proton").time(now);
    let params = params.settings(SigningSettings::default()).build().unwrap().into();
    let uri = format!("http://localhost{path}");
    let request = SignableRequest::new("GET", uri, std::iter::empty(), SignableBody::Bytes(b"")).unwrap();
    let (signed, _) = sign(request, &params).unwrap().into_parts();
    let (headers, _) = signed.into_parts();
    headers.iter().map(|header| format!("{}: {}\r\n", header.name(), header.value())).collect()
}

#[test]
fn a_deployments_files_are_listed_and_shown() {
    let kit = Kit::shop();
    let id = deployment(&kit);
    // An unsigned caller is an account of its own; a key's name chooses another.
    let as_owner = format!("authorization: {}\r\n", authorization(ACCOUNT));
    serve(&kit, |running| async move {
        let pages = format!("/deployments/{id}/rendered");
        let list = get(&running, &pages, &as_owner).await;
        assert!(list.status == 200 && list.head.contains("content-type: application/json\r\n"), "{list:?}");
        let (list, text) = (list.json(), get(&running, &format!("{pages}/cloudformation.yaml"), &as_owner).await);
        assert_eq!(list["deploymentStatus"], "SUCCEEDED");
        assert!(text.status == 200 && text.head.contains("content-type: text/plain; charset=utf-8"), "{text:?}");
        assert_eq!(list["files"][0], serde_json::json!({"path": "cloudformation.yaml", "bytes": text.body.len()}));
        let text = String::from_utf8(text.body).unwrap();
        assert!(text.contains("Resources:") && !text.contains("{{"), "{text}");

        for (path, headers, reason) in [
            (format!("{pages}/none.yaml"), &*as_owner, "has no file none.yaml"),
            ("/deployments/none/rendered".to_owned(), &as_owner, "Account 111111111111 has no deployment none"),
            (pages, "", "Account 123456789012 has no deployment"),
        ] {
            let missing = get(&running, &path, headers).await;
            assert_eq!((missing.status, missing.code().as_str()), (404, "ResourceNotFoundException"));
            let message = missing.json()["message"].to_string();
            assert!(message.contains(reason), "{message}");
        }
    });
}

#[test]
fn a_server_with_keys_shows_them_to_their_owner_alone() {
    let accounts = vec![Account::new(ACCOUNT, "AKIDONE", "one"), Account::new("222222222222", "AKIDTWO", "two")];
    let kit = Kit::shop_with(Settings { accounts, ..Settings::default() });
    let path = format!("/deployments/{}/rendered/cloudformation.yaml", deployment(&kit));
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(kit.now().unsigned_abs());
    serve(&kit, |running| async move {
        let own = get(&running, &path, &signed(&path, "AKIDONE", "one", now)).await;
        assert!(own.status == 200 && !own.body.is_empty(), "{own:?}");
        let stale = now - Duration::from_secs(3600);
        for (headers, status, code) in [
            (String::new(), 403, "MissingAuthenticationTokenException"),
            (signed(&path, "AKIDONE", "two", now), 403, "InvalidSignatureException"),
            (signed("/deployments/other/rendered", "AKIDONE", "one", now), 403, "InvalidSignatureException"),
            (signed(&path, "AKIDONE", "one", stale), 403, "InvalidSignatureException"),
            (signed(&path, "AKIDTWO", "two", now), 404, "ResourceNotFoundException"),
        ] {
            let refused = get(&running, &path, &headers).await;
            assert_eq!((refused.status, refused.code().as_str()), (status, code));
            assert!(refused.json()["message"].is_string());
        }
    });
}

/// A header that names a key; an open server reads no more of it.
fn authorization(key: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential={key}/20260101/us-east-1/proton/aws4_request, SignedHeaders=host, Signature=00"
    )
}
