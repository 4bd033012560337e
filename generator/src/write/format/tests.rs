//! What is printed is what rustfmt would have, and no token is lost.

use super::{chunks, items};
use crate::emit::Chunk;
use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Items of all kinds that the emitter writes, of all lengths.
const SAMPLES: &str = include_str!("samples.txt");

fn printed(tokens: TokenStream) -> String {
    let mut text = String::new();
    items(tokens, &mut text);
    text
}

/// The tokens of a text, apart from what a formatter may add or leave out.
fn tokens(text: &str) -> String {
    let tokens: TokenStream = text.parse().unwrap();
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, ',' | '{' | '}');
    tokens.to_string().chars().filter(kept).collect()
}

#[test]
fn samples_are_printed_as_they_are() {
    let text = printed(SAMPLES.parse().unwrap());
    for (printed, wanted) in text.lines().zip(SAMPLES.lines()) {
        assert_eq!(printed, wanted);
    }
    assert_eq!(text.lines().count(), SAMPLES.lines().count());
}

#[test]
fn rustfmt_accepts_the_samples() {
    let rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path", "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut rustfmt) = rustfmt else {
        let _ = writeln!(std::io::stderr(), "rustfmt isn't installed");
        return;
    };
    let mut input = rustfmt.stdin.take().unwrap();
    input.write_all(SAMPLES.as_bytes()).unwrap();
    drop(input);
    let output = rustfmt.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), SAMPLES);
}

#[test]
fn documentation_is_written_as_it_was_said() {
    let said = "a \"b\" \\n c'\t\u{301}\u{7f}  \n\n```text\n\u{1f980} \\";
    let text = printed(quote! { impl A { #[doc[#said]] fn a(); } });
    let wanted = "impl A {\n    /// a \"b\" \\n c'\t\u{301}\u{7f}\n    ///\n    /// ```text\n    /// \u{1f980} \\\n    fn a();\n}\n";
    assert_eq!(text, wanted);
}

#[test]
fn literals_are_written_as_they_are() {
    let said = "a\"b\\ c\n\u{1f980}";
    let text = printed(quote! { const A: &str = #said; });
    assert_eq!(
        text,
        format!("const A: &str = {};\n", Literal::string(said))
    );
}

#[test]
fn chunks_have_a_line_between_them() {
    let text = chunks(vec![
        Chunk::Tokens(quote! { struct A; }),
        Chunk::Tokens(quote! {}),
        Chunk::Lines(vec!["a! { b }".to_owned()]),
    ]);
    assert_eq!(text, "struct A;\n\na! { b }\n");
}

#[test]
fn what_is_not_known_loses_no_token() {
    let unknown = [
        "extern crate a; union U { a: u8 } macro_rules! m { ($a:expr) => { $a } }",
        "fn f() -> bool { a < b && c as u8 > -d || !e[1..=2].is_empty() }",
        "fn f() { loop { break; } while a { return b; } let (x, y) = (1, [0; 3]); }",
        "fn f() { match a { Some(B { c, .. }) | None if d == e => (), _ => f::<G>()?, } }",
        "fn f() { let Some(a) = b else { return; }; a.0.await?.b::<C>(|d: E| -> F { d }, ..); }",
        "impl<'a, T: ?Sized + 'a> A<'a> for fn(&T) -> [u8; 2] where T: for<'b> B<'b> {}",
        "const F: <T as A>::B = &{ 1 + 2 }; static mut X: *const u8 = 0 as *const u8;",
        "unsafe fn f<const N: usize>(self: &mut Self, (a, b): (A, B),) {} pub(crate) struct A(pub B, C);",
        "a ; = >",
    ];
    for source in unknown {
        let text = printed(source.parse().unwrap());
        assert_eq!(tokens(&text), tokens(source), "{text}");
    }
}

#[test]
fn no_stream_of_tokens_is_too_much() {
    let words = [
        "fn", "impl", "struct", "if", "match", "for", "let", "a", "where", "static",
    ];
    let puncts = "<>=.,;:|&!?#+-'".chars();
    let mut all: Vec<TokenTree> = words
        .iter()
        .map(|word| Ident::new(word, Span::call_site()).into())
        .collect();
    all.extend(puncts.map(|c| TokenTree::from(Punct::new(c, Spacing::Alone))));
    all.extend(
        [Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket]
            .map(|delimiter| Group::new(delimiter, quote! { a: b }).into()),
    );
    // Not random, but in no order that anybody would write.
    let mut state = 1_usize;
    for length in 1..400 {
        let stream = (0..length % 20).map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            all[(state >> 33) % all.len()].clone()
        });
        printed(stream.collect());
    }
}

#[test]
fn depth_costs_no_stack_and_no_time() {
    let deep = |open: &str, inner: &str, close: &str| {
        let (open, close) = (open.repeat(500), close.repeat(500));
        format!("fn f(a: A) {{ let b = {open}{inner}{close}; }}")
    };
    let sources = [
        format!("type A = {}B{};", "Vec<".repeat(2000), ">".repeat(2000)),
        format!("type A = {}B{};", "(".repeat(500), ",)".repeat(500)),
        deep("f(|a| ", "a", ")"),
        deep("match a { _ => ", "a", ", }"),
        deep("if a { ", "a", " } else { b }"),
        deep(
            "a.b(",
            "\"text that is longer than anything should be\"",
            ").c(d)",
        ),
        deep("[", "a", "]"),
    ];
    let test = std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(move || {
            for source in sources {
                let text = printed(source.parse().unwrap());
                assert_eq!(tokens(&text), tokens(&source));
            }
        });
    test.unwrap().join().unwrap();
}
