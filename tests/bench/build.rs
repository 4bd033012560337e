//! Writes the modules that are measured.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() {
    specwright::Generator::new("api.yaml")
        .name("shop")
        .modules()
        .cargo()
        .generate()
        .unwrap();
    many();
}

/// A method and path of GitHub's API, as `github.txt` has them.
struct Operation {
    name: String,
    method: String,
    path: &'static str,
}

impl Operation {
    /// The names of the path's parameters.
    fn parameters(&self) -> Vec<&'static str> {
        let segments = self.path.split('/');
        segments
            .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
            .collect()
    }
}

/// What `src/many.rs` includes: the server of GitHub's operations, its provider, and the same by hand.
fn many() {
    println!("cargo::rerun-if-changed=github.txt");
    let operations = include_str!("github.txt")
        .lines()
        .enumerate()
        .map(|(number, line)| {
            let (method, path) = line.split_once(' ').unwrap();
            Operation {
                name: format!("op{number}"),
                method: method.to_lowercase(),
                path,
            }
        });
    let operations: Vec<Operation> = operations.collect();
    let out = env::var("OUT_DIR").unwrap();
    let document = Path::new(&out).join("many.json");
    fs::write(&document, description(&operations)).unwrap();
    // The description is written here, so cargo has nothing to watch.
    specwright::Generator::new(document)
        .name("many")
        .emit([specwright::CrateKind::Server])
        .modules()
        .out_dir(Path::new(&out).join("many"))
        .generate()
        .unwrap();
    fs::write(Path::new(&out).join("many_ours.rs"), provider(&operations)).unwrap();
    fs::write(Path::new(&out).join("many_by_hand.rs"), router(&operations)).unwrap();
}

/// The operations, each with its parameters as strings and a response without a body.
fn description(operations: &[Operation]) -> String {
    let mut paths: Vec<(&str, Vec<&Operation>)> = Vec::new();
    for operation in operations {
        match paths.iter_mut().find(|(path, _)| *path == operation.path) {
            Some((_, methods)) => methods.push(operation),
            None => paths.push((operation.path, vec![operation])),
        }
    }
    let items = paths.iter().map(|(path, methods)| {
        let methods = methods.iter().map(|operation| {
            let parameters = operation.parameters().into_iter().map(|name| {
                format!(r#"{{"name":"{name}","in":"path","required":true,"schema":{{"type":"string"}}}}"#)
            });
            let parameters = parameters.collect::<Vec<_>>().join(",");
            format!(
                r#""{}":{{"tags":["many"],"operationId":"{}","parameters":[{parameters}],"responses":{{"204":{{"description":"Done."}}}}}}"#,
                operation.method, operation.name
            )
        });
        format!("\"{path}\":{{{}}}", methods.collect::<Vec<_>>().join(","))
    });
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"Many","version":"1"}},"paths":{{{}}}}}"#,
        items.collect::<Vec<_>>().join(",")
    )
}

/// The implementation of the generated trait.
fn provider(operations: &[Operation]) -> String {
    let mut out = "impl ManyApi for Provider {\n".to_owned();
    for operation in operations {
        let (name, parameters) = (&operation.name, operation.parameters());
        let number = name.trim_start_matches("op");
        let typed = parameters.iter().map(|name| format!(", r#{name}: String"));
        let typed: String = typed.collect();
        let values = parameters.iter().map(|name| format!("r#{name}, "));
        let values: String = values.collect();
        writeln!(
            out,
            "    async fn {name}(&self, _: Call{typed}) -> Result<(), many::Op{number}Error> {{\n        black_box(({values}));\n        Ok(())\n    }}"
        )
        .unwrap();
    }
    out + "}\n"
}

/// The same on axum.
fn router(operations: &[Operation]) -> String {
    let mut out = String::new();
    for operation in operations {
        let (name, count) = (&operation.name, operation.parameters().len());
        let types = vec!["String"; count].join(", ");
        let extracted = match count {
            0 => String::new(),
            1 => "Path(values): Path<String>".to_owned(),
            _ => format!("Path(values): Path<({types})>"),
        };
        let used = if count > 0 { "black_box(values);" } else { "" };
        writeln!(
            out,
            "async fn {name}({extracted}) -> StatusCode {{\n    {used}\n    StatusCode::NO_CONTENT\n}}"
        )
        .unwrap();
    }
    out += "fn router() -> Router {\n    let mut router = Router::new();\n";
    for Operation { name, method, path } in operations {
        // What has a path already gets another method.
        writeln!(
            out,
            "    router = router.route(\"{path}\", routing::{method}({name}));"
        )
        .unwrap();
    }
    out + "    router\n}\n"
}
