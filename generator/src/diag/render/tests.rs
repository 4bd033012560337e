use super::*;
use crate::diag::Code;

const TEXT: &str = "openapi: 3.0.0\npaths:\n  /é:\n    get: {$ref: '#/\u{1b}[31mx'}\n\tx";

fn rendered(place: Place, related: Vec<(Place, String)>, format: Format, colour: bool) -> String {
    let mut diagnostics = Diagnostics::default();
    let (sources, _) = Sources::from_texts(&[("a,b.yaml", TEXT)], &mut diagnostics);
    let mut diagnostics = Diagnostics::default();
    diagnostics.push_related(
        Code::DanglingRef {
            reference: "#/\u{1b}[31m100%\nx\u{202e}".to_owned(),
        },
        place,
        related,
    );
    render(&diagnostics, &sources, format, colour)
}

fn at(line: usize, column: usize) -> Place {
    Place::Text {
        file: crate::source::FileId(0),
        line,
        column,
    }
}

#[test]
fn people_see_the_line_and_nothing_steers_their_terminal() {
    let text = rendered(
        at(4, 17),
        vec![(at(1, 1), "it begins here".to_owned())],
        Format::Human,
        false,
    );
    assert_eq!(
        text,
        "error[SW0201]: `#/\\u{1b}[31m100%\\u{a}x\\u{202e}` was not found\n \
         --> a,b.yaml:4:17\n  |\n4 |     get: {$ref: '#/\u{fffd}[31mx'}\n  |                 ^\n \
         ::: a,b.yaml:1:1\n  |\n1 | openapi: 3.0.0\n  | - it begins here\n  \
         = help: correct the reference, or add its target\n\n"
    );
    let plain = rendered(Place::Nowhere, Vec::new(), Format::Human, false);
    assert_eq!(plain.lines().count(), 3);
    let coloured = rendered(Place::Nowhere, Vec::new(), Format::Human, true);
    assert!(coloured.starts_with("\u{1b}[1;31merror[SW0201]\u{1b}[0m\u{1b}[1m: "));
}

#[test]
fn a_long_line_is_cut_around_the_mark() {
    let line = format!("{}HERE{}", "a".repeat(5_000), "b".repeat(5_000));
    let (mut sources, mut list) = (Sources::default(), Diagnostics::default());
    let file = sources.add_text(Path::new("x"), line);
    list.push(
        Code::EmptyFile,
        Place::Text {
            file,
            line: 1,
            column: 5_001,
        },
    );
    let text = render(&list, &sources, Format::Human, false);
    let lines: Vec<_> = text.lines().collect();
    assert!(
        lines[3].starts_with("1 | …aaaa")
            && lines[3].ends_with("bbbb…")
            && lines[3].chars().count() < 130
    );
    assert_eq!(
        lines[3]
            .find("HERE")
            .map(|at| lines[3][..at].chars().count()),
        lines[4].find('^')
    );
}

#[test]
fn programs_get_one_object_a_line() {
    let text = rendered(
        at(4, 17),
        vec![(Place::Path("gone".into()), "words".to_owned())],
        Format::Json,
        false,
    );
    assert_eq!(text.lines().count(), 1);
    let object: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&object["code"], &object["file"]),
        (&"SW0201".into(), &"a,b.yaml".into())
    );
    assert_eq!(
        (&object["line"], &object["column"]),
        (&4.into(), &17.into())
    );
    assert_eq!(object["related"][0]["file"], "gone");
}

#[test]
fn github_gets_escaped_commands() {
    let text = rendered(at(4, 17), Vec::new(), Format::Github, false);
    let wanted = "::error file=a%2Cb.yaml,line=4,col=17,title=SW0201::`#/\\u{1b}[31m100%25\\u{a}x\\u{202e}` was not found%0Ahelp: ";
    assert!(text.starts_with(wanted), "{text:?}");
    assert_eq!(text.lines().count(), 1);
}
