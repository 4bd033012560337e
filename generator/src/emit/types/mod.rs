//! Writes the types crate.

mod alias;
mod arbitrary;
mod foreign;
mod guide;
mod listed_enum;
mod rules;
mod structure;
mod union;
mod validate;
mod xml;

#[cfg(feature = "lsp")]
pub(super) use structure::stored;
pub(super) use validate::{Value, checks, entered, optional};

use super::shared::support;
use super::tokens::{
    allow_deprecated, cfg_line, crate_attributes, elsewhere, head, inner_doc, items, use_list,
    version_order,
};
use super::{Chunk, Emitter, Make, SourceFile, Used, readme};
use crate::plan::{COMPLEX, CrateKind, Doc, Ident, Plan, TextType, Ty, TypeItem, TypeModule};
use quote::quote;

pub(super) const EMITTER: Emitter = Emitter {
    files,
    example: guide::example,
    readme: readme::TYPES,
};

/// `src/lib.rs`, `src/models.rs`; if types have features, a module below `src/models/` for each set of features.
fn files(plan: &Plan) -> Vec<SourceFile<'_>> {
    let mut files = vec![SourceFile::rust("src/lib.rs", || lib(plan))];
    files.extend(rules::file(plan));
    files.extend(xml::file(plan));
    files.extend(arbitrary::file(plan));
    if plan.types.is_empty() {
        return files;
    }
    if plan.modules.is_empty() {
        files.push(models(
            plan,
            "src/models.rs",
            Models {
                doc: Doc::text("The types of the API, in alphabetical order."),
                support: "super::support",
                beside: None,
                types: plan.types.iter().collect(),
            },
        ));
    } else {
        files.push(SourceFile::rust("src/models.rs", || index(plan)));
    }
    for module in &plan.modules {
        let types = module.types.iter().map(|index| &plan.types[*index]);
        let models = self::models(
            plan,
            &format!("src/models/{}.rs", module.module.file()),
            Models {
                doc: module.doc.clone(),
                support: "super::super::support",
                beside: module.uses_others.then_some("use super::*;"),
                types: types.collect(),
            },
        );
        files.push(models);
    }
    files
}

/// The modules of types, and their exports.
fn index(plan: &Plan) -> Vec<Chunk> {
    let doc = Doc::text("The types of the API, grouped by the cargo features that use them.");
    let lines = |modules: &[&TypeModule], declare: &dyn Fn(&Ident) -> Vec<String>| -> Vec<String> {
        let lines = modules.iter().flat_map(|module| {
            let cfg = cfg_line(&module.features).into_iter();
            cfg.chain(declare(&module.module))
        });
        lines.collect()
    };
    let mut modules: Vec<&TypeModule> = plan.modules.iter().collect();
    let declared = lines(&modules, &|module| {
        let path = elsewhere(module, "models/").map(|path| format!("#[path = {path:?}]"));
        path.into_iter().chain([format!("mod {module};")]).collect()
    });
    modules.sort_by(|a, b| version_order(a.module.plain(), b.module.plain()));
    let exported = lines(&modules, &|module| vec![format!("pub use {module}::*;")]);
    head(&doc, &quote! {}, vec![declared, exported])
}

fn lib(plan: &Plan) -> Vec<Chunk> {
    let doc = inner_doc(&guide::doc(plan));
    let attributes = crate_attributes(plan);
    let arbitrary = (!plan.draws.is_empty()).then(|| {
        quote! {
            #[cfg(feature = "proptest")]
            mod arbitrary;
        }
    });
    let models = (!plan.types.is_empty()).then(|| quote! { mod models; });
    let rules = (!plan.rules.is_empty()).then(|| quote! { pub mod rules; });
    let xml = (!plan.xml.is_empty()).then(|| quote! { pub mod xml; });
    let (own, shared) = match support(plan, CrateKind::Types) {
        Some(shared) => (None, Some(shared)),
        None => (Some(quote! { mod support; }), None),
    };
    let head = quote! {
        #doc
        #attributes
        #arbitrary
        #models
        #rules
        #own
        #xml
        #shared
    };
    let mut exports = vec!["pub use serde_json::{Map, Value};".to_owned()];
    if !plan.types.is_empty() {
        exports.insert(0, "pub use models::*;".to_owned());
        if !plan.modules.is_empty() {
            // Without any feature the modules may be empty.
            exports.insert(0, "#[allow(unused_imports)]".to_owned());
        }
    }
    exports.extend(use_list("pub use support", &public_support(plan)));
    vec![Chunk::Tokens(head), items(exports)]
}

