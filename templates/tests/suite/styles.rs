//! The styles of parameters, as in the tables of OpenAPI (3.0.4 and 3.1.1, section "Style Examples") and the examples of RFC 6570: what the
//! client writes, and what the server reads from it.

use std::collections::BTreeMap;
use std::fmt::Debug;

use sample_types::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::code::client::Style;
use crate::code::server::{Kind, Style as ReadStyle};
use crate::spots::{Reader, Spot, reserved, written};

type Request = http::Request<bytes::Bytes>;

/// The same style on the server, which has a copy of the type.
fn server(style: Style) -> ReadStyle {
    use ReadStyle as Server;
    match style {
        Style::Simple => Server::Simple,
        Style::SimpleExploded => Server::SimpleExploded,
        Style::Label => Server::Label,
        Style::LabelExploded => Server::LabelExploded,
        Style::Matrix => Server::Matrix,
        Style::MatrixExploded => Server::MatrixExploded,
        Style::Form => Server::Form,
        Style::FormExploded => Server::FormExploded,
        Style::Space => Server::Space,
        Style::Pipe => Server::Pipe,
        Style::Tab => Server::Tab,
        Style::DeepObject => Server::DeepObject,
        Style::Json => Server::Json,
    }
}

/// The text at a place of a request.
fn text(request: &Request, spot: Spot) -> String {
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    };
    match spot {
        Spot::Path => request.uri().path().trim_start_matches('/').to_owned(),
        Spot::Query | Spot::Reserved => request.uri().query().unwrap_or_default().to_owned(),
        Spot::Header => header("color").to_owned(),
        Spot::Cookie => header("cookie").to_owned(),
    }
}

fn read<T: DeserializeOwned>(
    request: &Request,
    spot: Spot,
    style: Style,
    kind: Kind,
) -> Result<Option<T>, String> {
    let reader = Reader::new(request.clone());
    let style = server(style);
    let value = match spot {
        Spot::Path => reader.path(style, kind).map(Some),
        Spot::Query | Spot::Reserved
            if style == ReadStyle::FormExploded && kind == Kind::Object =>
        {
            reader.members(&[])
        }
        Spot::Query | Spot::Reserved => reader.query(style, kind),
        Spot::Header => reader.header(style, kind),
        Spot::Cookie => reader.cookie(style, kind),
    };
    value.map_err(|problem| problem.to_json().to_string())
}

/// Checks that the client writes `expected`, and that the server reads the value from it.
fn agrees<T>(spot: Spot, style: Style, kind: Kind, value: &T, expected: &str)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let request = written(spot, style, value).unwrap();
    assert_eq!(
        text(&request, spot),
        expected,
        "{spot:?} {style:?} {value:?}"
    );
    let read: Option<T> = read(&request, spot, style, kind).unwrap();
    assert_eq!(read.as_ref(), Some(value), "{spot:?} {style:?} {expected}");
}

fn request(query: &str) -> Request {
    http::Request::get(format!("http://chat.test/?{}", query.replace('"', "%22")))
        .body(bytes::Bytes::new())
        .unwrap()
}

fn from_query<T: DeserializeOwned>(
    query: &str,
    style: Style,
    kind: Kind,
) -> Result<Option<T>, String> {
    read(&request(query), Spot::Query, style, kind)
}

const COLORS: [&str; 3] = ["blue", "black", "brown"];

fn colors() -> Vec<String> {
    COLORS.map(str::to_owned).to_vec()
}

fn color() -> Color {
    Color::new(ColorRequired {
        r: 100,
        g: 200,
        b: 150,
    })
}

