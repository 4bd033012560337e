//! Validation of tuples. Needs `validate.rs`.

use super::{Validate, Validator};

macro_rules! tuples {
    ($(($($item:ident $index:tt),*))*) => {$(
        impl<$($item: Validate),*> Validate for ($($item,)*) {
            fn validate_at(&self, v: &mut Validator) {
                $(
                    v.enter_index($index);
                    self.$index.validate_at(v);
                    v.leave();
                )*
            }
        }
    )*};
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}
