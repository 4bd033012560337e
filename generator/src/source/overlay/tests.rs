use super::super::{Access, Sources};
use crate::diag::Diagnostics;
use serde_json::{Value as Json, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A directory of its own, which is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("specwright-overlay-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// The description `a.yaml` with overlays, and the messages: code, file, line, title.
    fn apply(&self, text: &str, overlays: &[&str]) -> (Option<Json>, Vec<String>) {
        let spec = self.0.join("a.yaml");
        fs::write(&spec, text).unwrap();
        let mut access = Access::default();
        for (number, overlay) in overlays.iter().enumerate() {
            let path = self.0.join(format!("{number}.overlay.yaml"));
            fs::write(&path, overlay).unwrap();
            access.overlays.push(path);
        }
        let mut diagnostics = Diagnostics::default();
        let (sources, entry) = Sources::load(&spec, &access, &mut diagnostics);
        let said = diagnostics.iter().map(|one| {
            let place = sources.position(&one.place).map(|(file, at)| {
                let name = sources.path(file).file_name().unwrap();
                format!("{}:{}", Path::new(name).display(), at.line)
            });
            let place = place.unwrap_or_default();
            format!("{} {place} {}", one.code.id(), one.code.title())
        });
        let value = entry.map(|entry| Json::from(sources.root(entry).value));
        (value, said.collect())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

const HEAD: &str = "overlay: 1.1.0\ninfo: {title: Ours, version: '1'}\nactions:\n";

/// The result of actions, without any message.
#[track_caller]
fn changed(name: &str, text: &str, actions: &str) -> Json {
    let (value, said) = Folder::new(name).apply(text, &[&format!("{HEAD}{actions}")]);
    assert_eq!(said, Vec::<String>::new());
    value.unwrap()
}

#[test]
fn one_update_may_mirror_the_whole_description() {
    let value = changed(
        "mirror",
        "info: {title: Shop}\npaths:\n  /: {get: {summary: Old, tags: [a]}}\n  /pets: {}\ncomponents: {schemas: {}}\ntags: [{name: a}]\nx: 1\n",
        "  - target: $\n    update:\n      info: {x-by: us}\n      paths:\n        /: {summary: Root, get: {summary: New, tags: [b]}}\n        /pets: {get: {x-limit: 9}}\n      components:\n      tags:\n      x: null\n",
    );
    let expected = json!({
        "info": {"title": "Shop", "x-by": "us"},
        "paths": {"/": {"get": {"summary": "New", "tags": ["a", "b"]}, "summary": "Root"}, "/pets": {"get": {"x-limit": 9}}},
        "components": {"schemas": {}}, "tags": [{"name": "a"}], "x": null,
    });
    assert_eq!(value, expected);
    // Order is kept, as it is the order of generated code.
    assert_eq!(value.to_string(), expected.to_string());
}

#[test]
fn actions_aim_at_single_values_and_at_many() {
    let text = "paths:\n  /foo: {get: {description: a, parameters: [{name: filter, in: query}, {name: filter, in: header}]}}\n  /bar: {get: {description: b}, put: {}}\n";
    let value = changed(
        "aim",
        text,
        "  - {target: \"$.paths['/foo'].get.description\", update: new}\n  - {target: \"$.paths['/bar']\", update: {post: {x-safe: false}}}\n  \
           - {target: $.paths.*.get, update: {x-safe: true}}\n  \
           - target: $.paths.*.get.parameters[?@.name=='filter' && @.in=='query']\n    update: {schema: {$ref: '#/components/schemas/Filter'}}\n",
    );
    let filter =
        json!({"name": "filter", "in": "query", "schema": {"$ref": "#/components/schemas/Filter"}});
    assert_eq!(
        value["paths"],
        json!({
            "/foo": {"get": {"description": "new", "parameters": [filter, {"name": "filter", "in": "header"}], "x-safe": true}},
            "/bar": {"get": {"description": "b", "x-safe": true}, "put": {}, "post": {"x-safe": false}},
        })
    );
}

#[test]
fn lists_get_and_lose_items() {
    let text = "paths:\n  /a: {get: {tags: [x, dummy, y, dummy], parameters: [{name: dummy}, {name: b}]}}\nservers: [{url: one}, {url: two}, {url: three}]\n";
    let value = changed(
        "lists",
        text,
        "  - {target: $.paths.*.get.parameters, update: {name: new}}\n  - {target: \"$.paths.*.get.parameters[?@.name == 'dummy']\", remove: true}\n  \
           - {target: \"$.paths.*.get.tags[?@ == 'dummy']\", remove: true}\n  - {target: $.paths.*.get.tags, update: z}\n  \
           - {target: $.paths.*.get.tags, update: [1, 2]}\n  - {target: '$.servers[0,2]', remove: true, update: ignored}\n",
    );
    assert_eq!(
        value["paths"]["/a"]["get"],
        json!({"tags": ["x", "y", "z", 1, 2], "parameters": [{"name": "b"}, {"name": "new"}]})
    );
    assert_eq!(value["servers"], json!([{"url": "two"}]));
    // What contains something else that goes, goes as well.
    let value = changed(
        "nested",
        "a: [{b: [1, 2]}, {b: [3]}]\nc: {d: 1}\n",
        "  - {target: '$.a[0]..*', remove: true}\n  - {target: '$..*', remove: true}\n",
    );
    assert_eq!(value, json!({}));
}

#[test]
fn traits_of_the_author_say_where_an_action_applies() {
    let text = "paths:\n  /items: {get: {x-oai-traits: [paged]}}\n  /one: {get: {x-oai-traits: [other], parameters: []}}\n  /all: {get: {x-oai-traits: [paged], parameters: [{name: id}]}}\n";
    let value = changed(
        "traits",
        text,
        "  - target: $.paths[?@.get['x-oai-traits'][?@ == 'paged']].get\n    update: {parameters: [{name: top}]}\n",
    );
    let parameters =
        ["/items", "/one", "/all"].map(|path| value["paths"][path]["get"]["parameters"].clone());
    let top = json!({"name": "top"});
    assert_eq!(
        parameters,
        [json!([top]), json!([]), json!([{"name": "id"}, top])]
    );
}

#[test]
fn values_are_copied_and_moved() {
    let text = "paths:\n  /items: {get: {x: 1}}\n  /some: {delete: {}}\n";
    let copy = "  - {target: \"$.paths['/some']\", copy: \"$.paths['/items']\"}\n";
    let value = changed("copy", text, copy);
    assert_eq!(
        value["paths"]["/some"],
        json!({"delete": {}, "get": {"x": 1}})
    );
    let moved = "  - {target: $.paths, update: {/new: {}}}\n  - {target: \"$.paths['/new']\", copy: \"$.paths['/items']\"}\n  \
                   - {target: \"$.paths['/items']\", remove: true}\n";
    let value = changed("move", text, moved);
    assert_eq!(
        value["paths"],
        json!({"/some": {"delete": {}}, "/new": {"get": {"x": 1}}})
    );
}

#[test]
fn several_overlays_follow_each_other() {
    let overlay = |actions: &str| format!("overlay: 1.0.0\nactions:\n{actions}");
    let first = overlay("  - {target: $, update: {b: {c: 1}}}\n");
    let second = overlay("  - {target: $.b, update: {d: 2}}\n  - {target: $.a, remove: true}\n");
    let (value, said) = Folder::new("several").apply("a: 1\n", &[&first, &second]);
    assert_eq!(
        (value, said),
        (Some(json!({"b": {"c": 1, "d": 2}})), Vec::new())
    );
    let (value, said) = Folder::new("order").apply("a: 1\n", &[&second, &first]);
    assert_eq!(value, Some(json!({"b": {"c": 1}})));
    assert_eq!(
        said,
        ["SW0862 0.overlay.yaml:3 `$.b` selects nothing, so the action has no effect"]
    );
}

/// `extends` is a path from the overlay, or a URL, of which nothing is known.
#[test]
fn an_overlay_of_another_description_is_reported() {
    let said = |extends: &str| {
        let overlay = format!(
            "overlay: 1.1.0\nextends: {extends}\nactions:\n  - {{target: $, update: {{b: 2}}}}\n"
        );
        let (value, said) = Folder::new("extends").apply("a: 1\n", &[&overlay]);
        (value.is_some(), said)
    };
    for this in ["a.yaml", "./a.yaml", "https://example.com/api.yaml"] {
        assert_eq!(said(this), (true, Vec::new()), "{this}");
    }
    for other in ["b.yaml", "0.overlay.yaml", "../a.yaml"] {
        let message = format!(
            "SW0864 0.overlay.yaml:2 the overlay extends `{other}`, which is another file than the description"
        );
        assert_eq!(said(other), (true, vec![message]));
    }
    assert_eq!(
        said("[a.yaml]").1,
        ["SW0860 0.overlay.yaml:2 the overlay isn't valid: `extends` is a string, not a list"]
    );
}

/// What an overlay says is where it says it, also within a list from which something was removed.
#[test]
fn each_value_is_placed_where_it_was_written() {
    let folder = Folder::new("places");
    let spec = folder.0.join("a.yaml");
    let overlay = folder.0.join("b.yaml");
    fs::write(
        &spec,
        "list:\n  - one\n  - two\n  - three: 3\nmap:\n  key: old\n  more: 1\n",
    )
    .unwrap();
    fs::write(
        &overlay,
        "overlay: 1.1.0\nactions:\n  - target: $.list[0]\n    remove: true\n  - target: $.list\n    update: four\n  \
           - target: $.map\n    update:\n      key: new\n      deep:\n        er: 1\n  - target: $.copy\n    copy: $.map\n  - target: $\n    update:\n      copy: {}\n  \
           - target: $.copy\n    copy: $.map\n",
    )
    .unwrap();
    let access = Access {
        overlays: vec![overlay],
        ..Access::default()
    };
    let mut diagnostics = Diagnostics::default();
    let (sources, entry) = Sources::load(&spec, &access, &mut diagnostics);
    let root = sources.root(entry.unwrap());
    let line = |path: &[&str]| {
        let node = path.iter().fold(root.clone(), |node, key| {
            node.get(key)
                .or_else(|| node.item(key.parse().ok()?))
                .unwrap_or_else(|| panic!("{path:?}"))
        });
        let place = crate::diag::Place::Value(node.origin());
        let (file, at) = sources.position(&place).unwrap();
        let name = sources.path(file).file_name().unwrap().to_owned();
        format!("{} {}", name.display(), at.line)
    };
    for (path, expected) in [
        (&["list"][..], "a.yaml 1"),
        (&["list", "0"], "a.yaml 3"),
        (&["list", "1", "three"], "a.yaml 4"),
        (&["list", "2"], "b.yaml 6"),
        (&["map", "key"], "b.yaml 9"),
        (&["map", "more"], "a.yaml 7"),
        (&["map", "deep", "er"], "b.yaml 11"),
        (&["copy", "key"], "b.yaml 9"),
        (&["copy", "more"], "a.yaml 7"),
        (&["copy", "deep", "er"], "b.yaml 11"),
    ] {
        assert_eq!(line(path), expected, "{path:?}");
    }
    let inputs: Vec<_> = sources.inputs().collect();
    assert_eq!((inputs.len(), sources.files().count()), (2, 1));
    assert_eq!(sources.watched().len(), 2);
}

/// The first message about an overlay.
#[track_caller]
fn refused(overlay: &str) -> String {
    let (value, said) = Folder::new("refused").apply("a: {b: 1}\nc: [1]\nd: x\n", &[overlay]);
    assert_eq!((value, said.len()), (None, 1), "{overlay}: {said:?}");
    said[0].clone()
}

#[test]
fn what_is_no_overlay_is_refused_at_its_place() {
    for (overlay, expected) in [
        (
            "openapi: 3.1.0\n",
            "SW0860 0.overlay.yaml:1 the overlay isn't valid: it has no `overlay: 1.1.0`",
        ),
        (
            "overlay: 2.0.0\n",
            "SW0860 0.overlay.yaml:1 the overlay isn't valid: version `2.0.0`",
        ),
        (
            "overlay: 1.0\n",
            "SW0860 0.overlay.yaml:1 the overlay isn't valid: `actions` has to list",
        ),
        (
            "overlay: 1.0.0\nactions: {}\n",
            "SW0860 0.overlay.yaml:2 the overlay isn't valid: `actions` has to list",
        ),
        (
            "overlay: 1.0.0\naction: []\n",
            "SW0860 0.overlay.yaml:2 the overlay isn't valid: unknown field `action`",
        ),
        (
            "overlay: 1.0.0\nactions: [1]\n",
            "SW0860 0.overlay.yaml:2 the overlay isn't valid: an action is a mapping",
        ),
        (
            "overlay: 1.0.0\nactions:\n  - update: 1\n",
            "SW0860 0.overlay.yaml:3 the overlay isn't valid: an action needs a `target`",
        ),
        (
            "overlay: 1.0.0\nactions:\n  - target: 1\n",
            "SW0860 0.overlay.yaml:3 the overlay isn't valid: `target` is a string",
        ),
        (
            "overlay: 1.0.0\nactions:\n  - target: $\n",
            "SW0860 0.overlay.yaml:3 the overlay isn't valid: an action needs `update`",
        ),
        (
            "overlay: 1.0.0\nactions:\n  - target: $\n    remove: yes please\n",
            "SW0860 0.overlay.yaml:4 the overlay isn't valid: `remove` is a boolean",
        ),
        (
            "overlay: 1.0.0\nactions:\n  - target: $\n    updat: {}\n",
            "SW0860 0.overlay.yaml:4 the overlay isn't valid: unknown field `updat`",
        ),
        (
            "overlay: 1.1.0\nactions:\n  - {target: $, update: {}, copy: $.a}\n",
            "SW0860 0.overlay.yaml:3 the overlay isn't valid: an action has either",
        ),
        (
            "overlay: 1.1.0\nactions:\n  - target: $.a-b\n    update: {}\n",
            "SW0861 0.overlay.yaml:3 `$.a-b` can't be selected by: ",
        ),
        ("overlay: 1.1.0\nactions: [\n", "SW0002 0.overlay.yaml:"),
    ] {
        let said = refused(overlay);
        assert!(said.starts_with(expected), "{overlay}: {said}");
    }
    let (value, said) =
        Folder::new("several-wrong").apply("a: 1\n", &["overlay: 3\n", "overlay: 4\n"]);
    assert_eq!((value, said.len()), (None, 2));
}

#[test]
fn actions_that_do_not_fit_are_refused() {
    let refused = |action: &str| refused(&format!("{HEAD}  - {action}\n"));
    for (action, expected) in [
        (
            "{target: $, remove: true}",
            "SW0863 0.overlay.yaml:4 the action can't be applied: the whole description",
        ),
        (
            "{target: $, update: 1}",
            "SW0863 0.overlay.yaml:4 the action can't be applied: a number can't be merged into a mapping",
        ),
        (
            "{target: $, update: [1]}",
            "SW0863 0.overlay.yaml:4 the action can't be applied: a list can't be merged into a mapping",
        ),
        (
            "{target: $, update: {a: {b: {}}}}",
            "SW0863 0.overlay.yaml:4 the action can't be applied: a mapping can't be merged into a number",
        ),
        (
            "{target: $, update: {c: 1}}",
            "SW0863 0.overlay.yaml:4 the action can't be applied: a number can't be merged into a list",
        ),
        (
            "{target: '$..*', update: {x: 1}}",
            "SW0863 0.overlay.yaml:4 the action can't be applied: a mapping can't be merged into a",
        ),
        (
            "{target: $.a, copy: $.none}",
            "SW0863 0.overlay.yaml:4 the action can't be applied: `copy` selects 0 values",
        ),
        (
            "{target: $.a, copy: $.*}",
            "SW0863 0.overlay.yaml:4 the action can't be applied: `copy` selects 3 values",
        ),
    ] {
        let said = refused(action);
        assert!(said.starts_with(expected), "{action}: {said}");
    }
}

/// An overlay can't make much of little, however it goes about it.
#[test]
fn growth_and_nesting_are_limited() {
    let doubling = "  - {target: $.c, copy: $.c}\n".repeat(40);
    let overlay = format!("{HEAD}{doubling}");
    let (value, said) = Folder::new("doubling").apply("c: [1]\n", &[&overlay]);
    assert_eq!(value, None);
    assert!(
        said[0].contains("overlays add more than 1000000 values"),
        "{said:?}"
    );
    let nesting =
        "  - {target: $.c, update: {d: {}}}\n  - {target: $.c.d, copy: $.c}\n".repeat(200);
    let overlay = format!("{HEAD}{nesting}");
    let (value, said) = Folder::new("nesting").apply("c: {}\n", &[&overlay]);
    let is_told = |words: &str| said.iter().any(|one| one.contains(words));
    assert!(
        value.is_none() && (is_told("nested deeper") || is_told("add more than")),
        "{said:?}"
    );
    let deep = "{a: ".repeat(100) + "1" + &"}".repeat(100);
    let spec = format!("c: {deep}\n");
    let target = format!("$.c{}", ".a".repeat(90));
    let overlay = format!("{HEAD}  - {{target: {target}, update: {deep}}}\n");
    let (value, said) = Folder::new("deep").apply(&spec, &[&overlay]);
    assert!(
        value.is_none() && said[0].contains("nested deeper than 128"),
        "{said:?}"
    );
}

#[test]
fn overlays_are_read_as_descriptions_are() {
    let folder = Folder::new("files");
    let (value, said) = folder.apply(
        "a: 1\n",
        &["{\"overlay\": \"1.1.0\", \"actions\": [{\"target\": \"$\", \"update\": {\"b\": 2}}]}"],
    );
    assert_eq!((value, said), (Some(json!({"a": 1, "b": 2})), Vec::new()));
    let spec = folder.0.join("a.yaml");
    for (path, code) in [("none.yaml", "SW0001"), ("", "SW0010")] {
        let access = Access {
            overlays: vec![folder.0.join(path)],
            ..Access::default()
        };
        let mut diagnostics = Diagnostics::default();
        let (sources, entry) = Sources::load(&spec, &access, &mut diagnostics);
        let codes: Vec<_> = diagnostics.iter().map(|one| one.code.id()).collect();
        assert_eq!((entry, &codes[..]), (None, &[code][..]));
        // It is watched, in case it comes.
        assert!(sources.watched().len() >= 2, "{path}");
    }
}

/// A reference that an overlay adds leads where it would in the description.
#[test]
fn references_of_overlays_are_followed_from_the_description() {
    let folder = Folder::new("references");
    fs::create_dir_all(folder.0.join("overlays")).unwrap();
    fs::write(folder.0.join("a.yaml"), "openapi: 3.1.0\n").unwrap();
    fs::write(folder.0.join("more.yaml"), "type: string\n").unwrap();
    let overlay = folder.0.join("overlays/b.yaml");
    let text = format!("{HEAD}  - {{target: $, update: {{x: {{$ref: more.yaml}}}}}}\n");
    fs::write(&overlay, text).unwrap();
    let access = Access {
        overlays: vec![overlay],
        ..Access::default()
    };
    let mut diagnostics = Diagnostics::default();
    let (sources, entry) = Sources::load(&folder.0.join("a.yaml"), &access, &mut diagnostics);
    let found = sources.resolve(entry.unwrap(), "more.yaml").unwrap();
    assert_eq!(sources.stem(found.file), "more");
}
