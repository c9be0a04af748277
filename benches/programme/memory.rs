//! The peak memory of a job: that of a process which does nothing else.

use std::process::Command;

/// How a process is told its job.
pub(crate) const JOB: &str = "--memory-of=";

/// What another process with this job tells: its peak in MiB, after what the job itself prints.
pub(crate) fn of(job: &str) -> String {
    let program = std::env::current_exe().expect("a program");
    let output = Command::new(program).arg(format!("{JOB}{job}")).output().expect("the program runs again");
    assert!(output.status.success(), "{job} fails in a process of its own");
    String::from_utf8(output.stdout).expect("text").trim().to_owned()
}

/// Does the job of this process and tells its peak in MiB.
pub(crate) fn tell(job: impl FnOnce()) {
    job();
    // Linux knows it.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    println!("{}", peak.map_or("unknown".to_owned(), |kib| kib.div_ceil(1024).to_string()));
}
