//! The same modules in a private place of a crate that uses hardly any of them, with warnings about unused code denied.

mod notes {
    include!(concat!(env!("OUT_DIR"), "/notes/mod.rs"));
}

#[test]
fn a_part_of_the_modules_can_be_used_alone() {
    let client = notes::client::Client::builder("https://notes.example")
        .transport(notes::client::Recorder::new());
    assert!(client.build().is_ok());
    assert_eq!(notes::client::SERVERS, ["https://notes.example/v1"]);
}
