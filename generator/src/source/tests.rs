use super::*;
use crate::diag::{Code, Diagnostics};

fn read(text: &str) -> (Sources, Option<FileId>, Vec<(String, usize, usize)>) {
    read_all(&[("openapi.yaml", text)])
}

/// The sources, the entry, and each message as title, line and column.
fn read_all(texts: &[(&str, &str)]) -> (Sources, Option<FileId>, Vec<(String, usize, usize)>) {
    let mut diagnostics = Diagnostics::default();
    let (sources, entry) = Sources::from_texts(texts, &mut diagnostics);
    let said = diagnostics.iter().map(|diagnostic| {
        let (line, column) = match sources.locate(&diagnostic.place) {
            Some((_, position, _)) => (position.line, position.column),
            None => (0, 0),
        };
        (
            format!("{} {}", diagnostic.code.id(), diagnostic.code.title()),
            line,
            column,
        )
    });
    let said = said.collect();
    (sources, entry, said)
}

fn value(text: &str) -> serde_json::Value {
    let (sources, entry, said) = read(text);
    assert_eq!(said, []);
    sources.root(entry.unwrap()).value.into()
}

fn pointer(text: &str) -> Origin {
    Origin {
        file: FileId(0),
        pointer: Pointer::parse(text).unwrap(),
    }
}

/// The marked text.
fn marked(sources: &Sources, place: &Place) -> String {
    let (file, position, length) = sources.locate(place).unwrap();
    let line = sources.text(file).lines().nth(position.line - 1).unwrap();
    line.chars()
        .skip(position.column - 1)
        .take(length)
        .collect()
}

#[test]
fn what_real_documents_do_is_read() {
    let wanted = serde_json::json!({"version": 1.0, "responses": {"200": {"x": null}, "1.0": 1, "true": 2, "null": 3}});
    let block = "version: 1.0\nresponses:\n  200:\n    x:\n  1.0: 1\n  true: 2\n  null: 3\n";
    assert_eq!(value(block), wanted);
    assert_eq!(value(&format!("\u{feff}{block}")), wanted);
    assert_eq!(value(&block.replace('\n', "\r\n")), wanted);
    assert_eq!(value(&format!("---\n{block}---\n")), wanted);
    assert_eq!(
        value(&format!("# nothing yet\n---\n---\n{block}---\nmore\n")),
        wanted
    );
    assert_eq!(
        value(&format!(
            "---\n{block}---\n# Prose: with: colons\n\t- and [ worse\n"
        )),
        wanted
    );
    let json = "{\n\t\"version\": 1.0,\n\t\"responses\": {\"200\": {\"x\": null}, \"1.0\": 1, \"true\": 2, \"null\": 3}\n}";
    assert_eq!(value(json), wanted);
    assert_eq!(
        value("{version: 1.0, responses: {200: {x: }, 1.0: 1, true: 2, null: 3,}}"),
        wanted
    );
}

#[test]
fn documents_that_are_not_read_are_told() {
    let told = "SW0009 only the first YAML document of a file is read, and another one begins here"
        .to_owned();
    let (sources, entry, said) = read("---\na: 1\n---\n# the next\nb: 2\n---\nc: 3\n");
    let value: serde_json::Value = sources.root(entry.unwrap()).value.into();
    assert_eq!(value, serde_json::json!({"a": 1}));
    assert_eq!(said, [(told.clone(), 5, 1)]);
    let (.., said) = read("{\"a\": 1}\n---\n---\n  {\"b\": 2}\n");
    assert_eq!(said, [(told.clone(), 4, 3)]);
    let files = [
        ("openapi.yaml", "a: {$ref: b.yaml}\n"),
        ("b.yaml", "b: 1\n---\nmore: prose\n---\n"),
    ];
    assert_eq!(read_all(&files).2, [(told, 3, 1)]);
}

#[test]
fn numbers_keep_their_value() {
    let wanted =
        serde_json::json!({"max": u64::MAX, "min": i64::MIN, "beyond": 1e20, "inf": ".inf"});
    let text = "max: 18446744073709551615\nmin: -9223372036854775808\nbeyond: 100000000000000000000\ninf: .inf\n";
    assert_eq!(value(text), wanted);
}

#[test]
fn anchors_and_merge_keys_work() {
    let text = "base: &base {a: 1, b: 2}\nmore: &more\n  c: 3\nall:\n  <<: [*base, *more]\n  b: own\nagain: *more\n";
    let wanted = serde_json::json!({"b": "own", "a": 1, "c": 3});
    assert_eq!(value(text)["all"], wanted);
    let (sources, ..) = read(text);
    assert_eq!(marked(&sources, &Place::Value(pointer("/all/c"))), "3");
    assert_eq!(marked(&sources, &Place::Key(pointer("/again/c"))), "c");
    assert_eq!(marked(&sources, &Place::Value(pointer("/again"))), "again");
    assert_eq!(
        read("a: {<<: 3}\n").2[0].0,
        "SW0002 this isn't valid YAML or JSON: a: `<<` merges mappings, not an integer"
    );
}

