//! `proton-local bundle render`.

use super::sample::Sample;
use super::{located, read};
use crate::bundle::render::{RenderError, check_rendered, render_part};
use crate::bundle::spec::{Problem, SpecError};
use crate::bundle::{Fault, Files};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What to render, with what, and where to.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The bundle's folder, or one above it.
    dir: PathBuf,
    /// The spec of an environment or a service.
    #[arg(long, value_name = "FILE")]
    spec: PathBuf,
    /// A folder to write the files into, instead of printing them.
    #[arg(long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// YAML with what stands for names and outputs that a deployment would have.
    #[arg(long, value_name = "FILE")]
    values: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<(), Vec<Fault>> {
        let (files, report) = read(&self.dir, false)?;
        let mut sample = match &self.values {
            Some(path) => Sample::read(&text(path)?).map_err(|fault| vec![Fault { file: shown(path), ..fault }])?,
            None => Sample::default(),
        };
        sample.stand_in(&files);
        let targets = sample.targets(&report, &text(&self.spec)?).map_err(|error| problems(error, &self.spec))?;
        if !sample.made_up.is_empty() {
            let made_up: Vec<_> = sample.made_up.iter().map(String::as_str).collect();
            eprintln!("note: these outputs are made up; --values gives others: {}", made_up.join(" "));
        }
        let mut faults = Vec::new();
        for target in targets {
            let rendered = render_part(&files, target.part, &target.namespaces, &target.stamp);
            let rendered = match rendered {
                Ok(rendered) => rendered,
                Err(error) => {
                    faults.push(self.fault(&files, error));
                    continue;
                }
            };
            for (name, content) in rendered {
                let path = Path::new(&target.folder).join(&name);
                self.put(&path, &content)?;
                // Proton would have left this to CloudFormation; its author rather knows now.
                faults.extend(check_rendered(&shown(&path), &content).err());
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn fault(&self, files: &Files, error: RenderError) -> Fault {
        let fault = error.into_fault();
        Fault { file: located(&self.dir, files, &fault.file), ..fault }
    }

    fn put(&self, path: &Path, content: &str) -> Result<(), Vec<Fault>> {
        let written = match &self.output {
            Some(output) => write(&output.join(path), content),
            None => {
                let end = if content.ends_with('\n') { "" } else { "\n" };
                write!(io::stdout(), "==> {} <==\n{content}{end}", path.display())
            }
        };
        written.map_err(|error| vec![Fault::whole(shown(path), format!("it cannot be written: {error}"))])
    }
}

fn write(path: &Path, content: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content)
}

fn text(path: &Path) -> Result<String, Vec<Fault>> {
    let unreadable = |error: io::Error| vec![Fault::whole(shown(path), format!("it cannot be read: {error}"))];
    fs::read_to_string(path).map_err(unreadable)
}

fn problems(error: SpecError, spec: &Path) -> Vec<Fault> {
    let fault = |Problem { path, at, reason }| Fault::at(shown(spec), at, format!("{path}: {reason}"));
    error.problems.into_iter().map(fault).collect()
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
