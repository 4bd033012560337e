//! Printing keeps the code and puts blank lines where people would.

use crate::emit::{Chunk, Member, Used};
use crate::plan::Doc;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

fn part(make: impl FnOnce() -> Vec<Chunk>) -> (String, Used) {
    let (mut text, mut used) = (String::new(), Used::default());
    super::part(make, &mut text, &mut used);
    (text, used)
}

fn printed(make: impl FnOnce() -> TokenStream) -> String {
    part(|| vec![Chunk::Tokens(make())]).0
}

#[test]
fn documentation_is_written_as_it_was_said() {
    for mark in ["", "*/", "/** "] {
        let doc =
            format!("a \"b\" \"# \\n c'\u{301}\n\n```text\n/// \u{1f980}{mark} \\\n    e\n```");
        let doc = Doc::markdown(&doc);
        let lines = doc.lines().map(|line| format!("    /// {line}"));
        let lines: Vec<String> = lines.map(|line| line.trim_end().to_owned()).collect();
        assert!(lines.contains(&"    ///     e".to_owned()), "{lines:?}");
        assert!(lines.contains(&"    ///".to_owned()), "{lines:?}");
        let text = printed(|| quote! { impl A { #doc fn a() {} #doc fn b() {} } });
        let lines = lines.join("\n");
        assert_eq!(
            text,
            format!("impl A {{\n{lines}\n    fn a() {{}}\n\n{lines}\n    fn b() {{}}\n}}\n")
        );
    }
}

#[test]
fn members_printed_one_by_one_are_those_of_one_impl() {
    let head = || quote! { impl<P> A<P> where P: B };
    let members = || {
        let doc = Doc::text("Says something.");
        [
            quote! { fn a() {} },
            quote! { #doc fn b() { c::<D> {} } },
            quote! { fn e(&self) -> E { self.f } },
        ]
    };
    let whole = printed(|| {
        let (head, members) = (head(), members());
        quote! { #head { #(#members)* } }
    });
    let (text, used) = part(|| {
        let members = members().into_iter().enumerate();
        let members = members.map(|(index, tokens)| {
            Chunk::Member(Member {
                head: head(),
                tokens,
                is_first: index == 0,
                is_last: index == 2,
            })
        });
        members.collect()
    });
    assert_eq!(text, whole);
    assert_eq!(used.imports("super", &["B", "D"]), ["use super::{B, D};"]);
}

#[test]
fn literals_are_written_as_they_are() {
    let said = "a\"b\\ c\n\u{1f980}";
    let text = printed(|| quote! { const A: &str = #said; });
    assert_eq!(
        text,
        format!("const A: &str = {};\n", Literal::string(said))
    );
}

#[test]
fn items_have_a_line_between_them_and_runs_have_none() {
    let text = printed(|| {
        quote! {
            #![doc = " A file."]
            #![forbid(unsafe_code)]
            #![allow(deprecated)]
            mod a;
            mod b;
            #[cfg(feature = "c")]
            mod c;
            use a::A;
            struct D;
            struct E;
        }
    });
    let wanted = "//! A file.

#![forbid(unsafe_code)]
#![allow(deprecated)]

mod a;
mod b;
#[cfg(feature = \"c\")]
mod c;

use a::A;

struct D;

struct E;
";
    assert_eq!(text, wanted);
}

#[test]
fn members_have_a_line_between_them_but_for_constants() {
    let text = printed(|| {
        quote! {
            #[doc = " An A."]
            pub trait A<T>: Send
            where
                T: B,
            {
                type C;
                #[doc = " D."]
                fn d(&self);
                fn e() {
                    if f {
                        g();
                    }
                    h();
                }
            }
            impl A<()> for I {
                const J: u8 = 1;
                const K: u8 = 2;
                fn d(&self) {}
            }
            impl L {}
        }
    });
    let wanted = "/// An A.
pub trait A<T>: Send
where
    T: B,
{
    type C;

    /// D.
    fn d(&self);

    fn e() {
        if f {
            g();
        }
        h();
    }
}

impl A<()> for I {
    const J: u8 = 1;
    const K: u8 = 2;

    fn d(&self) {}
}

impl L {}
";
    assert_eq!(text, wanted);
}

#[test]
fn chunks_have_a_line_between_them() {
    let (text, used) = part(|| {
        vec![
            Chunk::Tokens(quote! { struct A; }),
            Chunk::Tokens(quote! {}),
            Chunk::Tokens(quote! { type B = c::D; }),
            Chunk::Call(vec!["a! { b }".to_owned()], Used::default()),
        ]
    });
    assert_eq!(used.imports("super", &["A", "B", "c"]), ["use super::c;"]);
    assert_eq!(text, "struct A;\n\ntype B = c::D;\n\na! { b }\n");
}

/// Nesting as deep as documents allow fits on the stack of a thread.
#[test]
fn what_documents_nest_fits_onto_a_stack() {
    let mut checks = quote! { v.min_length(item, 1); };
    let mut ty = quote! { String };
    for _ in 0..128 {
        checks = quote! { for (index, item) in item.iter().enumerate() { if let Some(item) = item { #checks } } };
        ty = quote! { Vec<Option<#ty>> };
    }
    let tokens = quote! { fn a(item: #ty) { #checks } }.to_string();
    let test = std::thread::Builder::new().stack_size(2 << 20);
    let test = test.spawn(move || printed(|| tokens.parse().unwrap()));
    assert!(test.unwrap().join().unwrap().contains("min_length"));
}
