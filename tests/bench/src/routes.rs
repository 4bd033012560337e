//! The 845 routes of GitHub's API, each asked for once, by the generated server's tree and by `matchit`, which axum routes by.

use std::hint::black_box;

use percent_encoding::percent_decode_str;
use specwright_templates::server::{Route, Routes};

use crate::{Task, task};

/// Method and path of each operation, as the description has them.
const OPERATIONS: &str = include_str!("../github.txt");

fn operations() -> impl Iterator<Item = (&'static str, &'static str)> {
    OPERATIONS.lines().filter_map(|line| line.split_once(' '))
}

/// A request for each operation, with a name of an owner, a repository and so on for each parameter.
pub(crate) fn requests() -> Vec<(&'static str, String)> {
    let filled = |path: &str| {
        let mut names = ["octo-org", "hello-world", "1296269", "main"]
            .iter()
            .cycle();
        let segments = path
            .split('/')
            .map(|segment| match segment.starts_with('{') {
                true => names.next().copied().unwrap_or_default(),
                false => segment,
            });
        segments.collect::<Vec<_>>().join("/")
    };
    operations()
        .map(|(method, path)| (method, filled(path)))
        .collect()
}

/// The value of a path parameter.
fn decoded(raw: &str) -> String {
    let text = percent_decode_str(raw).decode_utf8();
    text.map_or_else(|_| String::new(), Into::into)
}

/// Finds all operations by the generated server's tree.
pub fn ours() -> Task {
    let routes = Routes::new(operations());
    let requests = requests();
    task(move || {
        for (method, path) in &requests {
            match routes.find(method, path, 0) {
                Route::Found([operation], values) => {
                    let value = |index| values.get(index).map(|place| decoded(&path[place]));
                    let values = (0..values.len()).map(|index| value(index).unwrap_or_default());
                    black_box((*operation, values.collect::<Vec<String>>()));
                }
                other => panic!("{method} {path}: {other:?}"),
            }
        }
    })
}

/// Finds all operations by `matchit`, whose values are the methods of each path.
pub fn by_hand() -> Task {
    let mut by_path: Vec<(&str, Vec<(&str, usize)>)> = Vec::new();
    for (operation, (method, path)) in operations().enumerate() {
        match by_path.iter_mut().find(|(known, _)| *known == path) {
            Some((_, methods)) => methods.push((method, operation)),
            None => by_path.push((path, vec![(method, operation)])),
        }
    }
    let mut router = matchit::Router::new();
    for (path, methods) in by_path {
        router.insert(path, methods).expect("paths differ");
    }
    let requests = requests();
    task(move || {
        for (method, path) in &requests {
            let found = router.at(path).expect("the path is there");
            let mut methods = found.value.iter();
            let operation = methods.find(|(known, _)| known == method);
            let (_, operation) = operation.expect("the method is there");
            let values = found.params.iter().map(|(_, value)| decoded(value));
            black_box((*operation, values.collect::<Vec<String>>()));
        }
    })
}