/// The names of the support code that users and other crates need.
fn public_support(plan: &Plan) -> Vec<&'static str> {
    let support = plan.support(CrateKind::Types);
    let has = |module: &str| {
        support
            .iter()
            .any(|file| file.path.strip_suffix(".rs") == Some(module))
    };
    let texts = TextType::ALL.into_iter().filter(|text| has(text.module()));
    let optional = texts.flat_map(TextType::exports).copied();
    let mut names: Vec<&str> = optional
        .chain(has("pattern_backtracking").then_some("Backtracking"))
        .chain(has("pattern").then_some("Pattern"))
        .chain(has("text").then_some("TextTree"))
        .chain([
            "FromParam",
            "ReadError",
            "ToParam",
            "Validate",
            "Validator",
            "Violation",
            "Violations",
            "from_json",
            "refusing_nulls",
        ])
        .collect();
    names.sort_unstable();
    names
}

/// A file of types.
struct Models<'p> {
    doc: Doc,
    /// The path of the support code from there.
    support: &'static str,
    /// The import of types in other files.
    beside: Option<&'static str>,
    types: Vec<&'p TypeItem>,
}

fn models<'p>(plan: &'p Plan, path: &str, models: Models<'p>) -> SourceFile<'p> {
    let parts = models.types.iter().copied();
    let parts = parts.map(|ty| -> Make<'p, _> { Box::new(|| item(ty)) });
    let parts = parts.collect();
    SourceFile::parts(path, move |used| models_head(plan, &models, used), parts)
}

fn models_head(plan: &Plan, models: &Models<'_>, used: &Used) -> Vec<Chunk> {
    let is_type = |name: &str| plan.types.iter().any(|item| item.name().as_str() == name);
    let imports_of = |path: &str, names: &[&str]| used.imports_beside(path, names, is_type);
    let texts = TextType::ALL.map(TextType::name);
    let names = [SUPPORT, &texts].concat();
    let beside = models.beside.map(str::to_owned).into_iter().collect();
    let rules = models.support.replace("support", "rules");
    let tables: Vec<&str> = plan.rules.of_types().map(Ident::as_str).collect();
    let imports = vec![
        imports_of("std::collections", &["BTreeMap"]),
        imports_of("serde_json", &["Map", "Value"]),
        beside,
        imports_of(&rules, &tables),
        imports_of(models.support, &names),
    ];
    let allow_deprecated = allow_deprecated(plan);
    let mut types = models.types.iter().flat_map(|item| item.types());
    let complex = types.any(|ty| Ty::Option(Box::new(ty.clone())).complexity(1) > COMPLEX);
    let allow_complex = complex.then(|| quote! { #![allow(clippy::type_complexity)] });
    let allow = quote! { #allow_complex #allow_deprecated };
    head(&models.doc, &allow, imports)
}

/// Names of the support code that types may use, in addition to text types.
const SUPPORT: &[&str] = &[
    "Backtracking",
    "Pattern",
    "Validate",
    "Validator",
    "base64_bytes",
    "constant",
    "foreign",
    "integer_enum",
    "list",
    "object",
    "one_of",
    "string_enum",
    "union",
    "whole",
    "written_tag",
];

/// The chunks of an item, in the order of the file.
fn item(item: &TypeItem) -> Vec<Chunk> {
    match item {
        TypeItem::Struct(item) => {
            let mut chunks = vec![structure::definition(item)];
            chunks.extend(structure::methods(item));
            chunks.push(validate::implementation(item));
            chunks.extend(structure::required(item));
            chunks
        }
        TypeItem::StringEnum(item) => vec![listed_enum::strings(item)],
        TypeItem::IntegerEnum(item) => vec![listed_enum::integers(item)],
        TypeItem::Union(item) => {
            vec![
                Chunk::Tokens(union::definition(item)),
                union::implementations(item),
                Chunk::Tokens(validate::union(item)),
            ]
        }
        TypeItem::Alias(item) => alias::definition(item),
        TypeItem::Foreign(item) => foreign::chunks(item),
    }
}
