//! Ending together with the process that started this one.

use std::io;

/// Asks the kernel for SIGTERM once the parent ends.
///
/// # Errors
/// The kernel refuses, or the parent has ended already.
#[cfg(target_os = "linux")]
pub(crate) fn die_with_parent() -> io::Result<()> {
    let parent = std::os::unix::process::parent_id();
    // SAFETY: PR_SET_PDEATHSIG takes a signal number and touches no memory of ours.
    let status = unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGTERM) };
    if status != 0 {
        return Err(io::Error::last_os_error());
    }
    // A parent that ended before the call above sends no signal any more.
    if std::os::unix::process::parent_id() != parent {
        return Err(io::Error::other("the parent has ended already"));
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn die_with_parent() -> io::Result<()> {
    Err(io::Error::new(
        io::ErrorKind::Unsupported,
        "only Linux tells a process that its parent has ended",
    ))
}
