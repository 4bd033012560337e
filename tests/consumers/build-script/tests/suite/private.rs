//! The same modules in a private place of a crate that uses next to nothing of them. This crate denies warnings about what isn't used.

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
