//! Handlers in tests with random requests: typed ones by proptest, and all that the description allows.

use crate::provider::{Provider, Session, Tokens};
use proptest::arbitrary::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use sample_client::Client;
use sample_server::oauth::*;
use sample_server::types::*;
use sample_server::{Body, Call, FilesApi, Problem, Server, ShopApi, ValuesApi};
use specwright::mock::{Fuzz, Report};

/// A provider with faults.
struct Faulty;

impl FilesApi for Faulty {}
impl ShopApi for Faulty {}
impl ValuesApi for Faulty {}

impl OauthApi for Faulty {
    type Session = Session;

    async fn create_oauth_app(
        &self,
        _: Call<Session>,
        body: CreateOAuthAppBody,
    ) -> Result<OAuthApp, CreateOAuthAppError> {
        // Who cuts text in the middle of a letter panics.
        let short = if body.name.len() > 12 {
            &body.name[..12]
        } else {
            &body.name
        };
        Ok(OAuthApp::new(OAuthAppRequired {
            id: "a1".to_owned(),
            name: short.to_owned(),
            callback_urls: body.callback_urls,
        }))
    }

    async fn get_oauth_app(
        &self,
        _: Call<Option<Session>>,
        app_id: String,
    ) -> Result<OAuthApp, GetOAuthAppError> {
        if app_id == "a1" {
            // Only reached with the id of an app that was created.
            return Err(Problem::new(http::StatusCode::CONFLICT).into());
        }
        Err(GetOAuthAppError::NotFound(AppError::new()))
    }

    async fn get_oauth_app_icon(
        &self,
        _: Call,
        _: String,
        _: i32,
    ) -> Result<Body, GetOAuthAppIconError> {
        Ok(Body::from("no icon").content_type("text/plain"))
    }
}

fn faulty() -> Server<Faulty, Tokens> {
    Server::builder(Faulty).authenticate(Tokens).build()
}

#[test]
fn a_fault_is_found_by_typed_requests_and_made_small() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let client = Client::over(faulty()).bearer("good").no_retries();
    let client = client.build().unwrap();
    let config = Config {
        cases: 500,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let result = runner.run(&any::<CreateOAuthAppBody>(), |body| {
        let call = client.oauth().create_oauth_app(body).send();
        let app = runtime.block_on(call);
        app.map_err(|error| TestCaseError::fail(error.to_string()))?;
        Ok(())
    });
    let Err(TestError::Fail(why, body)) = result else {
        panic!("{result:?}");
    };
    assert!(why.message().contains("500"), "{why}");
    // As short as names can be that are cut within a letter, and nothing else.
    assert!(!body.name.is_char_boundary(12), "{body:?}");
    assert!(body.name.chars().count() <= 13, "{body:?}");
    assert_eq!(
        serde_json::to_value(&body)
            .unwrap()
            .as_object()
            .unwrap()
            .len(),
        2
    );
}

fn fuzz(operations: &[&str]) -> Fuzz {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/sample/sample.yaml");
    let fuzz = Fuzz::new(spec).unwrap().bearer("good").cases(40);
    let operations = operations.iter();
    operations.fold(fuzz, |fuzz, operation| fuzz.only(*operation))
}

fn found(report: &Report) -> Vec<String> {
    let findings = report.findings().iter();
    let findings = findings.map(|finding| format!("{}: {}", finding.operation, finding.what));
    let mut findings: Vec<String> = findings.collect();
    findings.sort();
    findings
}

#[tokio::test]
async fn faults_are_found_by_requests_that_the_description_allows() {
    let fuzz = fuzz(&["CreateOAuthApp", "GetOAuthApp", "GetOAuthAppIcon"]);
    let report = fuzz.run(faulty()).await;
    assert_eq!(
        found(&report),
        [
            "GET /api/v4/oauth/apps/{app_id}/icon-{size}.png: 200 is text/plain, which isn't described",
            "GET /api/v4/oauth/apps/{app_id}: the status 409 isn't described",
            "POST /api/v4/oauth/apps: the status 500 isn't described",
        ],
        "{report}"
    );
    let statuses = report.statuses("POST /api/v4/oauth/apps");
    assert!(statuses[&201] > 10 && statuses[&500] > 0, "{statuses:?}");
    let text = report.to_string();
    assert!(
        text.contains("authorization: …") && !text.contains("good"),
        "{text}"
    );
    let twice = fuzz.run(faulty()).await;
    assert_eq!(text, twice.to_string());
}

#[tokio::test]
async fn a_service_without_faults_has_no_findings() {
    let server = Server::builder(Provider).authenticate(Tokens).build();
    let fuzz = fuzz(&[
        "CreateOAuthApp",
        "GetOAuthApp",
        "GetOAuthApps",
        "RegisterOAuthClient",
        "SetOAuthAppIcon",
        "UploadRelated",
    ]);
    let report = fuzz.run(server).await;
    assert_eq!(found(&report), [""; 0], "{report}");
    let undrawn: Vec<_> = report.undrawn().collect();
    let related = "bodies in multipart/related aren't made";
    assert_eq!(undrawn, [("POST /files/related", related)], "{report}");
}
