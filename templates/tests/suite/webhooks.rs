//! Webhooks: how receivers get them, and at which paths.

use http_body_util::BodyExt;
use sample_server::types::Event;
use sample_server::webhooks::{EventError, GetEventError, WebhookRequests};
use sample_server::{Body, Call, Problem, Server, ServerBuilder, Webhooks};
use tower_service::Service;

use crate::provider::{Session, Tokens};

/// Responds with 409 to known ids: everything that is deleted.
struct Receiver;

impl Webhooks for Receiver {
    type Session = Session;

    async fn event(&self, call: Call<Session>, body: Event) -> Result<(), EventError> {
        assert_eq!(
            (call.session().user.as_str(), call.operation().id),
            ("ann", "event")
        );
        match body {
            Event::Created(_) => Ok(()),
            _ => Err(Problem::new(http::StatusCode::CONFLICT).into()),
        }
    }

    async fn get_event(&self, call: Call) -> Result<String, GetEventError> {
        Ok(call.uri().to_string())
    }
}

type Builder = ServerBuilder<Receiver, Tokens, WebhookRequests>;

/// The status and the text of a response.
async fn sent(
    set: impl Fn(Builder) -> Builder,
    method: &str,
    path: &str,
    token: &str,
    body: &'static str,
) -> (u16, String) {
    let mut server = set(Server::webhooks(Receiver).authenticate(Tokens)).build();
    let request = http::Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"));
    let response = server.call(request.body(Body::from(body)).unwrap());
    let (parts, body) = response.await.unwrap().into_parts();
    let text = body.collect().await.unwrap().to_bytes();
    (
        parts.status.as_u16(),
        String::from_utf8(text.to_vec()).unwrap(),
    )
}

const CREATED: &str = r#"{"kind":"created","id":"ab"}"#;

