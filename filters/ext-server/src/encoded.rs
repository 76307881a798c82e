//! A gRPC codec whose answers may be protobuf bytes already, so that a constant one is encoded once in its life.

use std::marker::PhantomData;

use bytes::{BufMut, Bytes};
use prost::Message;
use tonic::codec::{BufferSettings, Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::Status;

/// An answer that writes itself in protobuf.
pub trait Answer: Send + 'static {
    /// Appends the message to `buffer`.
    fn write(self, buffer: &mut EncodeBuf<'_>);
}

impl Answer for Bytes {
    fn write(self, buffer: &mut EncodeBuf<'_>) {
        buffer.put(self);
    }
}

/// An answer that was built ahead, or one for a single request.
#[derive(Debug)]
pub enum Reply<M> {
    /// Encoded already.
    Ahead(Bytes),
    /// Encoded as it is sent, so that a body is copied once. Boxed, as most answers are of the other kind.
    Now(Box<M>),
}

impl<M: Message + 'static> Answer for Reply<M> {
    fn write(self, buffer: &mut EncodeBuf<'_>) {
        match self {
            Self::Ahead(message) => buffer.put(message),
            Self::Now(message) => {
                buffer.reserve(message.encoded_len());
                message.encode_raw(buffer);
            }
        }
    }
}

/// The largest message that is taken: a body as large as Envoy's buffers may be, and some room.
pub const MESSAGE_BYTES: usize = 64 << 20;

/// Reads messages of type `R`, writes answers of type `A`.
#[derive(Debug)]
pub struct EncodedAnswers<R, A>(PhantomData<(R, A)>);

impl<R, A> Default for EncodedAnswers<R, A> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

// Tonic would take 8 KiB for each; most answers are some 50 bytes long, and longer messages still find room.
const BUFFER_BYTES: usize = 512;
const YIELD_BYTES: usize = 32 * 1024;

impl<R: Message + Default + 'static, A: Answer> Codec for EncodedAnswers<R, A> {
    type Encode = A;
    type Decode = R;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self::default()
    }

    fn decoder(&mut self) -> Self {
        Self::default()
    }
}

impl<R, A: Answer> Encoder for EncodedAnswers<R, A> {
    type Item = A;
    type Error = Status;

    fn encode(&mut self, answer: A, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        answer.write(buffer);
        Ok(())
    }

    fn buffer_settings(&self) -> BufferSettings {
        BufferSettings::new(BUFFER_BYTES, YIELD_BYTES)
    }
}

impl<R: Message + Default, A> Decoder for EncodedAnswers<R, A> {
    type Item = R;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<R>, Status> {
        R::decode(buffer)
            .map(Some)
            .map_err(|error| Status::internal(error.to_string()))
    }

    fn buffer_settings(&self) -> BufferSettings {
        BufferSettings::new(BUFFER_BYTES, YIELD_BYTES)
    }
}
