//! Requests to a small description, without a socket.
