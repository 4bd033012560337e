//! Client certificates: handshakes with a server of rustls that accepts those of its own authority only.

use std::process::Command;
use std::sync::Arc;

use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use sample_client::{BuildError, Client, Error, HyperTransport, Method};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// An authority that issues certificates.
struct Authority {
    certificate: rcgen::Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self {
            certificate,
            issuer: Issuer::new(params, key),
        }
    }

    fn issue(&self, name: &str) -> (rcgen::Certificate, KeyPair) {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        (certificate, key)
    }

    /// A certificate with its key, as a client is given them.
    fn identity(&self, name: &str) -> String {
        let (certificate, key) = self.issue(name);
        certificate.pem() + &key.serialize_pem()
    }

    /// Accepts whom the authority knows, and says how many bytes the client's certificate has.
    async fn serve(&self) -> String {
        let (certificate, key) = self.issue("localhost");
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(verifier.build().unwrap())
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!(
            "https://localhost:{}",
            listener.local_addr().unwrap().port()
        );
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                // Whoever has no certificate doesn't get as far as a request.
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    continue;
                };
                let known = stream.get_ref().1.peer_certificates().unwrap()[0].len();
                let mut request = [0; 4096];
                let read = stream.read(&mut request).await.unwrap();
                assert!(read > 0, "no request");
                let body = known.to_string();
                let length = body.len();
                let response = format!(
                    "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
                );
                stream.write_all(response.as_bytes()).await.unwrap();
                stream.shutdown().await.unwrap();
            }
        });
        url
    }
}

/// Agrees on HTTP/2, and says by which version it was asked.
async fn serve_http2(authority: &Authority) -> String {
    let (certificate, key) = authority.issue("localhost");
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let stream = TokioIo::new(acceptor.accept(stream).await.unwrap());
        let service =
            hyper_util::service::TowerToHyperService::new(axum::Router::new().fallback(
                async |request: axum::extract::Request| format!("{:?}", request.version()),
            ));
        let builder = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
        builder.serve_connection(stream, service).await.unwrap();
    });
    format!("https://localhost:{port}")
}

/// A call with the certificate in `TLS_IDENTITY` to `TLS_URL`, in a process of its own: which authorities are trusted is read from the
/// environment, once. It prints the response, or the error.
#[tokio::test]
async fn the_other_process() {
    let Ok(url) = std::env::var("TLS_URL") else {
        return;
    };
    let client = Client::builder(url);
    let identity = std::env::var("TLS_IDENTITY").ok();
    let client = match (std::env::var_os("TLS_HYPER"), identity) {
        (None, None) => client,
        (None, Some(identity)) => client.client_certificate(identity),
        (Some(_), None) => client.transport(HyperTransport::new().unwrap()),
        (Some(_), Some(identity)) => {
            client.transport(HyperTransport::with_client_certificate(identity).unwrap())
        }
    };
    let client = client.no_retries().build().unwrap();
    match client.raw(Method::GET, "/").await {
        Ok(response) => println!("certificate of {} bytes", response.text()),
        Err(Error::Transport { error, .. }) => println!("no connection: {error}"),
        Err(error) => println!("{error}"),
    }
}

/// What a call prints, by hyper or by what is the default.
async fn called_by(
    is_hyper: bool,
    authority: &Authority,
    url: &str,
    identity: Option<String>,
) -> String {
    let folder = std::env::temp_dir().join(format!("tls-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let trusted = folder.join("authority.pem");
    std::fs::write(&trusted, authority.certificate.pem()).unwrap();
    let mut call = Command::new(std::env::current_exe().unwrap());
    call.args(["tls::the_other_process", "--exact", "--nocapture"])
        .env("SSL_CERT_FILE", &trusted)
        .env("TLS_URL", url);
    call.envs(identity.map(|identity| ("TLS_IDENTITY", identity)));
    call.envs(is_hyper.then_some(("TLS_HYPER", "1")));
    let output = tokio::task::spawn_blocking(move || call.output().unwrap());
    let output = output.await.unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}");
    said
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_certificate_is_shown_in_the_handshake() {
    let (authority, other) = (Authority::new(), Authority::new());
    let url = authority.serve().await;
    for is_hyper in [false, true] {
        let identity = authority.identity("client");
        let said = called_by(is_hyper, &authority, &url, Some(identity)).await;
        assert!(said.contains("certificate of "), "{said}");
        let without = called_by(is_hyper, &authority, &url, None).await;
        assert!(without.contains("no connection: "), "{without}");
        let identity = Some(other.identity("client"));
        let of_another = called_by(is_hyper, &authority, &url, identity).await;
        assert!(of_another.contains("no connection: "), "{of_another}");
        // Nor does the client talk to a server whose authority it doesn't know.
        let identity = Some(authority.identity("client"));
        let of_nobody = called_by(is_hyper, &other, &url, identity).await;
        assert!(of_nobody.contains("no connection: "), "{of_nobody}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hyper_agrees_on_http_2() {
    let (authority, other) = (Authority::new(), Authority::new());
    let url = serve_http2(&authority).await;
    let said = called_by(true, &authority, &url, None).await;
    assert!(said.contains("HTTP/2.0"), "{said}");
    let url = authority.serve().await;
    let of_nobody = called_by(true, &other, &url, None).await;
    assert!(of_nobody.contains("no connection: "), "{of_nobody}");
    assert!(of_nobody.contains("certificate"), "{of_nobody}");
}

#[test]
fn what_is_no_certificate_is_an_error_of_the_builder() {
    let authority = Authority::new();
    let (certificate, _) = authority.issue("client");
    for pem in [String::new(), "nonsense".to_owned(), certificate.pem()] {
        let client = Client::builder("https://localhost").client_certificate(&pem);
        let error = client.build().unwrap_err();
        assert!(matches!(error, BuildError::Transport(_)), "{error}");
    }
}
