//! What the transport by hyper-util refuses without its feature `hyper-rustls`, which the other tests enable.

use crate::client::{Body, HyperTransport, Transport};

#[tokio::test]
async fn nothing_is_sent_over_https_without_tls() {
    let request = http::Request::get("https://127.0.0.1:9/").body(Body::empty());
    let sent = HyperTransport::new().unwrap().send(request.unwrap()).await;
    let error = sent.unwrap_err();
    assert_eq!(error.to_string(), "https needs the feature `hyper-rustls`");
    assert!(!error.is_retryable(), "it wouldn't help");
}

#[test]
fn a_client_certificate_needs_tls() {
    let transport = HyperTransport::with_client_certificate("a certificate");
    let error = transport.unwrap_err().to_string();
    assert!(error.contains("the feature `hyper-rustls`"), "{error}");
}
