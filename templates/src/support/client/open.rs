//! Bodies that are files on the disk. Needs `body.rs`; crate `tokio` (fs).
#![cfg(feature = "fs")]

use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

use super::Body;

/// The most that is read at once.
const PIECE: usize = 64 << 10;

impl Body {
    /// Creates a body from a file, which is read while it is sent; its size is known.
    ///
    /// The file is read by tokio, so the request has to be sent in one of its runtimes, as the default transport wants it anyway, or by a
    /// blocking call.
    ///
    /// # Errors
    /// The file can't be opened, or is a directory.
    pub async fn open(path: impl AsRef<Path> + Send) -> io::Result<Self> {
        let file = File::open(path.as_ref()).await?;
        let metadata = file.metadata().await?;
        Self::of_file(file, &metadata)
    }

    /// Like [`open`](Self::open), outside of async code.
    ///
    /// # Errors
    /// The file can't be opened, or is a directory.
    pub fn open_blocking(path: impl AsRef<Path>) -> io::Result<Self> {
        let file = std::fs::File::open(path)?;
        let metadata = file.metadata()?;
        Self::of_file(File::from_std(file), &metadata)
    }

    fn of_file(file: File, metadata: &Metadata) -> io::Result<Self> {
        if metadata.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        // Of a pipe or a device nobody knows the size.
        let left = metadata.is_file().then_some(metadata.len());
        Ok(Self::stream(Content { file, left }))
    }
}

/// The content of a file, as long as it was when it was opened.
struct Content {
    file: File,
    left: Option<u64>,
}

impl http_body::Body for Content {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let most = self.left.map_or(PIECE, |left| {
            usize::try_from(left).map_or(PIECE, |left| left.min(PIECE))
        });
        if most == 0 {
            return Poll::Ready(None);
        }
        let mut piece = vec![0; most];
        let mut buffer = ReadBuf::new(&mut piece);
        ready!(Pin::new(&mut self.file).poll_read(cx, &mut buffer))?;
        let length = buffer.filled().len();
        piece.truncate(length);
        match &mut self.left {
            Some(_) if length == 0 => {
                let message = "the file has become shorter";
                Poll::Ready(Some(Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    message,
                ))))
            }
            None if length == 0 => Poll::Ready(None),
            left => {
                *left = left.map(|left| left.saturating_sub(length as u64));
                Poll::Ready(Some(Ok(Frame::data(piece.into()))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
