//! `proton-local serve` as a process: what it says, and how it ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

fn proton_local(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_proton-local"));
    command.args(arguments).env_remove("PROTON_LOCAL_LOG").stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A server that is killed when the test ends before it does.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(arguments: &[&str]) -> Result<Self> {
        let mut child = proton_local(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().ok_or("no output")?).read_line(&mut line)?;
        let url = line.strip_prefix("proton-local is ready on http://").ok_or(format!("{line:?}"))?;
        Ok(Self { child, address: url.trim().to_owned() })
    }

    fn get(&self, path: &str) -> Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        Ok(text)
    }

    /// Sends SIGTERM and waits for the end; what was logged, and the rest of standard output.
    fn terminate(mut self) -> Result<(String, String)> {
        let killed = Command::new("kill").arg(self.child.id().to_string()).status()?;
        assert!(killed.success());
        let mut texts = [String::new(), String::new()];
        self.child.stderr.as_mut().ok_or("no log")?.read_to_string(&mut texts[0])?;
        self.child.stdout.as_mut().ok_or("no output")?.read_to_string(&mut texts[1])?;
        let status = self.child.wait()?;
        assert!(status.success(), "{status}: {}", texts[0]);
        let [log, output] = texts;
        Ok((log, output))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn failure(arguments: &[&str]) -> Result<String> {
    let Output { status, stderr, .. } = proton_local(arguments).output()?;
    assert!(!status.success());
    Ok(String::from_utf8(stderr)?)
}

#[test]
fn one_line_says_where_and_sigterm_ends_it() -> Result {
    let started = Instant::now();
    let server = Server::start(&["--ephemeral"])?;
    println!("ready after {:?}", started.elapsed());
    assert!(server.get("/healthz")?.ends_with(r#"{"status":"ok"}"#));
    let (log, rest) = server.terminate()?;
    assert_eq!(rest, "", "one line on standard output and no more");
    assert!(log.contains("stopping"), "{log}");
    Ok(())
}

#[test]
fn logs_are_json_objects_where_that_is_asked_for_and_hold_no_secret() -> Result {
    let folder = tempfile::tempdir()?;
    let config = folder.path().join("proton-local.toml");
    let keys = "account_id = \"111122223333\"\naccess_key_id = \"AKIDEXAMPLE\"\nsecret_access_key = \"hush-hush\"";
    std::fs::write(&config, format!("[[accounts]]\n{keys}\n"))?;
    let config = config.to_string_lossy();
    let server = Server::start(&["--ephemeral", "--log-format", "json", "--config", &config])?;
    server.get("/")?;
    let (log, _) = server.terminate()?;
    let events: Vec<serde_json::Value> =
        log.lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>()?;
    let answered = events.iter().find(|event| event["message"] == "answered").ok_or("no request in the log")?;
    assert_eq!(answered["code"], "UnknownOperationException");
    assert!(answered["span"]["request_id"].as_str().is_some_and(|id| id.len() == 36), "{answered}");
    assert!(!log.contains("hush-hush"));
    Ok(())
}

#[test]
fn what_the_command_line_says_counts_more_than_the_file() -> Result {
    let folder = tempfile::tempdir()?;
    let config = folder.path().join("proton-local.toml");
    std::fs::write(&config, "listen = \"127.0.0.1:1\"\ndata = \"kept\"\nspeed = 3\n")?;
    let server = Server::start(&["--speed", "7", "--config", &config.to_string_lossy()])?;
    let (log, _) = server.terminate()?;
    assert!(log.contains("speed=7"), "{log}");
    assert!(folder.path().join("kept").is_dir(), "the file's folder is where its paths begin");
    Ok(())
}

#[test]
fn a_server_that_cannot_start_says_why_in_one_line() -> Result {
    let open = failure(&["serve", "--ephemeral", "--listen", "0.0.0.0:0"])?;
    assert!(open.lines().any(|line| line.starts_with("proton-local: ") && line.contains("insecure")), "{open}");
    let missing = failure(&["serve", "--ephemeral", "--config", "/nowhere/proton-local.toml"])?;
    assert!(missing.starts_with("proton-local: cannot read the settings file /nowhere/"), "{missing}");
    assert_eq!(missing.lines().count(), 1, "{missing}");
    let server = Server::start(&["--ephemeral"])?;
    let taken = failure(&["serve", "--ephemeral", "--listen", &server.address])?;
    assert!(taken.contains(&format!("cannot listen on {}", server.address)), "{taken}");
    Ok(())
}

#[test]
fn requests_in_flight_are_answered_before_the_end() -> Result {
    let folder = tempfile::tempdir()?;
    let config = folder.path().join("proton-local.toml");
    std::fs::write(&config, "[faults]\nlatency_ms = 400\n")?;
    let server = Server::start(&["--ephemeral", "--config", &config.to_string_lossy()])?;
    let mut stream = TcpStream::connect(&server.address)?;
    let head = "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: 2\r\n";
    write!(stream, "{head}x-amz-target: AwsProton20200720.ListEnvironmentTemplates\r\n\r\n{{}}")?;
    std::thread::sleep(Duration::from_millis(100));
    server.terminate()?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    assert!(text.starts_with("HTTP/1.1 200") && text.ends_with(r#"{"templates":[]}"#), "{text}");
    Ok(())
}
