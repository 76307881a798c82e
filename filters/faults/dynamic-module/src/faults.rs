//! The faults, each as a filter's own mistake would make it.

use std::hint::black_box;
use std::mem::forget;
use std::process::abort;
use std::ptr::null_mut;

const MIB: usize = 1024 * 1024;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A panic that the guard around the filter sees.
    PanicCaught,
    /// A panic in a hook without a guard.
    PanicUncaught,
    NullDereference,
    Abort,
    Loop,
    /// Keeps 256 MiB.
    Memory,
    /// Keeps all that it gets, up to 1,536 MiB.
    Exhaust,
}

impl Fault {
    pub fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"panic-caught" => Some(Self::PanicCaught),
            b"panic-uncaught" => Some(Self::PanicUncaught),
            b"null" => Some(Self::NullDereference),
            b"abort" => Some(Self::Abort),
            b"loop" => Some(Self::Loop),
            b"memory" => Some(Self::Memory),
            b"exhaust" => Some(Self::Exhaust),
            _ => None,
        }
    }

    pub fn happen(self) {
        match self {
            Self::PanicCaught | Self::PanicUncaught => panic!("a panic on purpose"),
            // SAFETY: none; that is the fault.
            Self::NullDereference => unsafe { black_box(null_mut::<u8>()).write_volatile(1) },
            Self::Abort => abort(),
            Self::Loop => loop {
                black_box(());
            },
            Self::Memory => keep(256),
            Self::Exhaust => keep(1_536),
        }
    }
}

fn keep(mebibytes: usize) {
    for _ in 0..mebibytes {
        // Written to, so that it is not only promised.
        forget(black_box(vec![1_u8; MIB]));
    }
}
