//! Lists that are requested page by page.

use std::time::Duration;

use futures_util::StreamExt;
use sample_client::runtime::{CallOptions, PagePosition, Recorder};
use sample_client::{Body, BoxFuture, Client, Error, Transport, TransportError, types};
use serde_json::{Value, json};

fn client(recorder: &Recorder) -> Client {
    let client = Client::builder("http://lists.test").transport(recorder.clone());
    client.build().unwrap()
}

/// The queries of all requests, in order.
fn queries(recorder: &Recorder) -> Vec<String> {
    let requests = recorder.requests();
    let queries = requests.iter().map(|request| request.uri.query());
    queries
        .map(|query| query.unwrap_or_default().to_owned())
        .collect()
}

fn apps(ids: &[&str]) -> Value {
    let apps = ids
        .iter()
        .map(|id| json!({ "id": id, "name": id, "callback_urls": [] }));
    Value::Array(apps.collect())
}

#[tokio::test]
async fn numbered_pages_end_with_an_empty_one() {
    let recorder = Recorder::new()
        .json(200, &apps(&["a", "b"]))
        .json(200, &apps(&["c"]))
        .json(200, &apps(&[]));
    let call = client(&recorder).oauth().get_oauth_apps().ids(["x&y"]);
    let apps = call
        .paginate()
        .page_size(2)
        .items()
        .collect()
        .await
        .unwrap();
    let ids: Vec<&str> = apps.iter().map(|app| app.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(
        queries(&recorder),
        [
            "ids=x%26y&per_page=2",
            "ids=x%26y&per_page=2&page=1",
            "ids=x%26y&per_page=2&page=2"
        ]
    );
}

#[tokio::test]
async fn a_list_goes_on_from_the_page_that_is_asked_for() {
    let recorder = Recorder::new()
        .json(200, &apps(&["a"]))
        .json(200, &apps(&["b"]));
    let call = client(&recorder).oauth().get_oauth_apps().page(7);
    let mut pages = call.paginate().max_pages(2);
    assert_eq!(pages.next().await.unwrap().unwrap().body().len(), 1);
    let position = pages.position().unwrap();
    assert_eq!(position.as_str(), "page=8");
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.is_none());

    let again = Recorder::new().json(200, &apps(&[]));
    let kept = PagePosition::new(position.to_string());
    let mut pages = client(&again)
        .oauth()
        .get_oauth_apps()
        .paginate()
        .resume(&kept);
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.is_none());
    assert_eq!(queries(&again), ["page=8"]);
}

#[tokio::test]
async fn a_list_ends_with_an_error_and_can_be_resumed() {
    let recorder = Recorder::new()
        .json(200, &apps(&["a"]))
        .json(403, &json!({ "message": "no" }));
    let mut items = client(&recorder)
        .oauth()
        .get_oauth_apps()
        .paginate()
        .items();
    assert_eq!(items.next().await.unwrap().unwrap().id, "a");
    assert!(matches!(items.next().await, Some(Err(Error::Api(error))) if error.status() == 403));
    assert!(items.next().await.is_none());
    assert_eq!(items.position().unwrap().as_str(), "page=1");
}

#[tokio::test]
async fn tokens_are_taken_from_the_page_before() {
    let recorder = Recorder::new()
        .json(200, &json!({ "words": ["a"], "next_cursor": "t/2" }))
        .json(200, &json!({ "words": [], "next_cursor": "t3" }))
        .json(200, &json!({ "words": ["b"], "next_cursor": null }));
    let call = client(&recorder).files().list_tokens();
    let words = call
        .paginate()
        .page_size(1)
        .items()
        .collect()
        .await
        .unwrap();
    assert_eq!(words, ["a", "b"]);
    assert_eq!(
        queries(&recorder),
        ["limit=1", "limit=1&cursor=t%2F2", "limit=1&cursor=t3"]
    );
}

