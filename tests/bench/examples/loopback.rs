//! Calls of a server on this machine, by the generated client over reqwest and by reqwest alone: `run.py --loopback` counts them.
//!
//! `loopback serve` tells its address and answers until it is stopped; `loopback ours|by-hand one|list|not-found ADDRESS CALLS` calls.

use std::error::Error;
use std::hint::black_box;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use specwright_bench::by_hand::types as hand;
use specwright_bench::shop::client::{Client, Error as CallError};
use specwright_bench::values;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments.as_slice() {
        ["serve"] => serve(),
        [side, what, address, calls] => {
            let url = format!("http://{address}");
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            let calls = calls.parse()?;
            match side {
                "ours" => runtime.block_on(ours(what, &url, calls)),
                _ => runtime.block_on(by_hand(what, &url, calls)),
            }
        }
        _ => Err("serve, or: ours|by-hand one|list|not-found ADDRESS CALLS".into()),
    }
}

async fn ours(what: &str, url: &str, calls: usize) -> Result<(), Box<dyn Error>> {
    let client = Client::builder(url).bearer("secret").build()?;
    for _ in 0..calls {
        match what {
            "one" => drop(black_box(client.apps().get_app("app7").await?)),
            "list" => drop(black_box(
                client.apps().list_apps().page(2).per_page(60).await?,
            )),
            _ => match client.apps().get_app("unknown").await {
                Err(CallError::Api(error)) => drop(black_box(error.into_body().ok_or("no body")?)),
                other => return Err(format!("{other:?}").into()),
            },
        }
    }
    Ok(())
}

async fn by_hand(what: &str, url: &str, calls: usize) -> Result<(), Box<dyn Error>> {
    let client = reqwest::Client::builder()
        .user_agent("shop/1.0.0")
        .timeout(std::time::Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::limited(5))
        .build()?;
    let get = |path: &str| {
        let request = client.get(format!("{url}/api/v1/apps{path}"));
        let request = request.header("accept", "application/json");
        request.bearer_auth("secret")
    };
    for _ in 0..calls {
        match what {
            "one" => {
                let response = get("/app7").send().await?.error_for_status()?;
                drop(black_box(response.json::<hand::App>().await?));
            }
            "list" => {
                let request = get("").query(&[("page", 2), ("per_page", 60)]);
                let response = request.send().await?.error_for_status()?;
                drop(black_box(response.json::<Vec<hand::App>>().await?));
            }
            _ => {
                let response = get("/unknown").send().await?;
                assert_eq!(response.status().as_u16(), 404);
                drop(black_box(response.json::<hand::AppError>().await?));
            }
        }
    }
    Ok(())
}

/// Tells the address, and answers requests, whose bodies are empty, on one connection after the other.
fn serve() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    for connection in listener.incoming() {
        // The client may go away at any time.
        let _ = answer(&mut connection?);
    }
    Ok(())
}

fn answer(connection: &mut TcpStream) -> std::io::Result<()> {
    connection.set_nodelay(true)?;
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let read = connection.read(&mut piece)?;
        if read == 0 {
            return Ok(());
        }
        request.extend_from_slice(&piece[..read]);
        if request.ends_with(b"\r\n\r\n") {
            connection.write_all(&response(&request))?;
            request.clear();
        }
    }
}

/// Head and body in one piece.
fn response(request: &[u8]) -> Vec<u8> {
    let (status, body) = if request.starts_with(b"GET /api/v1/apps?") {
        ("200 OK", values::apps(60))
    } else if request.starts_with(b"GET /api/v1/apps/app7 ") {
        ("200 OK", values::app(7).to_string())
    } else {
        ("404 Not Found", values::app_error())
    };
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         date: Sat, 28 Nov 2026 12:00:00 GMT\r\nx-request-id: 9kd3a6tm1pgn5xk1nqnxjbmb1y\r\n\r\n{body}"
    )
    .into_bytes()
}