#[tokio::test]
async fn a_webhook_is_a_typed_call() {
    let post = async |token, body| sent(|it| it, "POST", "/event", token, body).await.0;
    assert_eq!(post("good", CREATED).await, 204);
    assert_eq!(post("good", r#"{"kind":"deleted","id":"ab"}"#).await, 409);
    assert_eq!(post("good", r#"{"kind":"created"}"#).await, 400);
    assert_eq!(post("bad", CREATED).await, 401);
    assert_eq!(sent(|it| it, "PUT", "/event", "good", CREATED).await.0, 405);
    assert_eq!(
        sent(|it| it, "POST", "/other", "good", CREATED).await.0,
        404
    );
}

#[tokio::test]
async fn a_webhook_may_have_a_url_to_itself() {
    for path in ["/", "/hooks/7", "/event"] {
        let only = |it: Builder| it.base_path("/hooks").only_path("/event");
        assert_eq!(sent(only, "POST", path, "good", CREATED).await.0, 204);
        assert_eq!(
            sent(only, "GET", path, "", "").await,
            (200, path.to_owned())
        );
        assert_eq!(sent(only, "PUT", path, "good", CREATED).await.0, 405);
        let nowhere = |it: Builder| it.only_path("/other");
        assert_eq!(sent(nowhere, "POST", path, "good", CREATED).await.0, 404);
    }
    let below = |it: Builder| it.base_path("/hooks");
    assert_eq!(
        sent(below, "POST", "/hooks/event", "good", CREATED).await.0,
        204
    );
    assert_eq!(sent(below, "POST", "/event", "good", CREATED).await.0, 404);
}

mod signed {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use http::{HeaderMap, HeaderName, HeaderValue};
    use sample_server::{
        SignatureError, SignatureForm, SignatureHash, SignatureText, Signatures, webhooks,
    };

    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|(name, value)| {
            let value = HeaderValue::from_str(value).unwrap();
            (HeaderName::from_static(name), value)
        });
        pairs.collect()
    }

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    /// Codes that `openssl dgst -hmac` gives.
    #[test]
    fn forms_are_those_of_their_senders() {
        let body = b"Hello, World!";
        // The example of GitHub's documentation.
        let github = Signatures::new(SignatureForm::github(), ["It's a Secret to Everybody"]);
        let code = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        let signed = headers(&[("x-hub-signature-256", &format!("sha256={code}"))]);
        let github = github.unwrap();
        assert_eq!(github.verify(&signed, body), Ok(()));
        assert_eq!(github.sign("", at(0), body), Ok(signed.clone()));
        let upper = headers(&[(
            "x-hub-signature-256",
            &format!("sha256={}", code.to_uppercase()),
        )]);
        assert_eq!(github.verify(&upper, body), Ok(()));
        assert_eq!(
            github.verify(&signed, b"Hello, World"),
            Err(SignatureError::Mismatch)
        );
        for value in [code, "sha256=", "sha256=75", "sha1=757107ea", "sha256=zz"] {
            let other = headers(&[("x-hub-signature-256", value)]);
            let result = github.verify(&other, body);
            assert_eq!(result, Err(SignatureError::Mismatch), "{value}");
        }
        let missing = github.verify(&HeaderMap::new(), body).unwrap_err();
        assert_eq!(
            missing.to_string(),
            "the header x-hub-signature-256 is missing or not valid"
        );
        // The example of Standard Webhooks.
        let body = br#"{"test": 2432232314}"#;
        let standard = Signatures::standard([SECRET]).unwrap();
        let signed = standard.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at(1_614_265_330), body);
        let signed = signed.unwrap();
        let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(signed["webhook-signature"], expected);
        assert_eq!(signed["webhook-timestamp"], "1614265330");
    }

    #[test]
    fn every_form_verifies_what_it_signs_and_nothing_else() {
        let header = HeaderName::from_static("x-sign");
        let forms = [
            SignatureForm::standard(),
            SignatureForm::github(),
            SignatureForm::stripe(),
            SignatureForm::slack(),
            SignatureForm::new(header.clone()).hash(SignatureHash::Sha1),
            SignatureForm::new(header.clone())
                .hash(SignatureHash::Sha384)
                .text(SignatureText::Base64),
            SignatureForm::new(header.clone())
                .hash(SignatureHash::Sha512)
                .timestamp_header(HeaderName::from_static("x-time"))
                .id_header(HeaderName::from_static("x-id"))
                .content("{id}:{timestamp}:{{body}}"),
        ];
        for form in forms {
            let signatures = Signatures::new(form.clone(), ["one", "two"]).unwrap();
            let (sent, body) = (at(1_000_000), b"{}".as_slice());
            let signed = signatures.sign("m1", sent, body).unwrap();
            assert_eq!(signatures.verify_at(sent, &signed, body), Ok(()));
            // Each header counts, and so does each byte of the body.
            for name in signed.keys() {
                let mut less = signed.clone();
                less.remove(name);
                let result = signatures.verify_at(sent, &less, body);
                assert_eq!(result, Err(SignatureError::Header(name.clone())));
                let mut other = signed.clone();
                let text = other[name].to_str().unwrap();
                let text = text.replace(['1', 'm', 'a'], "2");
                other.insert(name, text.parse().unwrap());
                if other != signed {
                    assert!(signatures.verify_at(sent, &other, body).is_err(), "{name}");
                }
                let mut twice = signed.clone();
                twice.append(name, signed[name].clone());
                assert!(signatures.verify_at(sent, &twice, body).is_err());
            }
            let changed = signatures.verify_at(sent, &signed, b"{ }");
            assert_eq!(changed, Err(SignatureError::Mismatch));
            // With the first secret alone, and the second where all sign.
            let by = |secret: &str| Signatures::new(form.clone(), [secret]).unwrap();
            assert_eq!(by("one").verify_at(sent, &signed, body), Ok(()));
            assert!(by("other").verify_at(sent, &signed, body).is_err());
            let old = by("two").sign("m1", sent, body).unwrap();
            assert_eq!(signatures.verify_at(sent, &old, body), Ok(()));
        }
    }

    #[test]
    fn a_message_is_valid_for_five_minutes() {
        let stripe = || Signatures::new(SignatureForm::stripe(), ["s"]).unwrap();
        let signed = stripe().sign("", at(10_000), b"x").unwrap();
        for (now, is_valid) in [
            (9_700, true),
            (10_300, true),
            (9_699, false),
            (10_301, false),
        ] {
            let result = stripe().verify_at(at(now), &signed, b"x");
            assert_eq!(result.is_ok(), is_valid, "{now}");
        }
        let patient = stripe().tolerance(Duration::from_secs(3600));
        assert_eq!(patient.verify_at(at(13_600), &signed, b"x"), Ok(()));
        for time in ["", "-1", "+10000", "1e4", "99999999999999999999999", "soon"] {
            let value = format!("t={time},v1=00");
            let result =
                stripe().verify_at(at(10_000), &headers(&[("stripe-signature", &value)]), b"x");
            assert!(
                matches!(result, Err(SignatureError::Time)),
                "{time}: {result:?}"
            );
        }
    }

    #[test]
    fn what_could_not_verify_anything_is_refused() {
        let none: [&str; 0] = [];
        let new = |form: SignatureForm| Signatures::new(form, ["s"]).map(drop);
        assert!(Signatures::standard(none).is_err());
        assert!(Signatures::standard(["whsec_"]).is_err());
        assert!(Signatures::standard(["not base64!"]).is_err());
        assert!(Signatures::new(SignatureForm::github(), [""]).is_err());
        let form = || SignatureForm::new(HeaderName::from_static("x-sign"));
        assert_eq!(new(form().content("secret")), Err(SignatureError::Form));
        let timeless = form().content("{timestamp}.{body}");
        assert_eq!(new(timeless), Err(SignatureError::Form));
        assert_eq!(
            new(form().content("{id}.{body}")),
            Err(SignatureError::Form)
        );
        let debug = format!("{:?}", Signatures::standard([SECRET]));
        assert!(!debug.contains("MfKQ"), "{debug}");
    }

    /// Counts what it gets.
    async fn response(signed: HeaderMap, method: &str, token: &str, body: &'static str) -> u16 {
        let signatures = Signatures::standard([SECRET]).unwrap();
        let mut server = Server::webhooks(Receiver)
            .authenticate(Tokens)
            .verify(&[&webhooks::EVENT], signatures)
            .max_body_bytes(100)
            .build();
        let mut request = http::Request::builder()
            .method(method)
            .uri("/event")
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {token}"))
            .body(Body::from(body))
            .unwrap();
        request.headers_mut().extend(signed);
        server.call(request).await.unwrap().status().as_u16()
    }

    #[tokio::test]
    async fn a_receiver_verifies_before_it_decodes() {
        let signatures = Signatures::standard([SECRET]).unwrap();
        let signed = |body: &str| {
            let now = SystemTime::now();
            signatures.sign("m1", now, body.as_bytes()).unwrap()
        };
        assert_eq!(
            response(signed(CREATED), "POST", "good", CREATED).await,
            204
        );
        assert_eq!(
            response(HeaderMap::new(), "POST", "good", CREATED).await,
            401
        );
        // Neither what it says nor who sends it matters then.
        assert_eq!(response(signed("x"), "POST", "good", "nonsense").await, 401);
        assert_eq!(response(signed("x"), "POST", "bad", CREATED).await, 401);
        assert_eq!(response(signed("{}"), "POST", "bad", "{}").await, 401);
        assert_eq!(response(signed("{}"), "POST", "good", "{}").await, 400);
        // The limits are those of the server.
        const LONG: &str = concat!(
            "{\"kind\":\"created\",\"id\":\"",
            "0123456789012345678901234567890123456789",
            "01234567890123456789012345678901234567890123456789\"}"
        );
        assert_eq!(response(signed(LONG), "POST", "good", LONG).await, 413);
        // Operations that aren't named aren't verified.
        assert_eq!(response(HeaderMap::new(), "GET", "good", "").await, 200);
    }

    /// The package `standardwebhooks` (PyPI), with which `tests/webhooks/run.py` runs this. Without it, there is nothing to compare.
    #[test]
    fn judged() {
        use std::io::{BufRead, BufReader, Write};
        use std::process::{Command, Stdio};

        let (Ok(python), Ok(judge)) = (
            std::env::var("WEBHOOKS_PYTHON"),
            std::env::var("WEBHOOKS_JUDGE"),
        ) else {
            eprintln!("WEBHOOKS_PYTHON isn't set, so nobody is asked");
            return;
        };
        let mut judge = Command::new(python)
            .args([&judge, "--judge"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut asked = judge.stdin.take().unwrap();
        let mut said = BufReader::new(judge.stdout.take().unwrap()).lines();
        let mut ask = |question: serde_json::Value| -> serde_json::Value {
            writeln!(asked, "{question}").unwrap();
            serde_json::from_str(&said.next().unwrap().unwrap()).unwrap()
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let now = now.as_secs();
        let other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        for number in 0..300_u64 {
            let secret = if number % 3 == 0 { other } else { SECRET };
            let body = serde_json::json!({ "number": number, "text": "ü\u{0}👋".repeat(number as usize % 7) });
            let (id, body) = (format!("msg_{number}"), body.to_string());
            // Of ten, four are too old or too new by a minute and more.
            let time = now + 90 * (number % 10) - 400;
            let ours = Signatures::standard([SECRET, other]).unwrap();
            let one = Signatures::standard([SECRET]).unwrap();
            let question =
                serde_json::json!({ "secret": secret, "id": id, "time": time, "body": body });
            let theirs = ask(question).as_str().unwrap().to_owned();
            let by_key = Signatures::standard([secret]).unwrap();
            let signed = by_key.sign(&id, at(time), body.as_bytes()).unwrap();
            assert_eq!(signed["webhook-signature"], theirs);
            let is_now = time.abs_diff(now) <= 300;
            assert_eq!(ours.verify(&signed, body.as_bytes()).is_ok(), is_now);
            let is_valid = is_now && secret == SECRET;
            assert_eq!(one.verify(&signed, body.as_bytes()).is_ok(), is_valid);
            // What both secrets have signed is valid for either side.
            let both = ours.sign(&id, at(time), body.as_bytes()).unwrap();
            let both = both
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
            let both: std::collections::BTreeMap<_, _> = both.collect();
            let question = serde_json::json!({ "secret": secret, "headers": both, "body": body });
            assert_eq!(ask(question), is_now);
            let question = serde_json::json!({ "secret": secret, "headers": both, "body": format!("{body} ") });
            assert_eq!(ask(question), false);
        }
        drop(asked);
        judge.wait().unwrap();
    }
}

mod sent {
    use std::time::Duration;

    use sample_client::types::Event as Happened;
    use sample_client::{Client, Error, Recorder, Retries, Subscriber, TowerTransport};
    use sample_server::webhooks;

    use super::*;
    use crate::provider::answer;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn created() -> Happened {
        serde_json::from_str(CREATED).unwrap()
    }

    #[tokio::test]
    async fn a_sender_and_a_receiver_understand_each_other() {
        let signatures = sample_server::Signatures::standard([SECRET]).unwrap();
        let server = Server::webhooks(Receiver)
            .authenticate(Tokens)
            .verify(&[&webhooks::EVENT], signatures)
            .only_path("/event")
            .build();
        let client = Client::builder("http://api.test")
            .bearer("good")
            .transport(TowerTransport::new(server));
        let client = client.build().unwrap();
        let signed = || sample_client::Signatures::standard([SECRET]).unwrap();
        let url = "https://sub.test/hooks/7?token=t";
        let subscriber = Subscriber::new(url).sign(signed());
        client.webhooks(subscriber).event(created()).await.unwrap();
        let unsigned = client.webhooks(url).event(created()).await.unwrap_err();
        assert_eq!(unsigned.status().unwrap(), 401);
    }

    #[tokio::test(start_paused = true)]
    async fn a_message_is_repeated_with_its_id() {
        let recorder = Recorder::new()
            .response(answer(503, "text/plain", ""))
            .response(answer(500, "text/plain", ""))
            .response(answer(204, "text/plain", ""))
            .response(answer(503, "text/plain", ""));
        let client = Client::builder("http://api.test/base")
            .retries(Retries::new())
            .transport(recorder.clone());
        let client = client.build().unwrap();
        let signatures = sample_client::Signatures::standard([SECRET]).unwrap();
        let subscriber = || Subscriber::new("https://sub.test/a?b=c").sign(signatures.clone());
        let sent = client.webhooks(subscriber()).event(created());
        sent.options(sample_client::CallOptions::new().query("d", "e"))
            .timeout(Duration::from_secs(600))
            .await
            .unwrap();
        let requests = recorder.requests();
        assert_eq!(requests.len(), 3);
        for request in &requests {
            assert_eq!(request.uri, "https://sub.test/a?b=c&d=e");
            let id = &request.headers["webhook-id"];
            assert_eq!(id, requests[0].headers["webhook-id"]);
            assert!(id.to_str().unwrap().starts_with("msg_"));
            assert_eq!(signatures.verify(&request.headers, &request.body), Ok(()));
        }
        // Without an id nobody knows that a message is the same.
        let unsigned = client.webhooks("https://sub.test/").event(created());
        assert_eq!(unsigned.await.unwrap_err().attempts(), 1);
        // An id of one's own goes before.
        let given = client.webhooks(subscriber()).event(created());
        let _ = given.header("webhook-id", "mine").await;
        let last = recorder.requests().pop().unwrap();
        assert_eq!(last.headers["webhook-id"], "mine");
        assert_eq!(signatures.verify(&last.headers, &last.body), Ok(()));
    }

    #[tokio::test]
    async fn what_is_no_url_of_the_web_is_not_asked() {
        let client = Client::builder("http://api.test").transport(Recorder::new());
        let client = client.build().unwrap();
        for url in [
            "",
            "/hooks",
            "file:///etc/passwd",
            "https://",
            "http://a b/",
            "https://a/{id}",
        ] {
            let error = client.webhooks(url).get_event().await.unwrap_err();
            assert!(matches!(error, Error::Request(_)), "{url}: {error}");
        }
        let subscriber = Subscriber::new("https://s.test/?secret=1");
        assert!(!format!("{subscriber:?}").contains("secret"));
    }
}