#[test]
fn every_duplicate_key_is_told() {
    let twice = |key: &str| format!("SW0004 duplicate key `{key}`");
    let (_, _, said) = read("a: 1\nb:\n  200: x\n  '200': y\n  \"200\": z\na: 2\n");
    assert_eq!(
        said,
        [
            (twice("a"), 6, 1),
            (twice("200"), 4, 3),
            (twice("200"), 5, 3)
        ]
    );
    let (_, _, said) = read("{\"a\": {\"b\": 1,\n  \"b\": 2}}");
    assert_eq!(said, [(twice("b"), 2, 3)]);
}

#[test]
fn what_is_no_mapping_is_named() {
    for (text, id, line, column) in [
        ("", "SW0005 this file is empty", 0, 0),
        (
            "---\n# only a comment\n---\n",
            "SW0005 this file is empty",
            0,
            0,
        ),
        (
            "\n  just words\n",
            "SW0003 an API description is a mapping, but this file contains the string `just words`",
            2,
            3,
        ),
        (
            "- a\n- b\n",
            "SW0003 an API description is a mapping, but this file contains a list",
            1,
            1,
        ),
        (
            "a: b: c\n",
            "SW0002 this isn't valid YAML or JSON: mapping values are not allowed in this context",
            1,
            5,
        ),
        (
            "a:\n  - é: [\n",
            "SW0002 this isn't valid YAML or JSON: did not find expected node content, while parsing a flow node",
            3,
            1,
        ),
        (
            "{\"é\": \"x\" \"y\"}",
            "SW0002 this isn't valid YAML or JSON: expected `,` or `}`",
            1,
            11,
        ),
        (
            "a: !!python/object:os.system x\n",
            "SW0002 this isn't valid YAML or JSON: the YAML tag `!!python/object:os.system` means nothing in an API description",
            1,
            4,
        ),
        (
            "a:\n\tb: 1\n",
            "SW0002 this isn't valid YAML or JSON: a tab can't indent YAML, only spaces can",
            2,
            1,
        ),
        (
            "é: 1\nb: \u{1}\n",
            "SW0002 this isn't valid YAML or JSON: control characters are not allowed",
            2,
            4,
        ),
        (
            "a: !thing x\n",
            "SW0002 this isn't valid YAML or JSON: a: the YAML tag `thing` means nothing in an API description",
            1,
            4,
        ),
    ] {
        assert_eq!(read(text).2, [(id.to_owned(), line, column)], "{text:?}");
    }
}