#[tokio::test]
async fn a_token_that_comes_again_is_an_error() {
    let page = json!({ "words": ["a"], "next_cursor": "same" });
    let recorder = Recorder::new().json(200, &page).json(200, &page);
    let mut items = client(&recorder).files().list_tokens().paginate().items();
    for _ in 0..2 {
        assert_eq!(items.next().await.unwrap().unwrap(), "a");
    }
    let error = items.next().await.unwrap().unwrap_err().to_string();
    assert!(error.contains("itself the next one"), "{error}");
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn offsets_count_what_came() {
    let recorder = Recorder::new()
        .json(200, &json!({ "words": ["a", "b"] }))
        .json(200, &json!({ "words": ["c"] }))
        .json(200, &json!({ "words": [] }));
    let call = client(&recorder).files().list_offsets().offset(10);
    assert_eq!(call.paginate().items().collect().await.unwrap().len(), 3);
    assert_eq!(queries(&recorder), ["offset=10", "offset=12", "offset=13"]);
}

#[tokio::test]
async fn numbered_pages_end_with_the_last_if_they_say_how_many_there_are() {
    let page =
        |words: &[&str], count: Value| json!({ "words": words, "meta": { "total_pages": count } });
    let recorder = Recorder::new()
        .json(200, &page(&["a"], 2.into()))
        .json(200, &page(&["b"], 2.into()));
    let call = client(&recorder).files().list_counted();
    assert_eq!(call.paginate().items().collect().await.unwrap(), ["a", "b"]);
    assert_eq!(queries(&recorder), ["", "page=2"]);
    // One that doesn't know it says nothing, or 0.
    let recorder = Recorder::new()
        .json(200, &page(&["a"], Value::Null))
        .json(200, &page(&["b"], 0.into()))
        .json(200, &page(&[], 0.into()));
    let call = client(&recorder).files().list_counted();
    assert_eq!(call.paginate().items().collect().await.unwrap(), ["a", "b"]);
    assert_eq!(queries(&recorder), ["", "page=2", "page=3"]);
}

#[tokio::test]
async fn the_last_item_leads_on_as_long_as_there_are_more() {
    let recorder = Recorder::new()
        .json(
            200,
            &json!({ "data": [{ "id": "a" }, { "id": "b" }], "has_more": true }),
        )
        .json(200, &json!({ "data": [{ "id": "c" }], "has_more": false }));
    let call = client(&recorder).files().list_charges();
    assert_eq!(call.paginate().items().collect().await.unwrap().len(), 3);
    assert_eq!(queries(&recorder), ["", "starting_after=b"]);
}

#[tokio::test]
async fn only_the_query_of_a_url_is_followed() {
    let recorder = Recorder::new()
        .json(
            200,
            &json!({ "words": ["a"], "next": "https://elsewhere.test/evil?at=2#x" }),
        )
        .json(200, &json!({ "words": ["b"] }));
    let call = client(&recorder).files().list_urls();
    assert_eq!(call.paginate().items().collect().await.unwrap(), ["a", "b"]);
    let last = recorder.requests().pop().unwrap();
    assert_eq!(last.uri, "http://lists.test/lists/urls?at=2");

    let recorder = Recorder::new().json(
        200,
        &json!({ "words": ["a"], "next": "https://lists.test/2" }),
    );
    let items = client(&recorder).files().list_urls().paginate().items();
    let error = items.collect().await.unwrap_err().to_string();
    assert!(error.contains("has no query"), "{error}");
}

#[tokio::test]
async fn links_are_followed() {
    let recorder = Recorder::new().respond(|request| {
        let link = match request.uri.query() {
            None => "<http://lists.test/1?page=1>; rel=\"prev\", <http://lists.test/1?page=3>; title=\"a\"; rel=\"last next\"",
            Some(_) => "<http://lists.test/1?page=1>; rel=first",
        };
        let response = http::Response::builder()
            .header("content-type", "application/json")
            .header("link", link);
        Ok(response.body("[\"a\"]".into()).unwrap())
    });
    let call = client(&recorder).files().list_links();
    assert_eq!(call.paginate().items().collect().await.unwrap(), ["a", "a"]);
    assert_eq!(queries(&recorder), ["", "page=3"]);
}

#[tokio::test]
async fn a_size_that_cannot_be_asked_for_is_an_error() {
    let recorder = Recorder::new();
    let mut pages = client(&recorder)
        .files()
        .list_offsets()
        .paginate()
        .page_size(5);
    let error = pages.next().await.unwrap().unwrap_err().to_string();
    assert!(error.contains("no parameter for the size"), "{error}");
    assert!(pages.next().await.is_none());
}

#[test]
fn blocking_callers_have_iterators() {
    let recorder = Recorder::new()
        .json(200, &json!({ "words": ["a", "b"], "next_cursor": "2" }))
        .json(200, &json!({ "words": ["c"] }));
    let items = client(&recorder).files().list_tokens().paginate().items();
    let words: Result<Vec<String>, _> = items.blocking().collect();
    assert_eq!(words.unwrap(), ["a", "b", "c"]);
}

#[tokio::test]
async fn pages_and_items_are_streams() {
    let recorder = Recorder::new()
        .json(200, &apps(&["a", "b"]))
        .json(200, &apps(&["c"]))
        .json(200, &apps(&[]))
        .json(200, &apps(&["d"]))
        .json(500, &json!({}));
    let list = || client(&recorder).oauth().get_oauth_apps().paginate();
    let ids = list().items().map(|app| app.unwrap().id);
    assert_eq!(ids.collect::<Vec<_>>().await, ["a", "b", "c"]);
    let lengths = list().map(|page| page.ok().map(|page| page.body().len()));
    assert_eq!(lengths.collect::<Vec<_>>().await, [Some(1), None]);
}

/// A transport that doesn't respond at once.
struct Slow(Recorder);

impl Transport for Slow {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            self.0.send(request).await
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_that_nobody_waits_for_any_more_is_not_asked_for_twice() {
    let recorder = Recorder::new()
        .json(200, &apps(&["a"]))
        .json(200, &apps(&["b"]));
    let client = Client::builder("http://lists.test").transport(Slow(recorder.clone()));
    let list = client.build().unwrap().oauth().get_oauth_apps();
    let mut items = list.paginate().items();
    for _ in 0..3 {
        let short = Duration::from_millis(300);
        assert!(tokio::time::timeout(short, items.next()).await.is_err());
    }
    assert_eq!(items.next().await.unwrap().unwrap().id, "a");
    assert_eq!(items.next().await.unwrap().unwrap().id, "b");
    assert_eq!(recorder.requests().len(), 2);
}

/// The bodies of all requests, in order.
fn bodies(recorder: &Recorder) -> Vec<Value> {
    let requests = recorder.requests();
    let bodies = requests.iter().map(|request| &request.body);
    bodies
        .map(|body| serde_json::from_slice(body).unwrap())
        .collect()
}

#[tokio::test]
async fn a_token_may_be_in_the_body_of_requests() {
    let recorder = Recorder::new()
        .json(200, &json!({ "words": ["a"], "next": "n 1" }))
        .json(200, &json!({ "words": ["b"], "next": "n 2" }))
        .json(200, &json!({ "words": ["c"], "next": null }));
    let client = client(&recorder);
    let body = types::SearchWordsBody::new().words("x");
    let call = client.files().search_words().body(body);
    let words = call.paginate().page_size(1).items().collect();
    assert_eq!(words.await.unwrap(), ["a", "b", "c"]);
    assert_eq!(
        bodies(&recorder),
        [
            json!({ "words": "x", "page": { "size": 1 } }),
            json!({ "words": "x", "page": { "after": "n 1", "size": 1 } }),
            json!({ "words": "x", "page": { "after": "n 2", "size": 1 } }),
        ]
    );
    assert_eq!(queries(&recorder), ["", "", ""]);
    // What isn't about pages is sent as it was written.
    let sent = recorder.requests();
    let text = str::from_utf8(&sent[1].body).unwrap();
    assert!(
        text.starts_with(r#"{"words":"x","page":{"size":1"#),
        "{text}"
    );
}

#[tokio::test]
async fn each_page_has_an_idempotency_key_of_its_own() {
    let recorder = Recorder::new()
        .json(200, &json!({ "words": ["a"], "next": "n 1" }))
        .json(200, &json!({ "words": ["b"], "next": "n 2" }))
        .json(200, &json!({ "words": ["c"], "next": null }));
    let call = client(&recorder).files().search_words();
    let call = call.options(CallOptions::new().idempotency_key("mine"));
    assert_eq!(call.paginate().items().collect().await.unwrap().len(), 3);
    let sent = recorder.requests();
    let keys = sent.iter().map(|sent| &sent.headers["idempotency-key"]);
    let keys: Vec<_> = keys.collect();
    assert_eq!(keys[0], "mine");
    assert!(keys[1] != keys[0] && keys[2] != keys[0] && keys[1] != keys[2]);
}

#[tokio::test]
async fn a_list_by_bodies_goes_on_from_a_position() {
    let page = |next: &str| json!({ "words": ["a"], "next": next });
    let recorder = Recorder::new().json(200, &page("n")).json(200, &page("n"));
    let search = || client(&recorder).files().search_words().paginate();
    let mut pages = search();
    assert!(pages.next().await.unwrap().is_ok());
    let position = pages.position().unwrap();
    assert_eq!(position.as_str(), "\"n\"");
    let mut pages = search().resume(&position);
    assert!(pages.next().await.unwrap().is_ok());
    // The page leads to itself.
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error}");
    let sent = recorder.requests();
    assert!(sent[0].body.is_empty());
    assert_eq!(sent[1].body, r#"{"page":{"after":"n"}}"#);
    assert_eq!(sent[1].headers["content-type"], "application/json");

    let wrong = PagePosition::new("n");
    let error = search().resume(&wrong).next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error}");
}

#[tokio::test]
async fn items_may_be_counted_in_the_body_of_requests() {
    let recorder = Recorder::new()
        .json(200, &json!([1, 2]))
        .json(200, &json!([3]))
        .json(200, &json!([]));
    let body = types::SearchNumbersBody::new(5);
    let call = client(&recorder).files().search_numbers(body);
    let numbers = call.paginate().page_size(2).items().collect();
    assert_eq!(numbers.await.unwrap(), [1, 2, 3]);
    assert_eq!(
        bodies(&recorder),
        [
            json!({ "offset": 5, "limit": 2 }),
            json!({ "offset": 7, "limit": 2 }),
            json!({ "offset": 8, "limit": 2 }),
        ]
    );
}
