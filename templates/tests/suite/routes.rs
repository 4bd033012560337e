//! Routing of paths to operations.

use std::sync::LazyLock;

use http::HeaderValue;
use specwright_templates::server::{PathValues, Route, Routes};

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
    match found_in(&ROUTES, "GET", path) {
        (&[operation], values) => (operation, values),
        other => panic!("{path}: {other:?}"),
    }
}

fn found_in<'r>(routes: &'r Routes, method: &str, path: &str) -> (&'r [usize], Vec<String>) {
    match routes.find(method, path, 0) {
        Route::Found(operations, values) => (operations, texts(path, &values)),
        other => panic!("{path}: {other:?}"),
    }
}

/// The values of a path, as they are in the URL.
fn texts(path: &str, values: &PathValues) -> Vec<String> {
    values.iter().map(|place| path[place].to_owned()).collect()
}

fn other_methods(allow: &'static str) -> Route<'static> {
    Route::OtherMethods(HeaderValue::from_static(allow))
}

#[test]
fn a_literal_wins_and_gives_way_when_it_leads_nowhere() {
    for (path, operation, values) in [
        ("/", 8, &[] as &[&str]),
        ("/a/b/d", 1, &[]),
        ("/a/b/c", 2, &["b"]),
        ("/a/b/e", 3, &["b", "e"]),
        ("/a/x/c", 2, &["x"]),
        // Values aren't decoded by routing.
        ("/a/x%2Fy/d", 3, &["x%2Fy", "d"]),
        ("/%61/%62/d", 1, &[]),
        ("/t/", 12, &[]),
        ("//empty", 14, &[]),
        // Percent-encoded text of the description is compared decoded, and isn't a parameter.
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
        assert_eq!(ROUTES.find("GET", path, 0), Route::Unknown, "{path}");
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
        // Percent-encoded text belongs to a value, unless it is the only possible separator.
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
    let found = |method: &str, path: &str| found_in(&ROUTES, method, path);
    assert_eq!(
        found("PUT", "/a/x/d"),
        (&[4][..], vec!["x".into(), "d".into()])
    );
    assert_eq!(found("HEAD", "/a/b/d"), (&[1][..], vec![]));
    assert_eq!(found("HEAD", "/a/mine"), (&[9][..], vec![]));
    assert_eq!(
        ROUTES.find("get", "/a/x/d", 0),
        other_methods("GET, HEAD, OPTIONS, PUT")
    );
    for path in ["/%ff", "/a/%2", "/a/b%2/d", "/unknown/%C3/%A9"] {
        assert_eq!(ROUTES.find("GET", path, 0), Route::Unreadable, "{path}");
    }
}

#[test]
fn a_more_concrete_path_gets_the_requests_with_other_methods_too() {
    let others = |method: &str, path: &str| match ROUTES.find(method, path, 0) {
        Route::OtherMethods(methods) => methods,
        other => panic!("{method} {path}: {other:?}"),
    };
    assert_eq!(others("DELETE", "/a/mine"), "HEAD, OPTIONS, POST");
    assert_eq!(others("PUT", "/a/b/d"), "GET, HEAD, OPTIONS");
    // More concrete in one segment, equal to the other in the next.
    assert_eq!(others("PUT", "/a/x/c"), "GET, HEAD, OPTIONS");
    // Of two segments with values neither is more concrete.
    assert_eq!(
        found_in(&ROUTES, "PUT", "/f/a.json"),
        (&[13][..], vec!["a.json".into()])
    );
    assert_eq!(others("POST", "/f/a.json"), "GET, HEAD, OPTIONS, PUT");
}

/// `/x/{b}` with `GET`, `/{a}/y` with `PUT`: `/x/y` may mean either.
#[test]
fn of_two_paths_that_are_concrete_in_different_places_the_method_chooses() {
    let crossed = Routes::new([("GET", "/x/{b}"), ("PUT", "/{a}/y"), ("PATCH", "/{a}/{b}")]);
    let found = |method: &str| found_in(&crossed, method, "/x/y");
    assert_eq!(found("GET"), (&[0][..], vec!["y".into()]));
    assert_eq!(found("PUT"), (&[1][..], vec!["x".into()]));
    // `/{a}/{b}` is less concrete than both.
    assert_eq!(
        crossed.find("PATCH", "/x/y", 0),
        other_methods("GET, HEAD, OPTIONS, PUT")
    );
}

/// `/{a}{b}` and `/{a}{b}{c}.txt`: the end of the first value is ambiguous.
#[test]
fn of_parameters_that_touch_the_first_is_one_character() {
    let touching = Routes::new([("GET", "/{a}{b}"), ("GET", "/{a}{b}{c}.txt")]);
    let values = |path: &str| match touching.find("GET", path, 0) {
        Route::Found(&[operation], values) => Some((operation, texts(path, &values).join(" "))),
        _ => None,
    };
    for (path, expected) in [
        ("/abc", Some((0, "a bc"))),
        ("/%41%42", Some((0, "%41 %42"))),
        // A character of several bytes isn't split.
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
        found_in(&shared, "HEAD", "/x"),
        (&[0, 2][..], vec!["x".into()])
    );
}

/// `/1/{a}/…` with more values than the preallocated ones, and a branch that fails after some of them.
#[test]
fn a_path_may_have_any_number_of_values() {
    let many = Routes::new([
        ("GET", "/1/{a}/2/{b}/3/{c}/4/{d}/5/{e}-{f}/6"),
        ("GET", "/1/{a}/2/{b}/3/{c}/{n}/{d}/5/{e}/7"),
    ]);
    let values = |path: &str| {
        let (operations, values) = found_in(&many, "GET", path);
        (operations[0], values.join(" "))
    };
    assert_eq!(
        values("/1/a/2/b/3/c/4/d/5/e-f/6"),
        (0, "a b c d e f".to_owned())
    );
    assert_eq!(
        values("/1/a/2/b/3/c/4/d/5/e-f/7"),
        (1, "a b c 4 d e-f".to_owned())
    );
}

/// Many literal segments with the same beginning.
#[test]
fn literals_that_begin_alike_are_told_apart() {
    let names = [
        "code",
        "code-scanning",
        "code-security",
        "code-sec",
        "",
        "c",
    ];
    let paths = [
        "/code",
        "/code-scanning",
        "/code-security",
        "/code-sec",
        "/",
        "/c",
    ];
    let alike = Routes::new(paths.map(|path| ("GET", path)));
    for (index, name) in names.iter().enumerate() {
        let path = format!("/{name}");
        assert_eq!(found_in(&alike, "GET", &path), (&[index][..], vec![]));
    }
    for path in [
        "/code-scan",
        "/code-scannin",
        "/code-securityx",
        "/cod",
        "/\0code",
    ] {
        assert_eq!(alike.find("GET", path, 0), Route::Unknown, "{path}");
    }
}

/// A path of the API after the base path of the server: values are positions in the whole path.
#[test]
fn a_path_may_begin_behind_a_base_path() {
    match ROUTES.find("GET", "/base/a/x/c", 5) {
        Route::Found(&[2], values) => assert_eq!(texts("/base/a/x/c", &values), ["x"]),
        other => panic!("{other:?}"),
    }
    assert_eq!(ROUTES.find("GET", "/base", 5), Route::Unknown);
}

/// Segments of every length, of which some have a slash or a percent sign where eight bytes begin or end.
#[test]
fn segments_of_any_length_are_found() {
    let routes = Routes::new([("GET", "/a/{x}/{y}"), ("GET", "/{x}")]);
    for length in 1..40 {
        for encoded in 0..length {
            let mut first = "x".repeat(length);
            first.replace_range(encoded..=encoded, "%41");
            let second = "y".repeat(length);
            let path = format!("/a/{first}/{second}");
            let found = found_in(&routes, "GET", &path);
            assert_eq!(found, (&[0][..], vec![first.clone(), second]), "{path}");
            let path = format!("/{first}");
            assert_eq!(found_in(&routes, "GET", &path), (&[1][..], vec![first]));
        }
    }
}

/// Values are ranges of the path: nothing is allocated unless a segment is percent-encoded or a path has more than four values.
#[test]
fn nothing_is_allocated_to_find_an_operation() {
    let paths = [
        "/",
        "/a/b/d",
        "/a/b/c",
        "/a/b/e",
        "/f/x.json",
        "/f/x-y.txt",
        "/f/x",
        "/nowhere",
    ];
    let allocations = |path: &str| {
        let find = || drop(ROUTES.find("GET", path, 0));
        allocation_counter::measure(find).count_total
    };
    // The tree is built by the first request.
    ROUTES.find("GET", "/", 0);
    for path in paths {
        assert_eq!(allocations(path), 0, "{path}");
    }
    assert_eq!(allocations("/a/%62/d"), 1, "a segment that is decoded");
}
