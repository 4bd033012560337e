//! Values as text in a path, query, header or cookie. Needs no other file.

use std::borrow::Cow;

/// A value that can be written into a path, a query, a header or a cookie.
pub trait ToParam {
    /// The text, not yet escaped for its location.
    fn to_param(&self) -> Cow<'_, str>;
}

/// A value that can be read from a path, a query, a header or a cookie.
pub trait FromParam: Sized {
    /// Parses the unescaped text.
    ///
    /// # Errors
    /// A phrase that completes "the value …", such as `must be an integer`. It never contains the text.
    fn from_param(text: &str) -> Result<Self, &'static str>;
}

impl<T: ToParam + ?Sized> ToParam for &T {
    fn to_param(&self) -> Cow<'_, str> {
        (**self).to_param()
    }
}

impl ToParam for str {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl ToParam for String {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl FromParam for String {
    fn from_param(text: &str) -> Result<Self, &'static str> {
        Ok(text.to_owned())
    }
}

impl ToParam for bool {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "true" } else { "false" })
    }
}

impl FromParam for bool {
    fn from_param(text: &str) -> Result<Self, &'static str> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err("must be true or false"),
        }
    }
}

macro_rules! number_params {
    ($($number:ty: $expected:literal, $is_number:expr;)*) => {$(
        impl ToParam for $number {
            fn to_param(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }

        impl FromParam for $number {
            fn from_param(text: &str) -> Result<Self, &'static str> {
                // Rust would also accept `+1`, `inf` and `NaN`, which aren't numbers in JSON Schema.
                let digits = text.strip_prefix('-').unwrap_or(text);
                if !digits.starts_with(|c: char| c.is_ascii_digit()) {
                    return Err($expected);
                }
                text.parse().ok().filter($is_number).ok_or($expected)
            }
        }
    )*};
}

number_params! {
    i8: "must be an integer of 8 bits", |_| true;
    i16: "must be an integer of 16 bits", |_| true;
    i32: "must be an integer of 32 bits", |_| true;
    i64: "must be an integer of 64 bits", |_| true;
    u8: "must be a non-negative integer of 8 bits", |_| true;
    u16: "must be a non-negative integer of 16 bits", |_| true;
    u32: "must be a non-negative integer of 32 bits", |_| true;
    u64: "must be a non-negative integer of 64 bits", |_| true;
    // Numbers that are too large for the float would become infinite.
    f32: "must be a number", |number: &f32| number.is_finite();
    f64: "must be a number", |number: &f64| number.is_finite();
}
