//! Typed mocks.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use sample_client::files::{GetEvents, GetEventsResponse, GetFile, GetTalk, UploadFileForm};
use sample_client::oauth::{
    CreateOAuthApp, DeleteOAuthApp, GetOAuthApp, GetOAuthAppIcon, GetOAuthApps,
};
use sample_client::runtime::{Expectation, Mock, MockReply, Mockable};
use sample_client::types::{AppError, CreateOAuthAppBody, OAuthApp};
use sample_client::{Body, Client, Error, File, Retries};
use serde_json::json;

use crate::provider::body;

/// A client of a mock that has every credential.
fn client(mock: &Mock) -> Client {
    let client = Client::mocked(mock).bearer("t0ken").key("k3y");
    client.retries(Retries::none()).build().unwrap()
}

fn app(id: &str) -> OAuthApp {
    serde_json::from_value(json!({ "id": id, "name": id, "callback_urls": [] })).unwrap()
}

fn app_error(id: &str) -> AppError {
    serde_json::from_value(json!({ "id": id, "message": "no" })).unwrap()
}

/// What a panic says, without a message on the terminal of its own thread.
async fn panic_of<F: Future + Send + 'static>(future: F) -> String
where
    F::Output: Send,
{
    let failed = tokio::spawn(future).await.map(|_| ()).unwrap_err();
    text_of(failed.into_panic())
}

fn text_of(panic: Box<dyn std::any::Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => (*panic.downcast::<&str>().unwrap()).to_owned(),
    }
}

/// What dropping a mock says of what wasn't met.
fn dropped(mock: Mock) -> String {
    text_of(catch_unwind(AssertUnwindSafe(|| drop(mock))).unwrap_err())
}

#[tokio::test]
async fn an_expected_call_gets_its_typed_response() {
    let mock = Mock::new();
    let client = client(&mock);
    let oauth = client.oauth();
    mock.expect(oauth.get_oauth_app("a/1")).respond(app("a/1"));
    mock.expect(oauth.create_oauth_app(body())).respond(
        MockReply::ok(app("new"))
            .with_status(201)
            .header("x-request-id", "r1"),
    );
    mock.expect(oauth.delete_oauth_app("a1")).respond(());
    assert_eq!(oauth.get_oauth_app("a/1").await.unwrap().id, "a/1");
    let created = oauth.create_oauth_app(body()).send().await.unwrap();
    assert_eq!(
        (created.status().as_u16(), created.request_id()),
        (201, Some("r1"))
    );
    assert_eq!(created.id, "new");
    oauth.delete_oauth_app("a1").await.unwrap();
    let calls = mock.calls();
    let ids: Vec<&str> = calls.iter().map(|call| call.operation.id).collect();
    assert_eq!(ids, ["GetOAuthApp", "CreateOAuthApp", "DeleteOAuthApp"]);
    assert_eq!(calls[0].header("authorization"), Some("Bearer t0ken"));
    assert_eq!(
        mock.calls_of::<GetOAuthApp>()[0].path::<String>("app_id"),
        "a/1"
    );
    mock.verify();
}

#[tokio::test]
async fn a_reply_is_made_of_the_typed_parts_of_the_call() {
    let mock = Mock::new();
    let oauth = client(&mock).oauth();
    mock.on::<GetOAuthApps>().respond_with(|call| {
        let (page, ids) = (call.query("page").unwrap_or(0_i64), call.query_all("ids"));
        let wanted = ids
            .into_iter()
            .map(|id: String| app(&format!("{id}{page}")));
        wanted.collect::<Vec<OAuthApp>>()
    });
    mock.on::<GetOAuthApp>().respond_with(|call| {
        let id: String = call.path("app_id");
        match id.as_str() {
            "gone" => MockReply::error(404, app_error("gone")),
            id => app(id).into(),
        }
    });
    let apps = oauth
        .get_oauth_apps()
        .page(2)
        .ids(["a&b", "c"])
        .await
        .unwrap();
    let ids: Vec<&str> = apps.iter().map(|app| app.id.as_str()).collect();
    assert_eq!(ids, ["a&b2", "c2"]);
    assert_eq!(oauth.get_oauth_app("ü 1").await.unwrap().id, "ü 1");
    match oauth.get_oauth_app("gone").await.unwrap_err() {
        Error::Api(error) => {
            assert_eq!(error.status().as_u16(), 404);
            assert_eq!(error.body().unwrap().id.as_deref(), Some("gone"));
        }
        other => panic!("{other}"),
    }
    mock.on::<CreateOAuthApp>()
        .when(|call| call.json::<CreateOAuthAppBody>().name == "ci")
        .respond_with(|call| app(&call.json::<CreateOAuthAppBody>().name));
    assert_eq!(oauth.create_oauth_app(body()).await.unwrap().id, "ci");
}

