//! `pub type Tags = Vec<String>;`.

use crate::emit::code::Code;
use crate::emit::tokens::View;
use crate::emit::{Chunk, docs};
use crate::plan::Alias;

pub(super) fn definition(item: &Alias) -> Vec<Chunk> {
    let name = &item.name;
    let mut code = Code::item(name.as_str());
    code.doc(0, &item.doc);
    let ty = code.ty(View::Inside, &item.ty);
    code.line(0, format!("pub type {name} = {ty};"));
    let mut chunks = vec![code.chunk()];
    if let Some((alias, home)) = &item.required {
        let mut code = Code::item(alias.as_str());
        code.doc(0, &docs::required(name));
        code.line(0, format!("pub type {alias} = {home};"));
        chunks.push(code.chunk());
    }
    chunks
}
