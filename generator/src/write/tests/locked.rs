//! Concurrent runs in one directory.

use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

#[test]
fn runs_at_once_take_turns() {
    let folder = Folder::new("turns");
    let wanted: Vec<_> = (0..4)
        .map(|number| {
            let text = format!("{number}\n");
            let own = format!("{number}/x");
            texts(&[("a", &text), ("b", &text), (&own, &text)])
        })
        .collect();
    for _ in 0..25 {
        thread::scope(|scope| {
            for files in &wanted {
                let out = &folder.0;
                scope.spawn(move || sync(out, "pets", files, &inputs(), false).unwrap());
            }
        });
        let content = folder.content();
        let last = wanted.iter().position(|files| {
            let texts = files
                .iter()
                .map(|(path, text)| (path.to_string(), text.to_owned()));
            texts
                .collect::<Vec<_>>()
                .iter()
                .all(|file| content.contains(file))
        });
        let last = last.expect("the files of one run");
        assert_eq!(content.len(), 5, "and nothing else: {content:?}");
        assert!(folder.0.join(last.to_string()).is_dir());
    }
}

#[test]
fn who_waits_says_for_whom_and_goes_on() {
    static SAID: AtomicUsize = AtomicUsize::new(0);
    let folder = Folder::new("waits");
    let first = Writer::new(&folder.0, "pets", false, |_, _| {});
    first.take("a", "1\n");
    thread::scope(|scope| {
        let out = &folder.0;
        let second = scope.spawn(move || {
            let writer = Writer::new(out, "pets", false, |_, holder| {
                SAID.store(holder.unwrap_or_default() as usize, Ordering::SeqCst);
            });
            writer.take("a", "2\n");
            writer.finish(&inputs())
        });
        while SAID.load(Ordering::SeqCst) == 0 && !second.is_finished() {
            thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(SAID.load(Ordering::SeqCst), std::process::id() as usize);
        first.finish(&inputs()).unwrap();
        second.join().unwrap().unwrap();
    });
    assert!(
        folder
            .content()
            .contains(&("a".to_owned(), "2\n".to_owned()))
    );
}

/// Only where the system lists who holds what: a run that checks leaves no trace of itself.
#[cfg(target_os = "linux")]
#[test]
fn who_waits_for_a_check_says_so_too() {
    static SAID: AtomicUsize = AtomicUsize::new(0);
    let folder = Folder::new("checks");
    folder.sync(&[("a", "1\n")]).unwrap();
    let checker = Checker::new(&folder.0, "pets", |_, _| {});
    thread::scope(|scope| {
        let out = &folder.0;
        let second = scope.spawn(move || {
            Writer::new(out, "pets", false, |_, holder| {
                SAID.store(holder.unwrap_or_default() as usize, Ordering::SeqCst);
            })
        });
        while SAID.load(Ordering::SeqCst) == 0 && !second.is_finished() {
            thread::sleep(Duration::from_millis(10));
        }
        drop(checker);
        second.join().unwrap();
    });
    let said = SAID.load(Ordering::SeqCst);
    assert_eq!(said, std::process::id() as usize);
}

/// A failing run removes the directory that it created; a run that waited for it creates it again.
#[test]
fn a_folder_that_vanishes_is_made_again() {
    let above = Folder::new("vanishes");
    let out = above.0.join("deep/out");
    let failing = Writer::new(&out, "pets", false, |_, _| {});
    failing.take("../x", "refused\n");
    thread::scope(|scope| {
        let second = scope.spawn(|| sync(&out, "pets", &texts(&[("a", "1\n")]), &inputs(), false));
        thread::sleep(Duration::from_millis(50));
        failing.finish(&inputs()).unwrap_err();
        second.join().unwrap().unwrap();
    });
    assert_eq!(
        above.names(),
        [
            "deep/",
            "deep/out/",
            "deep/out/.specwright.json",
            "deep/out/a"
        ]
    );
}

#[test]
fn the_crates_of_another_api_stay() {
    let folder = Folder::new("other");
    folder.sync(&[("a", "1\n")]).unwrap();
    let before = folder.content();
    let files = texts(&[("b", "1\n")]);
    let other = Problem::OtherApi {
        path: folder.0.join(MANIFEST),
        api: "pets".to_owned(),
    };
    let refused = sync(&folder.0, "shop", &files, &inputs(), false);
    assert_eq!(refused, Err(vec![other.clone()]));
    assert_eq!(
        Checker::new(&folder.0, "shop", |_, _| {}).finish(&inputs()),
        Err(other)
    );
    assert_eq!(folder.content(), before);
    // Manifests of older versions have no name.
    let manifest = folder.0.join(MANIFEST);
    let named = fs::read_to_string(&manifest).unwrap();
    let nameless = named.replace("  \"api\": \"pets\",\n", "");
    assert_ne!(nameless, named);
    fs::write(&manifest, nameless).unwrap();
    folder.sync(&[("a", "1\n")]).unwrap();
    assert_eq!(fs::read_to_string(&manifest).unwrap(), named);
    sync(&folder.0, "shop", &files, &inputs(), true).unwrap();
    assert_eq!(folder.names(), [MANIFEST, "b"]);
}
