//! An authorization server for tests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// A server with these responses, in which SERVER is its URL, and the bodies of its requests.
pub(crate) fn endpoint(responses: &'static [(&str, &str)]) -> (String, Arc<Mutex<Vec<String>>>) {
    // Dependencies of other tests have TLS without what it is made by.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let bodies: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = bodies.clone();
    let server = url.clone();
    std::thread::spawn(move || {
        for (status, response) in responses {
            let response = response.replace("SERVER", &server);
            let (mut connection, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(&connection);
            let mut length = 0;
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if let Some(text) = line.strip_prefix("content-length: ") {
                    length = text.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            kept.lock().unwrap().push(String::from_utf8(body).unwrap());
            let length = response.len();
            write!(
                connection,
                "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{response}"
            )
            .unwrap();
        }
    });
    (url, bodies)
}