/// Place, style, then the columns of the specification: an empty string, a string, an array, an object. `-` if the specification has no
/// example, or the path would be empty.
#[rustfmt::skip]
const TABLE: &[(Spot, Style, &str, &str, &str, &str)] = {
    use Spot::{Cookie, Header, Path, Query};
    &[
        (Path, Style::Matrix, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
        (Path, Style::MatrixExploded, ";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
        (Path, Style::Label, "-", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
        (Path, Style::LabelExploded, "-", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        (Path, Style::Simple, "-", "blue", "blue,black,brown", "R,100,G,200,B,150"),
        (Path, Style::SimpleExploded, "-", "blue", "blue,black,brown", "R=100,G=200,B=150"),
        (Header, Style::Simple, "", "blue", "blue,black,brown", "R,100,G,200,B,150"),
        (Header, Style::SimpleExploded, "", "blue", "blue,black,brown", "R=100,G=200,B=150"),
        (Query, Style::Form, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
        (Query, Style::FormExploded, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        (Query, Style::Space, "-", "-", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"),
        (Query, Style::Pipe, "-", "-", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"),
        (Query, Style::Tab, "-", "-", "color=blue%09black%09brown", "-"),
        (Query, Style::DeepObject, "-", "-", "-", "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        (Cookie, Style::Form, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
        // Swagger 2 allows these everywhere.
        (Path, Style::Pipe, "-", "-", "blue%7Cblack%7Cbrown", "-"),
        (Path, Style::Space, "-", "-", "blue%20black%20brown", "-"),
        (Header, Style::Pipe, "-", "-", "blue|black|brown", "-"),
        (Header, Style::Tab, "-", "-", "blue\tblack\tbrown", "-"),
        // As in `style: cookie` of OpenAPI 3.2; the form of 3.1, with `&`, isn't a valid cookie.
        (Cookie, Style::FormExploded, "color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"),
        // Not in the specification: other values in this style, and JSON.
        (Query, Style::DeepObject, "color=", "color=blue", "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown", "-"),
        (Query, Style::Json, "color=%22%22", "color=%22blue%22", "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D", "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"),
        (Header, Style::Json, "\"\"", "\"blue\"", "[\"blue\",\"black\",\"brown\"]", "{\"R\":100,\"G\":200,\"B\":150}"),
        (Path, Style::Json, "%22%22", "%22blue%22", "%5B%22blue%22%2C%22black%22%2C%22brown%22%5D", "%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"),
    ]
};

#[test]
fn the_tables_of_the_specification_are_written_and_read() {
    for (spot, style, empty, string, array, object) in TABLE {
        let (spot, style) = (*spot, *style);
        for (value, expected) in [("", empty), ("blue", string)] {
            if *expected != "-" {
                agrees(spot, style, Kind::Value, &value.to_owned(), expected);
                agrees(spot, style, Kind::Any, &value.to_owned(), expected);
            }
        }
        if *array != "-" {
            agrees(spot, style, Kind::List, &colors(), array);
            agrees(spot, style, Kind::Any, &colors(), array);
        }
        if *object != "-" {
            agrees(spot, style, Kind::Object, &color(), object);
        }
    }
}

/// RFC 6570, section 3.2, in the order of its variables: `hello`, `list`, `keys`.
#[rustfmt::skip]
const RFC6570: &[(Spot, Style, &str, &str, &str)] = {
    use Spot::{Path, Query, Reserved};
    &[
        (Path, Style::Simple, "Hello%20World%21", "red,green,blue", "semi,%3B,dot,.,comma,%2C"),
        (Path, Style::SimpleExploded, "Hello%20World%21", "red,green,blue", "semi=%3B,dot=.,comma=%2C"),
        (Path, Style::Label, ".Hello%20World%21", ".red,green,blue", ".semi,%3B,dot,.,comma,%2C"),
        (Path, Style::LabelExploded, ".Hello%20World%21", ".red.green.blue", ".semi=%3B.dot=..comma=%2C"),
        (Path, Style::Matrix, ";color=Hello%20World%21", ";color=red,green,blue", ";color=semi,%3B,dot,.,comma,%2C"),
        (Path, Style::MatrixExploded, ";color=Hello%20World%21", ";color=red;color=green;color=blue", ";semi=%3B;dot=.;comma=%2C"),
        (Query, Style::Form, "color=Hello%20World%21", "color=red,green,blue", "color=semi,%3B,dot,.,comma,%2C"),
        (Query, Style::FormExploded, "color=Hello%20World%21", "color=red&color=green&color=blue", "semi=%3B&dot=.&comma=%2C"),
        // Section 3.2.3, in which commas in items can't be distinguished from separators.
        (Reserved, Style::Form, "color=Hello%20World!", "color=red,green,blue", "-"),
    ]
};

#[test]
fn the_examples_of_templates_are_written_and_read() {
    let keys = OrderedKeys([("semi", ";"), ("dot", "."), ("comma", ",")]);
    for (spot, style, hello, list, expected) in RFC6570 {
        let (spot, style) = (*spot, *style);
        agrees(spot, style, Kind::Value, &"Hello World!".to_owned(), hello);
        let items = ["red", "green", "blue"].map(str::to_owned).to_vec();
        agrees(spot, style, Kind::List, &items, list);
        if *expected != "-" {
            let request = written(spot, style, &keys).unwrap();
            assert_eq!(text(&request, spot), *expected, "{style:?}");
            let read: Value = read(&request, spot, style, Kind::Object).unwrap().unwrap();
            assert_eq!(
                read,
                json!({ "semi": ";", "dot": ".", "comma": "," }),
                "{style:?}"
            );
        }
    }
}

/// A map that keeps its order.
struct OrderedKeys([(&'static str, &'static str); 3]);

impl Serialize for OrderedKeys {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0)
    }
}

#[test]
fn hostile_names_and_values_come_back_as_they_were() {
    let hostile = [
        "",
        "a,b",
        "a b",
        "a|b",
        "a=b&c",
        ";x=1",
        "a.b",
        "..",
        "a/b?c#d",
        "%2C",
        "100%",
        "ü☃",
        "[0]",
        "{\"a\":1}",
        "+",
        "\t",
    ];
    for value in hostile {
        let list = vec![value.to_owned(), "x".to_owned(), value.to_owned()];
        for style in [
            Style::Simple,
            Style::SimpleExploded,
            Style::Label,
            Style::LabelExploded,
            Style::Matrix,
            Style::MatrixExploded,
            Style::Json,
        ] {
            round_trip(Spot::Path, style, Kind::List, &list);
        }
        for style in [
            Style::Form,
            Style::FormExploded,
            Style::DeepObject,
            Style::Json,
        ] {
            round_trip(Spot::Query, style, Kind::List, &list);
            round_trip(Spot::Cookie, style, Kind::List, &list);
        }
        round_trip(Spot::Header, Style::Json, Kind::List, &list);
        let map = json!({ (format!("k{}", value.replace(['[', ']'], ""))): value, "other": "x" });
        for style in [
            Style::Simple,
            Style::SimpleExploded,
            Style::Label,
            Style::LabelExploded,
            Style::Matrix,
            Style::MatrixExploded,
            Style::Json,
        ] {
            round_trip(Spot::Path, style, Kind::Object, &map);
        }
        for style in [
            Style::Form,
            Style::FormExploded,
            Style::DeepObject,
            Style::Json,
        ] {
            round_trip(Spot::Query, style, Kind::Object, &map);
            round_trip(Spot::Cookie, style, Kind::Object, &map);
        }
    }
}

fn round_trip<T>(spot: Spot, style: Style, kind: Kind, value: &T)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let request = written(spot, style, value).unwrap();
    let read: Result<Option<T>, _> = read(&request, spot, style, kind);
    assert_eq!(
        read.unwrap().as_ref(),
        Some(value),
        "{spot:?} {style:?} {}",
        text(&request, spot)
    );
}

#[test]
fn a_member_cannot_smuggle_a_cookie_in() {
    let request = written(
        Spot::Cookie,
        Style::FormExploded,
        &json!({ "a; admin": "1; x=2" }),
    )
    .unwrap();
    assert_eq!(text(&request, Spot::Cookie), "a%3B%20admin=1%3B%20x%3D2");
}

#[test]
fn path_values_that_lead_elsewhere_are_refused() {
    for (style, value) in [
        (Style::Simple, json!("")),
        (Style::Simple, json!([])),
        (Style::Simple, json!(null)),
        (Style::Simple, json!("..")),
        (Style::Label, json!("")),
        (Style::Label, json!(".")),
        // URL parsers treat `.%2E` as `..`.
        (Style::LabelExploded, json!(["."])),
        (Style::LabelExploded, json!(["", ""])),
    ] {
        let error = written(Spot::Path, style, &value).unwrap_err();
        assert!(
            error.to_string().ends_with("can't be empty, `.` or `..`"),
            "{value}: {error}"
        );
    }
}

#[test]
fn reserved_characters_stay_where_they_may() {
    for (value, expected) in [
        ("/foo/bar", "color=/foo/bar"),
        ("a:b?c[d]@e!$'()*,;=", "color=a:b?c[d]@e!$'()*,;="),
        ("a&b#c+d e", "color=a%26b%23c%2Bd%20e"),
        ("50%", "color=50%25"),
        ("%20 ü", "color=%20%20%C3%BC"),
    ] {
        assert_eq!(text(&reserved(value).unwrap(), Spot::Query), expected);
    }
    let list = written(Spot::Reserved, Style::FormExploded, &["a/b", "c&d"]).unwrap();
    assert_eq!(text(&list, Spot::Query), "color=a/b&color=c%26d");
}

#[test]
fn null_is_left_out_and_what_nests_is_json() {
    let value = json!({ "a": null, "b": [1, null], "c": { "d": null, "e": [true] }, "f": 1.5 });
    for (spot, style, expected) in [
        (
            Spot::Query,
            Style::Form,
            "color=b,%5B1%2Cnull%5D,c,%7B%22d%22%3Anull%2C%22e%22%3A%5Btrue%5D%7D,f,1.5",
        ),
        (
            Spot::Query,
            Style::FormExploded,
            "b=1&c=%7B%22d%22%3Anull%2C%22e%22%3A%5Btrue%5D%7D&f=1.5",
        ),
        (
            Spot::Query,
            Style::DeepObject,
            "color%5Bb%5D%5B0%5D=1&color%5Bc%5D%5Be%5D%5B0%5D=true&color%5Bf%5D=1.5",
        ),
        (
            Spot::Path,
            Style::SimpleExploded,
            "b=%5B1%2Cnull%5D,c=%7B%22d%22%3Anull%2C%22e%22%3A%5Btrue%5D%7D,f=1.5",
        ),
    ] {
        assert_eq!(text(&written(spot, style, &value).unwrap(), spot), expected);
    }
    assert!(written(Spot::Header, Style::SimpleExploded, &value).is_err());
    for style in [Style::Form, Style::FormExploded, Style::DeepObject] {
        assert_eq!(
            text(
                &written(Spot::Query, style, &Value::Null).unwrap(),
                Spot::Query
            ),
            "",
            "{style:?}"
        );
    }
    let items = written(Spot::Query, Style::FormExploded, &json!([1, null, 2])).unwrap();
    assert_eq!(text(&items, Spot::Query), "color=1&color=2");
}

#[test]
fn what_separates_items_is_refused_within_them_where_it_cannot_be_encoded() {
    for (spot, style, item) in [
        (Spot::Query, Style::Space, "a b"),
        (Spot::Query, Style::Pipe, "a|b"),
        (Spot::Query, Style::Tab, "a\tb"),
        (Spot::Path, Style::Pipe, "a|b"),
        (Spot::Header, Style::Simple, "a,b"),
        (Spot::Header, Style::SimpleExploded, "a,b"),
    ] {
        let member: BTreeMap<&str, &str> = [("k", item)].into();
        assert!(written(spot, style, &[item]).is_err(), "{spot:?} {style:?}");
        assert!(written(spot, style, &member).is_err(), "{spot:?} {style:?}");
        assert!(written(spot, style, &item).is_ok(), "{spot:?} {style:?}");
    }
    for (spot, style) in [(Spot::Query, Style::Form), (Spot::Path, Style::Simple)] {
        agrees(
            spot,
            style,
            Kind::List,
            &vec!["a,b".to_owned()],
            match spot {
                Spot::Query => "color=a%2Cb",
                _ => "a%2Cb",
            },
        );
    }
}

#[test]
fn an_empty_list_is_told_from_none_where_there_is_a_name() {
    let none: Vec<String> = Vec::new();
    agrees(Spot::Query, Style::Form, Kind::List, &none, "color=");
    agrees(Spot::Path, Style::Matrix, Kind::List, &none, ";color");
    assert_eq!(
        text(
            &written(Spot::Query, Style::FormExploded, &none).unwrap(),
            Spot::Query
        ),
        ""
    );
    assert_eq!(
        from_query::<Vec<String>>("", Style::FormExploded, Kind::List).unwrap(),
        None
    );
}

#[test]
fn a_header_is_text_without_encoding_and_json_in_it_is_ascii() {
    agrees(
        Spot::Header,
        Style::Simple,
        Kind::List,
        &vec!["a b".to_owned(), "100%".to_owned()],
        "a b,100%",
    );
    agrees(
        Spot::Header,
        Style::Json,
        Kind::Value,
        &"ü😀\"".to_owned(),
        "\"\\u00fc\\ud83d\\ude00\\\"\"",
    );
    let error = written(Spot::Header, Style::Simple, &["a\r\nx: 1"]).unwrap_err();
    assert!(
        error.to_string().contains("can't have this name or value"),
        "{error}"
    );
    // Several lines form one list (RFC 9110, section 5.3).
    let request = http::Request::get("/")
        .header("color", "1, 2")
        .header("color", "3");
    let read: Option<Vec<i64>> = read(
        &request.body(bytes::Bytes::new()).unwrap(),
        Spot::Header,
        Style::Simple,
        Kind::List,
    )
    .unwrap();
    assert_eq!(read, Some(vec![1, 2, 3]));
}

#[test]
fn brackets_are_read_as_others_write_them() {
    for query in [
        "color[0]=1&color[1]=2",
        "color[1]=2&color[0]=1",
        "color[]=1&color[]=2",
        "color=1&color=2",
        "color%5B0%5D=1&color%5B7%5D=2",
        "color=[1,2]",
    ] {
        for kind in [Kind::List, Kind::Any] {
            assert_eq!(
                from_query(query, Style::DeepObject, kind),
                Ok(Some(vec![1, 2])),
                "{query}"
            );
        }
    }
    assert_eq!(
        from_query(
            "color[R]=100&color[G]=200&color[B]=150&x[R]=1&colors=2",
            Style::DeepObject,
            Kind::Object
        ),
        Ok(Some(color()))
    );
    assert_eq!(
        from_query(
            "color={\"R\":100,\"G\":200,\"B\":150}",
            Style::DeepObject,
            Kind::Object
        ),
        Ok(Some(color()))
    );
    // A map may have numeric keys; if no list is requested, it becomes one only if its indexes have no gaps.
    let query = "color[a][0]=x&color[a][1]=y&color[b][7]=z&color[c][]=u";
    let read: Option<Value> = from_query(query, Style::DeepObject, Kind::Object).unwrap();
    assert_eq!(
        read,
        Some(json!({ "a": ["x", "y"], "b": { "7": "z" }, "c": ["u"] }))
    );
    let map: Option<std::collections::BTreeMap<String, i64>> =
        from_query("color[0]=5&color[1]=6", Style::DeepObject, Kind::Object).unwrap();
    assert_eq!(map, Some([("0".to_owned(), 5), ("1".to_owned(), 6)].into()));
    // For any kind, the text decides.
    assert_eq!(
        from_query("color[from]=1", Style::Form, Kind::Any),
        Ok(Some(Limit::Range(Range::new().from(1))))
    );
    assert_eq!(
        from_query("color=1,2", Style::Form, Kind::Any),
        Ok(Some(Limit::IntegerList(vec![1, 2])))
    );
    assert_eq!(
        from_query("color=1.5", Style::Form, Kind::Any),
        Ok(Some(Limit::Number(1.5)))
    );
}

#[test]
fn errors_name_the_parameter_and_the_place_within_and_not_the_value() {
    for (query, style, kind, place, detail) in [
        (
            "color[R]=s3cret&color[G]=1&color[B]=1",
            Style::DeepObject,
            Kind::Object,
            "color/R",
            "must be an integer of 64 bits",
        ),
        (
            "color[R]=1",
            Style::DeepObject,
            Kind::Object,
            "color/G",
            "required property is missing",
        ),
        (
            "color[R=1",
            Style::DeepObject,
            Kind::Object,
            "color",
            "is not written as described",
        ),
        (
            "color[R]x=1",
            Style::DeepObject,
            Kind::Object,
            "color",
            "is not written as described",
        ),
        (
            "color[R]=1&color[R][a]=1",
            Style::DeepObject,
            Kind::Object,
            "color",
            "is not written as described",
        ),
        (
            "color[R]=%ff",
            Style::DeepObject,
            Kind::Object,
            "color",
            "is not written as described",
        ),
        (
            "color=R,1,G",
            Style::Form,
            Kind::Object,
            "color",
            "is not written as described",
        ),
        (
            "color=R,1&color=G,1",
            Style::Form,
            Kind::Object,
            "color",
            "is not written as described",
        ),
        (
            "R=1&G=2&B=s3cret",
            Style::FormExploded,
            Kind::Object,
            "B",
            "must be an integer of 64 bits",
        ),
        (
            "color={\"R\":\"s3cret\"}",
            Style::Json,
            Kind::Object,
            "color/R",
            "invalid type: string, expected an integer of 64 bits",
        ),
        (
            "color=s3cret",
            Style::Json,
            Kind::Object,
            "color",
            "is not JSON: expected value at line 1 column 1",
        ),
    ] {
        let problem = from_query::<Color>(query, style, kind).unwrap_err();
        let problem: Value = serde_json::from_str(&problem).unwrap();
        assert_eq!(problem["status"], 400);
        assert_eq!(
            problem["errors"],
            json!([{ "parameter": place, "detail": detail }]),
            "{query}"
        );
    }
    let problem = from_query::<Vec<i64>>("color=1,2,s3cret", Style::Form, Kind::List).unwrap_err();
    assert!(
        problem.contains("color/2") && !problem.contains("s3cret"),
        "{problem}"
    );
}

#[test]
fn json_in_a_parameter_is_read_strictly() {
    assert!(from_query::<i64>("color=%227%22", Style::Json, Kind::Any).is_err());
    assert_eq!(
        from_query("color=%227%22", Style::Json, Kind::Any),
        Ok(Some(Limit::String("7".to_owned())))
    );
    assert_eq!(
        from_query("color=7", Style::Json, Kind::Any),
        Ok(Some(Limit::Number(7.0)))
    );
    assert_eq!(
        from_query("color=[7,true]", Style::Json, Kind::Any),
        Ok(Some(json!([7, true])))
    );
}

#[test]
fn numbers_are_those_of_json() {
    for text in ["inf", "NaN", "1_0", "0x1", " 1", "1e999", "-", "", "1,5"] {
        assert!(
            from_query::<f64>(
                &format!("color={text}").replace(' ', "+"),
                Style::FormExploded,
                Kind::Value
            )
            .is_err(),
            "{text}"
        );
    }
    assert_eq!(
        from_query("color=-1e3", Style::FormExploded, Kind::Value),
        Ok(Some(-1000.0))
    );
    assert!(from_query::<i32>("color=2147483648", Style::FormExploded, Kind::Value).is_err());
    assert!(from_query::<u64>("color=-1", Style::FormExploded, Kind::Value).is_err());
    assert!(from_query::<bool>("color=1", Style::FormExploded, Kind::Value).is_err());
}

#[test]
fn members_are_what_no_other_parameter_has() {
    let reader = Reader::new(request("R=100&page=2&filter[a]=1&G=200&B=150"));
    assert_eq!(reader.members(&["page", "filter"]).unwrap(), Some(color()));
    let reader = Reader::new(request("page=2"));
    assert_eq!(reader.members::<Color>(&["page"]).unwrap(), None);
}

#[test]
fn a_value_that_may_be_empty_is_then_absent() {
    for (query, expected) in [
        ("color=", None),
        ("color", None),
        ("", None),
        ("color=5", Some(5)),
    ] {
        assert_eq!(
            Reader::new(request(query)).or_empty::<i64>().unwrap(),
            expected,
            "{query}"
        );
    }
    assert!(Reader::new(request("color=x")).or_empty::<i64>().is_err());
}

#[test]
fn depth_is_bounded() {
    let deep = |levels: usize| format!("color{}=x", "%5Ba%5D".repeat(levels));
    assert!(from_query::<Value>(&deep(32), Style::DeepObject, Kind::Any).is_ok());
    for levels in [33, 5_000] {
        let problem = from_query::<Value>(&deep(levels), Style::DeepObject, Kind::Any).unwrap_err();
        assert!(problem.contains("is not written as described"));
    }
    let nested = format!("color={}", "[".repeat(60_000));
    assert!(
        from_query::<Vec<Value>>(&nested, Style::DeepObject, Kind::Any).is_ok(),
        "one item that looks like nothing"
    );
}

/// Many clients encode the whole value of a list, including the commas between items.
#[test]
fn encoded_commas_separate_items_that_hold_none() {
    let read_query = |text: &str, kind| {
        let request = request(&format!("color={text}"));
        read::<Vec<i64>>(&request, Spot::Query, Style::Form, kind)
    };
    let atoms = |text: &str| Reader::new(request(&format!("color={text}"))).atoms::<i64>();
    for (text, expected) in [
        ("1,2,30", Some(vec![1, 2, 30])),
        ("1%2C2%2c30", Some(vec![1, 2, 30])),
        ("7", Some(vec![7])),
        ("", Some(vec![])),
        // Encoded or not, but not mixed.
        ("1%2C2,30", None),
        ("1%2C", None),
        ("1&color=2", None),
    ] {
        assert_eq!(read_query(text, Kind::Atoms).ok().flatten(), expected);
        assert_eq!(atoms(text).ok().flatten(), expected, "{text}");
    }
    assert!(read_query("1%2C2", Kind::List).is_err());
    assert_eq!(Reader::new(request("a=1")).atoms::<i64>().unwrap(), None);
    let path = http::Request::get("http://chat.test/1%2C2");
    let path = path.body(bytes::Bytes::new()).unwrap();
    let read_path = read::<Vec<i64>>(&path, Spot::Path, Style::Simple, Kind::Atoms);
    assert_eq!(read_path.unwrap(), Some(vec![1, 2]));
}
