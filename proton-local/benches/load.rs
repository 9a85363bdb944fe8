//! How much a server of 100,000 resources takes: requests a second and latencies at 1, 64 and 512 connections, its memory
//! and its start. `cargo bench -p proton-local --bench load [-- --resources N --seconds S]`.
//!
//! The server is a process of its own with a data folder on disk; requests are unsigned JSON over kept connections.

#[path = "../tests/process/mod.rs"]
mod process;

use process::Process;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Result {
    let resources = argument("--resources").unwrap_or(100_000);
    let seconds = argument("--seconds").unwrap_or(5);
    let folder = tempfile::tempdir()?;
    let config = folder.path().join("proton-local.toml");
    std::fs::write(&config, "[quotas]\ntemplates = 100000000\n")?;
    let data = folder.path().join("data");
    let arguments = ["--config", &config.to_string_lossy(), "--data", &data.to_string_lossy()];

    let (server, empty_start) = timed(&arguments)?;
    let address = server.url().trim_start_matches("http://").to_owned();
    let empty_memory = server.memory();
    let begun = Instant::now();
    fill(&address, resources).await?;
    let filled = begun.elapsed();
    let full_memory = server.memory();
    drop(server);
    let (server, full_start) = timed(&arguments)?;
    let address = server.url().trim_start_matches("http://").to_owned();

    println!("{resources} service templates stored through the API in {:.1} s", filled.as_secs_f64());
    println!("| what | empty | {resources} resources |\n| --- | ---: | ---: |");
    println!("| start until ready (ms) | {:.0} | {:.0} |", millis(empty_start), millis(full_start));
    println!("| resident memory (MB) | {} | {} |\n", megabytes(empty_memory), megabytes(full_memory));
    println!(
        "| request | connections | requests a second | p50 (ms) | p99 (ms) |\n| --- | ---: | ---: | ---: | ---: |"
    );
    for kind in [Kind::Get, Kind::List, Kind::Create] {
        for connections in [1, 64, 512] {
            let load = Load { kind, connections, resources, time: Duration::from_secs(seconds as u64) };
            println!("{}", measure(&address, load).await?);
        }
    }
    println!("\nresident memory at the end: {} MB", megabytes(server.memory()));
    Ok(())
}

fn argument(name: &str) -> Option<usize> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name).skip(1);
    arguments.next()?.parse().ok()
}

fn timed(arguments: &[&str]) -> Result<(Process, Duration)> {
    let begun = Instant::now();
    let server = Process::start(arguments)?;
    Ok((server, begun.elapsed()))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn megabytes(kilobytes: Option<u64>) -> String {
    kilobytes.map_or_else(|| "unknown here".to_owned(), |kilobytes| format!("{:.1}", kilobytes as f64 / 1024.0))
}

/// What is asked again and again.
#[derive(Clone, Copy)]
enum Kind {
    Get,
    List,
    Create,
}

#[derive(Clone, Copy)]
struct Load {
    kind: Kind,
    connections: usize,
    resources: usize,
    time: Duration,
}

/// Makes the resources, over 64 connections.
async fn fill(address: &str, resources: usize) -> Result {
    let next = Arc::new(AtomicUsize::new(0));
    let workers = (0..64).map(|_| {
        let (address, next) = (address.to_owned(), Arc::clone(&next));
        tokio::spawn(async move {
            let mut connection = Connection::open(&address).await?;
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= resources {
                    return Ok::<(), Box<dyn std::error::Error + Send + Sync>>(());
                }
                connection.call("CreateServiceTemplate", &format!(r#"{{"name":"template-{number}"}}"#)).await?;
            }
        })
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await??;
    }
    Ok(())
}

/// One row of the table.
async fn measure(address: &str, load: Load) -> Result<String> {
    let Load { kind, connections, resources, time } = load;
    let begun = Instant::now();
    let workers = (0..connections).map(|worker| {
        let address = address.to_owned();
        tokio::spawn(async move {
            let mut connection = Connection::open(&address).await?;
            let mut latencies = Vec::new();
            for number in 0.. {
                let sent = Instant::now();
                if sent - begun >= time {
                    break;
                }
                // Spread over all of them, the same way in each run.
                let which = (worker * 7919 + number * 104_729) % resources.max(1);
                let (operation, body) = match kind {
                    Kind::Get => ("GetServiceTemplate", format!(r#"{{"name":"template-{which}"}}"#)),
                    Kind::List => ("ListServiceTemplates", r#"{"maxResults":20}"#.to_owned()),
                    Kind::Create => {
                        ("CreateServiceTemplate", format!(r#"{{"name":"new-{connections}-{worker}-{number}"}}"#))
                    }
                };
                connection.call(operation, &body).await?;
                latencies.push(sent.elapsed());
            }
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(latencies)
        })
    });
    let mut latencies = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        latencies.extend(worker.await??);
    }
    let elapsed = begun.elapsed().as_secs_f64();
    latencies.sort();
    let at = |share: f64| millis(latencies[((latencies.len() - 1) as f64 * share) as usize]);
    let name = match kind {
        Kind::Get => "GetServiceTemplate",
        Kind::List => "ListServiceTemplates, 20 a page",
        Kind::Create => "CreateServiceTemplate",
    };
    let rate = latencies.len() as f64 / elapsed;
    Ok(format!("| {name} | {connections} | {rate:.0} | {:.2} | {:.2} |", at(0.5), at(0.99)))
}

/// A kept connection that speaks as much HTTP as this takes.
struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Connection {
    async fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host: address.to_owned() })
    }

    async fn call(&mut self, operation: &str, body: &str) -> Result {
        let request = format!(
            "POST / HTTP/1.1\r\nhost: {}\r\ncontent-type: application/x-amz-json-1.0\r\nx-amz-target: \
             AwsProton20200720.{operation}\r\ncontent-length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut head).await? == 0 {
                return Err("the server closed the connection".into());
            }
        }
        let length = head.lines().filter_map(|line| line.split_once(':'));
        let mut length = length.filter(|(name, _)| name.eq_ignore_ascii_case("content-length")).map(|(_, value)| value);
        let length: usize = length.next_back().ok_or("no content-length")?.trim().parse()?;
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        if head.starts_with("HTTP/1.1 200") { Ok(()) } else { Err(String::from_utf8_lossy(&body).into()) }
    }
}
