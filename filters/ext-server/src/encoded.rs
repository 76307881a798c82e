//! A gRPC codec whose answers are protobuf bytes already, so that a constant one is encoded once in its life.

use std::marker::PhantomData;

use bytes::{BufMut, Bytes};
use prost::Message;
use tonic::codec::{BufferSettings, Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::Status;

/// Reads messages of type `R`, writes encoded ones.
#[derive(Debug)]
pub struct EncodedAnswers<R>(PhantomData<R>);

impl<R> Default for EncodedAnswers<R> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

// Tonic would take 8 KiB for each; answers are some 50 bytes long, and longer messages still find room.
const BUFFER_BYTES: usize = 512;
const YIELD_BYTES: usize = 32 * 1024;

impl<R: Message + Default + 'static> Codec for EncodedAnswers<R> {
    type Encode = Bytes;
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

impl<R> Encoder for EncodedAnswers<R> {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, message: Bytes, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put(message);
        Ok(())
    }

    fn buffer_settings(&self) -> BufferSettings {
        BufferSettings::new(BUFFER_BYTES, YIELD_BYTES)
    }
}

impl<R: Message + Default> Decoder for EncodedAnswers<R> {
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
