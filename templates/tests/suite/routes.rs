//! From paths to operations.

use specwright_templates::server::{Node, Route};

const fn leaf(methods: &'static [(&'static str, usize)]) -> Node {
    Node {
        methods,
        ..Node::EMPTY
    }
}

/// `/a/b/d`, `/a/{x}/c`, `/a/{x}/{y}`, `/f/{n}.json`, `/f/{n}-{m}.txt`, `/f/{n}`, `/t/`, `/`, `/a/mine`
static ROUTES: Node = Node {
    literals: &[
        ("", leaf(&[("GET", 8)])),
        (
            "a",
            Node {
                literals: &[
                    (
                        "b",
                        Node {
                            literals: &[("d", leaf(&[("GET", 1)]))],
                            ..Node::EMPTY
                        },
                    ),
                    ("mine", leaf(&[("HEAD", 9), ("POST", 10)])),
                ],
                parameter: Some(&Node {
                    literals: &[("c", leaf(&[("GET", 2)]))],
                    parameter: Some(&leaf(&[("GET", 3), ("PUT", 4)])),
                    methods: &[("DELETE", 11)],
                    ..Node::EMPTY
                }),
                ..Node::EMPTY
            },
        ),
        (
            "f",
            Node {
                patterns: &[
                    (&["", ".json"], leaf(&[("GET", 5)])),
                    (&["", "-", ".txt"], leaf(&[("GET", 6)])),
                ],
                parameter: Some(&leaf(&[("GET", 7)])),
                ..Node::EMPTY
            },
        ),
        (
            "t",
            Node {
                literals: &[("", leaf(&[("GET", 12)]))],
                ..Node::EMPTY
            },
        ),
    ],
    ..Node::EMPTY
};

fn found(path: &str) -> (usize, Vec<String>) {
    match ROUTES.find("GET", path) {
        Route::Found(operation, values) => (operation, values),
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
fn the_method_counts_and_all_methods_of_a_path_are_told() {
    assert_eq!(
        ROUTES.find("PUT", "/a/b/d"),
        Route::Found(4, vec!["b".into(), "d".into()])
    );
    assert_eq!(ROUTES.find("HEAD", "/a/b/d"), Route::Found(1, vec![]));
    assert_eq!(ROUTES.find("HEAD", "/a/mine"), Route::Found(9, vec![]));
    assert_eq!(
        ROUTES.find("DELETE", "/a/mine"),
        Route::Found(11, vec!["mine".into()])
    );
    assert_eq!(
        ROUTES.find("get", "/a/b/d"),
        Route::OtherMethods(vec!["GET", "HEAD", "PUT"])
    );
    assert_eq!(
        ROUTES.find("PATCH", "/a/mine"),
        Route::OtherMethods(vec!["DELETE", "HEAD", "POST"])
    );
    assert_eq!(ROUTES.find("GET", "/%ff"), Route::Unreadable);
}

/// `/{a}{b}` and `/{a}{b}{c}.txt`: nothing tells where the first value ends.
#[test]
fn of_parameters_that_touch_the_first_is_one_character() {
    static TOUCHING: Node = Node {
        patterns: &[
            (&["", "", "", ".txt"], leaf(&[("GET", 1)])),
            (&["", "", ""], leaf(&[("GET", 0)])),
        ],
        ..Node::EMPTY
    };
    let values = |path: &str| match TOUCHING.find("GET", path) {
        Route::Found(operation, values) => Some((operation, values.join(" "))),
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
