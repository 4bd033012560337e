//! Serialization styles of parameters and forms. Needs no other file. Clients and servers have a copy each.

/// A style of OpenAPI combined with `explode` (OpenAPI 3.1.1, section 4.8.12.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(hidden)]
pub enum Style {
    /// `a,b` and `R,100,G,200`.
    Simple,
    /// `a,b` and `R=100,G=200`.
    SimpleExploded,
    /// `.a,b` and `.R,100,G,200`.
    Label,
    /// `.a.b` and `.R=100.G=200`.
    LabelExploded,
    /// `;name=a,b` and `;name=R,100,G,200`.
    Matrix,
    /// `;name=a;name=b` and `;R=100;G=200`.
    MatrixExploded,
    /// `name=a,b` and `name=R,100,G,200`.
    Form,
    /// `name=a&name=b` and `R=100&G=200`.
    FormExploded,
    /// `name=a%20b` and `name=R%20100%20G%20200`.
    Space,
    /// `name=a%7Cb` and `name=R%7C100%7CG%7C200`.
    Pipe,
    /// `name=a%09b`: Swagger 2's `tsv`.
    Tab,
    /// `name[R]=100&name[G]=200`, with any nesting.
    DeepObject,
    /// JSON, for parameters with `content`.
    Json,
}
