//! The health check: the service's side, and that of who asks.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The path of the check. It is none of the API's.
pub const PATH: &str = "API_HEALTH";

/// The longest that an answer may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Answers the check. Add what the service can't do without, such as its database.
pub async fn check() -> &'static str {
    "ok\n"
}

/// Asks the service that listens there.
///
/// # Errors
/// If it doesn't answer, or not with 200.
pub async fn ask(listen: SocketAddr) -> io::Result<()> {
    timeout(PATIENCE, get(near(listen)))
        .await
        .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
}

async fn get(address: SocketAddr) -> io::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {PATH} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).await?;
    if head.ends_with(b" 200") {
        Ok(())
    } else {
        Err(io::Error::other("the service isn't well"))
    }
}

/// The address by which this machine reaches a service that listens on all of its addresses.
fn near(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}
