//! `pub type Uuid = ::uuid::Uuid;`, `pub struct DateTime(pub ::time::OffsetDateTime);`.

use crate::emit::tokens::{attributes, derived, literal, rust};
use crate::emit::{Chunk, Used};
use crate::plan::ForeignType;
use quote::quote;

/// The item, with its conversions and traits.
pub(super) fn chunks(item: &ForeignType) -> Vec<Chunk> {
    let ForeignType {
        doc,
        extras,
        name,
        path,
        with,
        expected,
        eq_hash,
        is_parameter,
        ..
    } = item;
    let ty = rust(path);
    let Some(with) = with else {
        let definition = quote! {
            #doc
            pub type #name = #ty;
        };
        let parameter = format!("foreign! {{ {name}, {} }}", literal(expected));
        let parameter = Chunk::Call(vec![parameter], Used::names(&["foreign"]));
        let parameter = is_parameter.then_some(parameter);
        return std::iter::once(Chunk::Tokens(definition))
            .chain(parameter)
            .collect();
    };
    let (more, attributes) = (derived(extras), attributes(extras));
    let eq_hash = eq_hash.then(|| quote! { , Eq, Hash });
    let definition = quote! {
        #doc
        #[derive(Debug, Clone, PartialEq #eq_hash #more)]
        #attributes
        pub struct #name(pub #ty);
    };
    let lines = vec![
        "foreign! {".to_owned(),
        format!("    {name}({path}) with {with},"),
        format!("    {}", literal(expected)),
        "}".to_owned(),
    ];
    let is_support = !with.contains("::");
    let names = std::iter::once("foreign").chain(is_support.then_some(&**with));
    let used = Used::names(&names.collect::<Vec<_>>());
    vec![Chunk::Tokens(definition), Chunk::Call(lines, used)]
}