#[tokio::test]
async fn responses_come_one_after_the_other_and_the_last_one_stays() {
    let mock = Mock::new();
    let client = Client::mocked(&mock).bearer("t").key("k");
    let quick = Retries::new().base_delay(Duration::from_millis(1));
    let client = client.retries(quick).build().unwrap();
    let get = || client.oauth().get_oauth_app("a1");
    mock.expect(get())
        .respond(MockReply::status(503))
        .respond(MockReply::disconnect())
        .respond(app("a1"));
    let response = get().send().await.unwrap();
    assert_eq!(response.id, "a1");
    let attempts: Vec<u32> = mock.calls().iter().map(|call| call.attempt).collect();
    assert_eq!(attempts, [1, 2, 3]);
    assert_eq!(get().await.unwrap().id, "a1");
    let delete = || client.oauth().delete_oauth_app("a1");
    mock.expect(delete()).times(1).respond(());
    mock.expect(delete())
        .respond(MockReply::json(404, &json!({ "message": "gone" })));
    delete().await.unwrap();
    let error = delete().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
}

#[tokio::test]
async fn errors_are_those_of_documents_of_transports_and_of_nobody() {
    let mock = Mock::new();
    let client = client(&mock);
    let get = || client.oauth().get_oauth_app("a1");
    mock.on::<GetOAuthApp>()
        .respond(MockReply::error(403, app_error("api.denied")))
        .respond(MockReply::status(418))
        .respond(MockReply::disconnect())
        .respond(MockReply::timeout())
        .respond(MockReply::json(200, &json!({ "id": 7 })))
        .respond(MockReply::status(99));
    let error = get().await.unwrap_err();
    assert!(
        matches!(&error, Error::Api(error) if error.body().unwrap().id.as_deref() == Some("api.denied"))
    );
    let error = get().await.unwrap_err();
    assert!(
        matches!(&error, Error::Unexpected(response) if response.status() == 418),
        "{error}"
    );
    let error = get().await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }) && error.is_retryable());
    assert!(matches!(get().await.unwrap_err(), Error::Timeout { .. }));
    assert!(matches!(get().await.unwrap_err(), Error::Decode(_)));
    let error = get().await.unwrap_err();
    assert!(error.to_string().contains("99 is not a status"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_reply_takes_its_time() {
    let mock = Mock::new();
    let client = Client::mocked(&mock)
        .bearer("t")
        .timeout(Duration::from_secs(5));
    let client = client.build().unwrap();
    let get = || client.oauth().get_oauth_app("a1");
    mock.on::<GetOAuthApp>()
        .respond(MockReply::ok(app("a1")).after(Duration::from_secs(4)))
        .respond(MockReply::ok(app("a1")).after(Duration::from_secs(6)));
    let (begin, really) = (tokio::time::Instant::now(), Instant::now());
    get().await.unwrap();
    assert_eq!(begin.elapsed().as_secs(), 4);
    assert!(matches!(get().await.unwrap_err(), Error::Timeout { .. }));
    assert!(really.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn streams_pages_enums_and_forms_are_mocked_too() {
    let mock = Mock::new();
    let client = client(&mock);
    let files = client.files();
    mock.on::<GetFile>().respond_with(|call| {
        let name: String = call.path("name");
        MockReply::ok(Body::from(name))
    });
    let file = files.get_file("a").await.unwrap();
    assert_eq!(file.bytes().await.unwrap(), "a");
    mock.on::<GetTalk>()
        .respond_with(|_| MockReply::bytes(200, "text/event-stream", "data: one\n\ndata: two\n\n"));
    let mut talk = files.get_talk().await.unwrap();
    assert_eq!(talk.next().await.unwrap().unwrap().data, "one");
    mock.on::<GetEvents>()
        .respond_with(|_| GetEventsResponse::Ok(vec![app("a")]));
    let events = files.get_events().await.unwrap();
    assert!(matches!(events, GetEventsResponse::Ok(apps) if apps.len() == 1));
    let oauth = client.oauth();
    mock.expect(oauth.get_oauth_apps().per_page(2))
        .respond(vec![app("a"), app("b")]);
    mock.expect(oauth.get_oauth_apps().per_page(2).page(1))
        .respond(vec![]);
    let all = oauth.get_oauth_apps().paginate().page_size(2).items();
    assert_eq!(all.collect().await.unwrap().len(), 2);
    mock.on::<GetOAuthAppIcon>().respond_with(|call| {
        let (id, size): (String, i32) = (call.path("app_id"), call.path("size"));
        MockReply::ok(Body::from(format!("{id}: {size}")))
    });
    let icon = oauth.get_oauth_app_icon("a.png", 32).await.unwrap();
    assert_eq!(icon.bytes().await.unwrap(), "a.png: 32");
    // Boundaries of forms are random, and mean nothing.
    let form = |note: &str| {
        let file = File::new("x").name("a.txt");
        UploadFileForm::new(file).note(note)
    };
    mock.expect(files.upload_file(form("same")))
        .respond("ok".to_owned());
    assert_eq!(files.upload_file(form("same")).await.unwrap(), "ok");
    let other = files.upload_file(form("other"));
    let said = panic_of(async move { other.await }).await;
    assert!(said.contains("the body is"), "{said}");
    let said = text_of(catch_unwind(AssertUnwindSafe(|| mock.verify())).unwrap_err());
    assert!(said.starts_with("unexpected call: POST"), "{said}");
    std::mem::forget(mock);
}

#[tokio::test]
async fn an_unexpected_call_says_what_was_expected() {
    let mock = Mock::new();
    let client = client(&mock);
    let oauth = client.oauth();
    mock.expect(oauth.get_oauth_app("a1"))
        .times(1)
        .respond(app("a1"));
    mock.expect(oauth.create_oauth_app(body()))
        .times(0..)
        .respond(app("a2"));
    mock.expect(oauth.get_oauth_apps().page(1))
        .times(..)
        .respond(vec![]);
    oauth.get_oauth_app("a1").await.unwrap();
    let calls = [
        panic_of(oauth.get_oauth_app("a1").into_future()).await,
        panic_of(oauth.get_oauth_app("a2").into_future()).await,
        panic_of(oauth.create_oauth_app(body().lifetime(3)).into_future()).await,
        panic_of(oauth.get_oauth_apps().page(2).into_future()).await,
        panic_of(oauth.delete_oauth_app("x").into_future()).await,
    ];
    let get = "GET /api/v4/oauth/apps/{app_id} (GetOAuthApp), called 1 times of 1";
    assert!(
        calls[0].starts_with("unexpected call: GET /api/v4/oauth/apps/a1 (GetOAuthApp)\n"),
        "{}",
        calls[0]
    );
    for (call, expected) in calls.iter().zip([
        format!("expected was {get}: not once more"),
        format!("expected was {get}: the path is /api/v4/oauth/apps/a2, not /api/v4/oauth/apps/a1"),
        "/lifetime of the body is 3, it should be missing".to_owned(),
        "the query is page=2, not page=1".to_owned(),
        format!("expected was {get}: another operation"),
    ]) {
        assert!(call.contains(&expected), "{expected}\n{call}");
    }
    // A call of nothing that was expected is told once more where nobody may have seen the panic.
    let said = dropped(mock);
    assert_eq!(said.matches("unexpected call").count(), 5, "{said}");
}

#[tokio::test]
async fn what_was_not_called_often_enough_is_told_at_the_end() {
    let mock = Mock::new();
    let client = client(&mock);
    mock.expect(client.oauth().delete_oauth_app("a1"));
    mock.on::<GetOAuthApp>().times(2..).respond(app("a1"));
    mock.on::<GetOAuthApps>().respond(vec![]);
    client.oauth().get_oauth_app("any").await.unwrap();
    let said = dropped(mock);
    assert_eq!(
        said,
        "expected calls that weren't made:\
         \n  DELETE /api/v4/oauth/apps/{app_id} (DeleteOAuthApp), called 0 times of 1 or more\
         \n  GET /api/v4/oauth/apps/{app_id} (GetOAuthApp), called 1 times of 2 or more"
    );
}

#[tokio::test]
async fn what_can_not_be_expected_or_has_no_response_is_told() {
    let mock = Mock::new();
    let client = client(&mock);
    let oauth = client.oauth();
    let refused = |call: DeleteOAuthApp| {
        text_of(
            catch_unwind(AssertUnwindSafe(|| mock.expect(call).times(1)))
                .map(drop)
                .unwrap_err(),
        )
    };
    let said = refused(oauth.delete_oauth_app(".."));
    assert!(
        said.contains("can't be expected") && said.contains("app_id"),
        "{said}"
    );
    let pending = Body::unfold((), |()| std::future::pending::<Result<_, std::io::Error>>());
    let said = text_of(
        catch_unwind(AssertUnwindSafe(|| {
            mock.expect(client.files().set_file("a", pending)).times(1);
        }))
        .unwrap_err(),
    );
    assert!(said.contains("its body is a stream"), "{said}");
    fn unanswered<C: Mockable>(_: Expectation<'_, C>) {}
    unanswered(mock.on::<DeleteOAuthApp>());
    let said = panic_of(oauth.delete_oauth_app("a").into_future()).await;
    assert!(said.contains("was called, and has no response"), "{said}");
    mock.on::<GetOAuthApp>()
        .respond_with(|call| app(&call.path::<u8>("app_id").to_string()));
    let said = panic_of(oauth.get_oauth_app("a").into_future()).await;
    assert!(
        said.contains(r#"the path parameter "app_id" must be"#),
        "{said}"
    );
    std::mem::forget(mock);
}

#[test]
fn blocking_calls_are_mocked() {
    let mock = Mock::new();
    let client = client(&mock);
    mock.on::<GetOAuthApp>().respond(app("a1"));
    let app = client.oauth().get_oauth_app("a1").send_blocking().unwrap();
    assert_eq!(app.id, "a1");
}