#[test]
fn nesting_and_aliases_are_limited() {
    let deep = |open: &str, close: &str, levels| {
        format!("a: {}1{}\n", open.repeat(levels), close.repeat(levels))
    };
    let layer = |level| {
        format!(
            "a{level}: &a{level} [{}]\n",
            format!("*a{}, ", level - 1).repeat(10)
        )
    };
    let bomb = (1..12).map(layer).collect::<Vec<_>>().concat();
    let cases = [
        (deep("[", "]", 100_000), "SW0006"),
        (deep("{a: ", "}", 1_000), "SW0006"),
        (
            deep("\n- ", "", 0) + "b:\n" + &"- ".repeat(100_000),
            "SW0006",
        ),
        ("[".repeat(1_000_000), "SW0006"),
        (format!("{{\"a\": {}", "[".repeat(1_000_000)), "SW0006"),
        ("a: &a [*a]\n".to_owned(), "SW0006"),
        (format!("a0: &a0 [x, x]\n{bomb}"), "SW0007"),
        (
            format!(
                "a: &a {}\nb: [{}]\n",
                "x".repeat(100_000),
                "*a, ".repeat(10_000)
            ),
            "SW0007",
        ),
    ];
    let check = move || {
        for (text, id) in cases {
            assert_eq!(&read(&text).2[0].0[..6], id, "{text:.40}");
        }
        assert_eq!(read(&deep("[", "]", 100)).2, []);
    };
    std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(check)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn keys_values_and_items_are_found() {
    let yaml = "---\nswagger: \"2.0\"\npaths:\n  /a/{b}:\n    get:\n      tags:\n      - é\n      - second\n      200: |\n        text\n      empty:\n---\nprose: [";
    let json = "{\"swagger\": \"2.0\",\n\t\"paths\": {\"/a/{b}\": {\"get\": {\"tags\": [\"é\", \"second\"], \"200\": \"\\ud83d\\ude00\", \"empty\": null}}}}";
    for (text, quote, block, nothing) in [
        (yaml, "", "text", "empty"),
        (json, "\"", "\"\\ud83d\\ude00\"", "null"),
    ] {
        let (sources, ..) = read(text);
        let quoted = |text: &str| format!("{quote}{text}{quote}");
        let (key, value) = (
            |at| marked(&sources, &Place::Key(pointer(at))),
            |at| marked(&sources, &Place::Value(pointer(at))),
        );
        assert_eq!(value("/swagger"), "\"2.0\"");
        assert_eq!(key("/paths/~1a~1{b}/get"), quoted("get"));
        assert_eq!(value("/paths/~1a~1{b}"), quoted("/a/{b}"));
        assert_eq!(value("/paths/~1a~1{b}/get/tags/1"), quoted("second"));
        assert_eq!(value("/paths/~1a~1{b}/get/200"), block);
        assert_eq!(
            value("/paths/~1a~1{b}/get/empty"),
            if nothing == "null" { nothing } else { "empty" }
        );
        assert_eq!(
            value("/paths/~1a~1{b}/put/tags"),
            quoted("/a/{b}"),
            "the nearest place around"
        );
        assert_eq!(value("/nothing"), quoted("swagger"));
    }
}

/// The position-aware parser rejects `more"`, which isn't indented enough; `serde_yaml` accepts it.
#[test]
fn places_are_found_in_what_one_parser_refuses() {
    let text = "a:\n  b: \"text,\n  more\"\n  c:\n  - x: 1\n  - y\n  d:\n";
    let (sources, ..) = read(text);
    let found = |at, key| {
        let place = if key {
            Place::Key(pointer(at))
        } else {
            Place::Value(pointer(at))
        };
        let (_, position, _) = sources.locate(&place).unwrap();
        (position.line, position.column, marked(&sources, &place))
    };
    assert_eq!(found("/a", true), (1, 1, "a".to_owned()));
    assert_eq!(found("/a/c/0/x", false), (5, 8, "1".to_owned()));
    assert_eq!(found("/a/c/0/x", true), (5, 5, "x".to_owned()));
    assert_eq!(found("/a/c/1", false), (6, 5, "y".to_owned()));
    assert_eq!(found("/a/c", false), (4, 3, "c".to_owned()));
    assert_eq!(found("/a/d", false), (7, 3, "d".to_owned()));
    assert_eq!(
        (found("/a/gone", true).0, found("/a/c/0/gone/x", true).0),
        (2, 5)
    );
}

#[test]
fn references_are_followed_within_the_folder() {
    let texts = [
        (
            "api/openapi.yaml",
            "a: {$ref: 'x/s.json#/A%20B~1c'}\nb: {$ref: ../../etc/passwd}\nc: {$ref: 'https://h/x'}\nd: {$ref: x/broken.yml}\ne: {$ref: gone.yml}\n",
        ),
        (
            "api/x/s.json",
            "{\"A B/c\": {\"$ref\": \"../../shared/list.yaml#/0\"}}",
        ),
        ("shared/list.yaml", "- one\n"),
        ("api/x/broken.yml", "a: b: c"),
    ];
    let (sources, entry, said) = read_all(&texts);
    assert_eq!(said, []);
    let entry = entry.unwrap();
    let resolve = |text| sources.resolve(entry, text);
    let there = resolve("x/s.json#/A%20B~1c").unwrap();
    assert_eq!(sources.path(there.file), Path::new("api/x/s.json"));
    let next = sources.at(&there).unwrap().get("$ref").unwrap();
    let list = sources
        .resolve(next.file, next.value.as_str().unwrap())
        .unwrap();
    assert_eq!(sources.at(&list).unwrap().value, "one");
    assert_eq!(sources.relative(entry, list.file), "../shared/list.yaml");
    assert_eq!(resolve("#/a"), Ok(pointer("/a")));
    assert_eq!(resolve("#a"), Err(ResolveError::Malformed));
    assert_eq!(resolve("../../etc/passwd"), Err(ResolveError::Escapes));
    assert_eq!(resolve("/etc/passwd"), Err(ResolveError::Escapes));
    assert_eq!(
        resolve("%2e%2e/%2e%2e/etc/passwd"),
        Err(ResolveError::Escapes)
    );
    assert_eq!(resolve("https://h/x"), Err(ResolveError::Remote));
    assert_eq!(resolve("file:///etc/passwd"), Err(ResolveError::Remote));
    assert_eq!(
        resolve("gone.yml"),
        Err(ResolveError::Unreadable("no such file".to_owned()))
    );
    assert!(
        matches!(resolve("x/broken.yml#/a"), Err(ResolveError::Unreadable(reason)) if reason.ends_with("line 1 column 5"))
    );
}

#[test]
fn the_disk_is_reached_only_below_the_roots() {
    let folder = std::env::temp_dir().join(format!("specwright-source-{}", std::process::id()));
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("secret.yaml", "x: 1");
    write("shared/s.yaml", "y: 2");
    write("urls/deep/u.yaml", "z: 3");
    write("api/own.yaml", "w: 4");
    write(
        "api/openapi.yaml",
        "a: [{$ref: own.yaml}, {$ref: ../secret.yaml}, {$ref: link.yaml}, {$ref: ../shared/s.yaml}, {$ref: 'https://e.x/deep/u.yaml#/z'}, {$ref: 'https://e.x/../secret.yaml'}, {$ref: .}]",
    );
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.join("secret.yaml"), folder.join("api/link.yaml")).unwrap();
    let access = Access {
        roots: vec![folder.join("shared")],
        urls: BTreeMap::from([("https://e.x/".to_owned(), folder.join("urls"))]),
        ..Access::default()
    };
    let mut diagnostics = Diagnostics::default();
    let (sources, entry) =
        Sources::load(&folder.join("api/openapi.yaml"), &access, &mut diagnostics);
    let resolve = |text| {
        sources
            .resolve(entry.unwrap(), text)
            .map(|origin| serde_json::Value::from(sources.at(&origin).unwrap().value))
    };
    assert_eq!(resolve("own.yaml#/w"), Ok(4.into()));
    assert_eq!(resolve("../shared/s.yaml#/y"), Ok(2.into()));
    assert_eq!(resolve("https://e.x/deep/u.yaml#/z"), Ok(3.into()));
    assert_eq!(resolve("../secret.yaml"), Err(ResolveError::Escapes));
    assert_eq!(
        resolve("https://e.x/../secret.yaml"),
        Err(ResolveError::Escapes)
    );
    #[cfg(unix)]
    assert_eq!(resolve("link.yaml"), Err(ResolveError::Escapes));
    assert_eq!(
        resolve("."),
        Err(ResolveError::Unreadable("it is a directory".to_owned()))
    );
    assert_eq!(diagnostics.iter().count(), 0);

    std::fs::write(folder.join("api/utf16.yaml"), b"\xff\xfea\0").unwrap();
    for name in ["gone.yaml", "utf16.yaml"] {
        let (sources, entry) =
            Sources::load(&folder.join("api").join(name), &access, &mut diagnostics);
        assert!(entry.is_none() && sources.files().next().is_none());
    }
    let codes: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.id())
        .collect();
    assert_eq!(codes, ["SW0001", Code::NotUtf8.id()]);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// JSON is YAML, but its positions are computed by other code. Both have to agree.
