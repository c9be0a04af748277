//! Files written whole or not at all.
//!
//! A new file has no name until it is whole, where the system can do that (Linux), so that a process which is killed
//! leaves nothing behind. Elsewhere it is written beside its place under a name of its own, and renamed.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Who may read a new file: whoever the user's settings (the umask) say, or the user alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Readers {
    Usual,
    Owner,
}

impl Readers {
    fn mode(self) -> u32 {
        match self {
            Self::Usual => 0o666,
            Self::Owner => 0o600,
        }
    }
}

/// Writes a file whole or not at all.
///
/// A link stays one, and the file that it leads to is written. A file that is replaced keeps its permissions; one that has
/// further names (hard links) is written in place, so that all of them go on naming one file. What is there and no
/// regular file, such as a device or a pipe, is never replaced.
///
/// # Errors
/// The folder cannot be written to, `overwrite` is false and there is such a file, or what is there is no regular file.
pub fn write(path: &Path, content: &[u8], overwrite: bool) -> io::Result<()> {
    write_for(path, content, overwrite, Readers::Usual)
}

/// As [`write()`], for what tells of a household: a new file can be read by its owner alone.
///
/// # Errors
/// As [`write()`].
pub fn write_private(path: &Path, content: &[u8], overwrite: bool) -> io::Result<()> {
    write_for(path, content, overwrite, Readers::Owner)
}

fn write_for(path: &Path, content: &[u8], overwrite: bool, readers: Readers) -> io::Result<()> {
    let linked = path.symlink_metadata().is_ok_and(|known| known.is_symlink());
    if linked && !overwrite {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let target = if linked { path.canonicalize()? } else { path.to_owned() };
    let path = target.as_path();
    let known = path.metadata().ok();
    match &known {
        Some(known) if known.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Some(known) if !known.is_file() => {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "is no regular file"));
        }
        Some(_) if !overwrite => return Err(io::ErrorKind::AlreadyExists.into()),
        Some(known) if has_further_names(known) => return write_in_place(path, content),
        _ => {}
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let whole = |mut file: &File| {
        file.write_all(content)?;
        if let Some(known) = &known {
            file.set_permissions(known.permissions())?;
        }
        file.sync_all()
    };
    #[cfg(target_os = "linux")]
    if let Some(file) = unnamed::new(folder, readers.mode()) {
        whole(&file)?;
        match unnamed::name(&file, folder, path, known.is_some()) {
            // No `/proc`, say: the other way.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {}
            // Somebody made the file in the meantime.
            Err(_) if overwrite => {}
            named => return named,
        }
    }
    let mut beside = tempfile::Builder::new();
    #[cfg(unix)]
    beside.permissions(std::os::unix::fs::PermissionsExt::from_mode(readers.mode()));
    #[cfg(not(unix))]
    let _ = readers.mode();
    let beside = beside.tempfile_in(folder)?;
    whole(beside.as_file())?;
    let kept = if overwrite { beside.persist(path) } else { beside.persist_noclobber(path) };
    kept.map(drop).map_err(|error| error.error)
}

#[cfg(unix)]
fn has_further_names(known: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(known) > 1
}

#[cfg(not(unix))]
fn has_further_names(_: &Metadata) -> bool {
    false
}

fn write_in_place(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.write_all(content)?;
    file.set_len(content.len() as u64)?;
    file.sync_all()
}

/// Files that have no name yet.
#[cfg(target_os = "linux")]
mod unnamed {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::path::Path;

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, openat};

    /// A file without a name in a folder, of a mode from which the umask is taken; `None` where there are none such.
    pub(super) fn new(folder: &Path, mode: u32) -> Option<File> {
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        openat(CWD, folder, flags, Mode::from_raw_mode(mode)).ok().map(File::from)
    }

    /// Gives the file its name, that of another one if it is to be replaced.
    pub(super) fn name(file: &File, folder: &Path, path: &Path, replace: bool) -> io::Result<()> {
        let link = |name: &Path| {
            let descriptor = format!("/proc/self/fd/{}", file.as_raw_fd());
            linkat(CWD, descriptor, CWD, name, AtFlags::SYMLINK_FOLLOW).map_err(io::Error::from)
        };
        if !replace {
            return link(path);
        }
        // A name that exists cannot be given: by way of one that does not, for a moment, and whole.
        let beside = tempfile::Builder::new().make_in(folder, link)?;
        beside.persist(path).map(drop).map_err(|error| error.error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_not_over_another_unless_asked() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("out.toml");
        write(&path, b"one", false).unwrap();
        assert_eq!(write(&path, b"two", false).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        write(&path, b"two", true).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1);
        assert_eq!(write(home.path(), b"three", true).unwrap_err().kind(), io::ErrorKind::IsADirectory);
    }

    #[test]
    #[cfg(unix)]
    fn links_stay_and_devices_are_never_replaced() {
        let home = tempfile::tempdir().unwrap();
        let (file, link, socket) = (home.path().join("a.txt"), home.path().join("link"), home.path().join("socket"));
        std::fs::write(&file, b"one").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert_eq!(write(&link, b"two", false).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        write(&link, b"two", true).unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(std::fs::read(&file).unwrap(), b"two");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert_eq!(write(&socket, b"three", true).unwrap_err().kind(), io::ErrorKind::Unsupported);
        assert!(!socket.metadata().unwrap().is_file());
    }

    #[test]
    #[cfg(unix)]
    fn permissions_and_further_names_are_kept() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let home = tempfile::tempdir().unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o7777;
        let [usual, new, private] = ["usual", "new", "private"].map(|name| home.path().join(name));
        std::fs::write(&usual, b"").unwrap(); // as the umask says
        write(&new, b"one", false).unwrap();
        assert_eq!(mode(&new), mode(&usual));
        write_private(&private, b"one", false).unwrap();
        assert_eq!(mode(&private), 0o600);
        for kept in [0o640, 0o400, 0o755] {
            std::fs::set_permissions(&new, PermissionsExt::from_mode(kept)).unwrap();
            write_private(&new, b"two", true).unwrap();
            assert_eq!(mode(&new), kept);
        }
        let further = home.path().join("further");
        std::fs::hard_link(&private, &further).unwrap();
        write(&private, b"2", true).unwrap();
        assert_eq!(std::fs::read(&further).unwrap(), b"2");
        assert_eq!(further.metadata().unwrap().ino(), private.metadata().unwrap().ino());
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 4);
    }

    /// The files that a process leaves when it is killed half-way.
    #[test]
    #[cfg(target_os = "linux")]
    fn a_file_has_no_name_until_it_is_whole() {
        let home = tempfile::tempdir().unwrap();
        let Some(mut file) = unnamed::new(home.path(), 0o600) else { return };
        file.write_all(b"secret").unwrap();
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
        let path = home.path().join("whole");
        unnamed::name(&file, home.path(), &path, false).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"secret");
    }
}
