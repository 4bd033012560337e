//! From paths to operations.

use std::sync::LazyLock;

use specwright_templates::server::{Route, Routes};

static ROUTES: LazyLock<Routes> = LazyLock::new(|| {
    Routes::new([
        ("DELETE", "/a/{x}"),
        ("GET", "/a/b/d"),
        ("GET", "/a/{x}/c"),
        ("GET", "/a/{x}/{y}"),
        ("PUT", "/a/{x}/{y}"),
        ("GET", "/f/{n}.json"),
        ("GET", "/f/{n}-{m}.txt"),
        ("GET", "/f/{n}"),
        ("GET", "/"),
        ("HEAD", "/a/mine"),
        ("POST", "/a/mine"),
        ("GET", "/caf%C3%A9/%7Bx%7D/50%25"),
        ("GET", "/t/"),
        ("PUT", "/f/{n}"),
        ("GET", "//empty"),
    ])
});

fn found(path: &str) -> (usize, Vec<String>) {
    match ROUTES.find("GET", path) {
        Route::Found(&[operation], values) => (operation, values),
        other => panic!("{path}: {other:?}"),
    }
}

#[test]
fn a_literal_wins_and_gives_way_when_it_leads_nowhere() {
    for (path, operation, values) in [
        ("/", 8, &[] as &[&str]),
        ("/a/b/d", 1, &[]),
        ("/a/b/c", 2, &["b"]),
        ("/a/b/e", 3, &["b", "e"]),
        ("/a/x/c", 2, &["x"]),
        // Values stay as they are until it is known what they are.
        ("/a/x%2Fy/d", 3, &["x%2Fy", "d"]),
        ("/%61/%62/d", 1, &[]),
        ("/t/", 12, &[]),
        ("//empty", 14, &[]),
        // What is encoded in the description is compared decoded, and is no parameter.
        ("/café/{x}/50%25", 11, &[]),
        ("/caf%C3%A9/%7bx}/50%25", 11, &[]),
    ] {
        assert_eq!(
            found(path),
            (operation, values.iter().map(ToString::to_string).collect()),
            "{path}"
        );
    }
    for path in [
        "",
        "a",
        "/a",
        "/a/",
        "/empty",
        "/t",
        "/a/b/d/",
        "/a/b/d/e",
        "/a//c",
        "/a/./c",
        "/a/%2e%2e/c",
        "/a/b/..",
        "//",
    ] {
        assert_eq!(ROUTES.find("GET", path), Route::Unknown, "{path}");
    }
}

#[test]
fn a_segment_may_be_partly_a_parameter() {
    for (path, operation, values) in [
        ("/f/a.json", 5, &["a"] as &[&str]),
        ("/f/a.json.json", 5, &["a.json"]),
        ("/f/.json", 7, &[".json"]),
        ("/f/a-b.txt", 6, &["a", "b"]),
        ("/f/a-b-c.txt", 6, &["a", "b-c"]),
        ("/f/--b.txt", 6, &["-", "b"]),
        ("/f/-b.txt", 7, &["-b.txt"]),
        ("/f/a-.txt", 7, &["a-.txt"]),
        ("/f/ü-ö.txt", 6, &["ü", "ö"]),
        ("/f/x", 7, &["x"]),
        // What is encoded is part of a value, unless nothing else separates them.
        ("/f/a%2Db-c.txt", 6, &["a%2Db", "c"]),
        ("/f/%2D-b.txt", 6, &["%2D", "b"]),
        ("/f/a%2Db.txt", 6, &["a", "b"]),
        ("/f/a%2ejson", 5, &["a"]),
    ] {
        assert_eq!(
            found(path),
            (operation, values.iter().map(ToString::to_string).collect()),
            "{path}"
        );
    }
}

#[test]
fn all_methods_of_a_path_are_told() {
    assert_eq!(
        ROUTES.find("PUT", "/a/x/d"),
        Route::Found(&[4], vec!["x".into(), "d".into()])
    );
    assert_eq!(ROUTES.find("HEAD", "/a/b/d"), Route::Found(&[1], vec![]));
    assert_eq!(ROUTES.find("HEAD", "/a/mine"), Route::Found(&[9], vec![]));
    assert_eq!(
        ROUTES.find("get", "/a/x/d"),
        Route::OtherMethods(vec!["GET", "HEAD", "PUT"])
    );
    assert_eq!(ROUTES.find("GET", "/%ff"), Route::Unreadable);
}

#[test]
fn a_more_concrete_path_gets_the_requests_with_other_methods_too() {
    let others = |method: &str, path: &str| match ROUTES.find(method, path) {
        Route::OtherMethods(methods) => methods.join(" "),
        other => panic!("{method} {path}: {other:?}"),
    };
    assert_eq!(others("DELETE", "/a/mine"), "HEAD POST");
    assert_eq!(others("PUT", "/a/b/d"), "GET HEAD");
    // Concrete in one segment, like the other in the next.
    assert_eq!(others("PUT", "/a/x/c"), "GET HEAD");
    // Of two segments with values neither is concrete.
    assert_eq!(
        ROUTES.find("PUT", "/f/a.json"),
        Route::Found(&[13], vec!["a.json".into()])
    );
    assert_eq!(others("POST", "/f/a.json"), "GET HEAD PUT");
}

/// `/x/{b}` with `GET`, `/{a}/y` with `PUT`: either may be meant by `/x/y`.
#[test]
fn of_two_paths_that_are_concrete_in_different_places_the_method_chooses() {
    let crossed = Routes::new([("GET", "/x/{b}"), ("PUT", "/{a}/y"), ("PATCH", "/{a}/{b}")]);
    assert_eq!(
        crossed.find("GET", "/x/y"),
        Route::Found(&[0], vec!["y".into()])
    );
    assert_eq!(
        crossed.find("PUT", "/x/y"),
        Route::Found(&[1], vec!["x".into()])
    );
    // `/{a}/{b}` is a counterpart of both.
    assert_eq!(
        crossed.find("PATCH", "/x/y"),
        Route::OtherMethods(vec!["GET", "HEAD", "PUT"])
    );
}

/// `/{a}{b}` and `/{a}{b}{c}.txt`: nothing tells where the first value ends.
#[test]
fn of_parameters_that_touch_the_first_is_one_character() {
    let touching = Routes::new([("GET", "/{a}{b}"), ("GET", "/{a}{b}{c}.txt")]);
    let values = |path: &str| match touching.find("GET", path) {
        Route::Found(&[operation], values) => Some((operation, values.join(" "))),
        _ => None,
    };
    for (path, expected) in [
        ("/abc", Some((0, "a bc"))),
        ("/%41%42", Some((0, "%41 %42"))),
        // A character of several bytes stays whole.
        ("/%C3%A9t%C3%A9", Some((0, "%C3%A9 t%C3%A9"))),
        ("/été", Some((0, "é té"))),
        ("/abcd.txt", Some((1, "a b cd"))),
        ("/ab.txt", Some((0, "a b.txt"))),
        ("/a", None),
        ("/%C3%A9", None),
    ] {
        let expected = expected.map(|(operation, values)| (operation, values.to_owned()));
        assert_eq!(values(path), expected, "{path}");
    }
}

#[test]
fn operations_with_one_method_and_path_are_found_in_their_order() {
    let shared = Routes::new([("GET", "/{a}"), ("PUT", "/{a}"), ("GET", "/{b}")]);
    assert_eq!(
        shared.find("HEAD", "/x"),
        Route::Found(&[0, 2], vec!["x".into()])
    );
}