#[test]
fn places_of_json_are_those_that_yaml_has() {
    let many: Vec<String> = (0..50).map(|n| format!("\"k{n}\": [{n}]")).collect();
    let many = format!("{{{}}}", many.join(", "));
    let texts = [
        r#"{"a": {"b": [1, -2.5e3, true, null, "x"], "c": {}}, "d": []}"#,
        "{\r\n  \"a\": \"é\\\"\\u00e9 { [ , : \",\r\n\t\"ü\":{\"deep\":[[],[{}],[[1]]]},\n\n \"k\\u0041\": null\n}\n",
        " [{\"a\": 1, \"a\": 2} ,\n 3\n]",
        &many,
    ];
    for text in texts {
        assert_eq!(Outline::of_json(text), Outline::of_yaml(text), "{text}");
    }
}

#[test]
fn a_file_that_changes_while_it_is_used_gives_messages_without_an_excerpt() {
    let folder = std::env::temp_dir().join(format!("specwright-changing-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("openapi.json");
    let text = "{\"a\":\n {\"b\": [1, 2]}}";
    std::fs::write(&path, text).unwrap();
    let load = || {
        let mut diagnostics = Diagnostics::default();
        let (sources, entry) = Sources::load(&path, &Access::default(), &mut diagnostics);
        (sources, entry.unwrap())
    };
    let (read, entry) = load();
    let place = Place::Value(Origin {
        file: entry,
        pointer: Pointer::parse("/a/b/1").unwrap(),
    });
    let (_, position, _) = read.locate(&place).unwrap();
    assert_eq!((position.line, position.column), (2, 12));
    assert_eq!(read.text(entry), text);

    let (changed, _) = load();
    std::fs::write(&path, "{\"a\":\n {\"b\": [3, 2]}}").unwrap();
    let (gone, _) = load();
    std::fs::remove_file(&path).unwrap();
    for sources in [changed, gone] {
        assert_eq!(sources.text(entry), "");
        assert_eq!(sources.line(entry, 2), "");
        assert_eq!(sources.locate(&place).map(|(_, at, _)| at.line), None);
    }
    let _ = std::fs::remove_dir_all(&folder);
}
