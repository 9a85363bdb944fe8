//! The rendered templates of a deployment, to look at:
//!
//! ```text
//! GET /deployments/ID/rendered        {"deploymentId": …, "deploymentStatus": …, "files": [{"path": …, "bytes": …}]}
//! GET /deployments/ID/rendered/PATH   the text of one file
//! ```

use crate::fault::Fault;
use crate::records::DeploymentRecord;
use crate::store::Reader;
use bytes::Bytes;
use serde_json::json;

/// What a path asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    deployment: String,
    /// The path of one file; the list of all without it.
    file: Option<String>,
}

/// What is answered, and its type.
pub(super) type Page = (&'static str, Bytes);

impl Wanted {
    /// Takes a request's path apart; `None` where it is another page's.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let (deployment, rest) = path.strip_prefix("/deployments/")?.split_once('/')?;
        let file = match rest.strip_prefix("rendered")? {
            "" | "/" => None,
            file => Some(decoded(file.strip_prefix('/')?)?),
        };
        Some(Self { deployment: deployment.to_owned(), file })
    }

    /// The page, if the caller has such a deployment and it such a file.
    ///
    /// # Errors
    /// Those of the store.
    pub(super) fn find(&self, reader: &Reader<'_>) -> Result<Option<Page>, Fault> {
        let Some(record) = reader.get::<DeploymentRecord>(&self.deployment)? else { return Ok(None) };
        let rendered = record.rendered.unwrap_or_default();
        let Some(file) = &self.file else {
            let mut files = Vec::new();
            for (path, hash) in &rendered {
                files.push(json!({"path": path, "bytes": reader.file_length(hash)?}));
            }
            let status = record.deployment.deployment_status.as_str();
            let list = json!({"deploymentId": self.deployment, "deploymentStatus": status, "files": files});
            return Ok(Some(("application/json", list.to_string().into())));
        };
        let content = rendered.get(file).map(|hash| reader.file(hash)).transpose()?.flatten();
        Ok(content.map(|content| ("text/plain; charset=utf-8", content.into())))
    }

    /// What is said where there is no such page.
    pub(super) fn missing(&self, account: &str, region: &str) -> String {
        let deployment = &self.deployment;
        match &self.file {
            Some(file) => format!("Deployment {deployment} of account {account} in {region} has no file {file}."),
            None => format!("Account {account} has no deployment {deployment} in {region}."),
        }
    }
}

/// A path as it was before `%20` stood for a space; `None` where that gives no text.
fn decoded(path: &str) -> Option<String> {
    let mut parts = path.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(part.get(2..)?.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn a_path_names_a_deployment_and_maybe_a_file() {
        let parsed = |path| Wanted::parse(path).map(|wanted| (wanted.deployment, wanted.file));
        let of = |file: Option<&str>| Some(("d-1".to_owned(), file.map(str::to_owned)));
        for list in ["/deployments/d-1/rendered", "/deployments/d-1/rendered/"] {
            assert_eq!(parsed(list), of(None));
        }
        assert_eq!(parsed("/deployments/d-1/rendered/.proton/a.json"), of(Some(".proton/a.json")));
        assert_eq!(parsed("/deployments/d-1/rendered/my%20file%C3%A9"), of(Some("my fileé")));
        for other in
            ["/", "/deployments/d-1", "/deployments/d-1/renderedx", "/deployments/d-1/rendered/a%2", "/rendered"]
        {
            assert_eq!(parsed(other), None, "{other}");
        }
    }
}
