//! Bytes that cross the border.

use std::slice;

/// A borrowed run of bytes, whoever owns it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Buffer {
    ptr: *const u8,
    len: usize,
}

impl Buffer {
    /// Bytes at an address Envoy gave.
    pub const fn new(ptr: *const u8, len: usize) -> Self {
        Self { ptr, len }
    }

    /// The bytes, or nothing if Envoy gave no address.
    ///
    /// # Safety
    /// The bytes must stay as they are for `'a`.
    pub unsafe fn bytes<'a>(self) -> Option<&'a [u8]> {
        if self.ptr.is_null() {
            return None;
        }
        // SAFETY: not null, and the caller vouches for the rest.
        Some(unsafe { slice::from_raw_parts(self.ptr, self.len) })
    }

    /// The bytes, to be written to.
    ///
    /// # Safety
    /// The bytes must be the caller's alone for `'a`, and writable.
    pub unsafe fn bytes_mut<'a>(self) -> Option<&'a mut [u8]> {
        if self.ptr.is_null() {
            return None;
        }
        // SAFETY: not null, and the caller vouches for the rest.
        Some(unsafe { slice::from_raw_parts_mut(self.ptr.cast_mut(), self.len) })
    }

    /// Both begin at the same address.
    pub fn begins_with(self, other: Self) -> bool {
        self.ptr == other.ptr
    }
}

impl From<&[u8]> for Buffer {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes.as_ptr(), bytes.len())
    }
}

impl From<&str> for Buffer {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}
